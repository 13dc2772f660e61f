"""Letters as files, made on the spot: the head and foot in two-column tables, as offices lay them out."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

from docx import Document
from weasyprint import HTML

Maker = Callable[[str], tuple[str, bytes]]

_STYLE = """
@page { size: A4; margin: 2cm 2cm 2cm 3cm; @bottom-center { content: counter(page) } }
body { font: 14pt "Noto Sans" } td { width: 50%; text-align: center; vertical-align: top }
p { text-indent: 1cm; text-align: justify; margin: 6pt 0 } .copies { text-align: left; font-size: 11pt }
"""


def parts(text: str) -> tuple[str, str, str, str, str]:
    """Left head, right head, body, copies, signature of the seed letter's text."""
    head, rest = text.replace("**", "").split("Kính gửi:")
    body, foot = rest.split("Nơi nhận:")
    copies, signature = foot.split("TM. ", 1)
    rows = [row for row in re.split(r"\n\s*\n", head) if row.strip()]
    issuer, motto, number, day, subject = rows
    return (
        f"{issuer}\n{number}\n{subject}",
        f"{motto}\n{day}",
        f"Kính gửi:{body}",
        f"Nơi nhận:{copies}",
        f"TM. {signature}",
    )


def docx(text: str) -> tuple[str, bytes]:
    left, right, body, copies, signature = (part.strip() for part in parts(text))
    document = Document()
    _row(document, left, right)
    for paragraph in body.split("\n\n"):
        for line in paragraph.split("\n"):
            document.add_paragraph(line)
    _row(document, copies, signature)
    file = io.BytesIO()
    document.save(file)
    return "van-ban.docx", file.getvalue()


def _row(document: Document, left: str, right: str) -> None:  # type: ignore[valid-type]
    cells = document.add_table(1, 2).rows[0].cells  # type: ignore[attr-defined]
    for cell, text in zip(cells, (left, right), strict=True):
        cell.text = text


def pdf(text: str) -> tuple[str, bytes]:
    left, right, body, copies, signature = (_lines(part.strip()) for part in parts(text))
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in re.split(r"<br>\s*<br>", body))
    page = (
        f"<style>{_STYLE}</style><table width=100%><tr><td>{left}</td><td>{right}</td></tr></table>{paragraphs}"
        f"<table width=100%><tr><td class=copies>{copies}</td><td>{signature}</td></tr></table>"
    )
    return "van-ban.pdf", HTML(string=page).write_pdf()


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def txt(text: str) -> tuple[str, bytes]:
    return "van-ban.txt", text.encode()
