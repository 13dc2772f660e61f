"""Opening Office files: what a .docx says in order, and what LibreOffice makes of files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn


def texts(content: bytes) -> list[str]:
    """The texts of the body paragraph by paragraph in order, those of tables too, runs of blanks as one blank."""
    body = docx.Document(BytesIO(content)).element.body
    found = (re.sub(r"\s+", " ", _text(paragraph)).strip() for paragraph in body.iter(qn("w:p")))
    return [text for text in found if text]


def _text(paragraph: Any) -> str:
    marks = {qn("w:br"): " ", qn("w:tab"): " "}
    return "".join(marks.get(node.tag, (node.text or "") if node.tag == qn("w:t") else "") for node in paragraph.iter())


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of all tables as texts of their cells."""
    for row in docx.Document(BytesIO(content)).element.body.iter(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        yield [" ".join(filter(None, (_text(one).strip() for one in cell.iter(qn("w:p"))))) for cell in cells]


def to_pdf(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """What LibreOffice makes of each file as a PDF, in one call with a profile of its own: name → bytes."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    made, profile = folder / "pdf", f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(made)]
    paths = [str(folder / name) for name in files]
    subprocess.run([*command, *paths], capture_output=True, check=True, timeout=120)
    return {name: (made / name).with_suffix(".pdf").read_bytes() for name in files}
