"""Reads a letter: file → text → structure → proposed directives.

Pure Python: no models, no network; the directory of agencies is passed in.

reading = read_file(data, "cong-van.docx", directory=load_directory(...), on=date)
reading.letter, reading.directives, reading.as_json()
"""

import datetime

from . import files
from .directory import Body, Directory, Group
from .directory import load as load_directory
from .due import Due
from .encoding import normalise
from .errors import Unreadable
from .foot import Signer
from .reader import read as _read
from .reading import Letter, Party, Proposal, Reading, Resolution

__all__ = [
    "Body", "Directory", "Due", "Group", "Letter", "Party", "Proposal", "Reading", "Resolution", "Signer", "Unreadable",
    "load_directory", "read_file", "read_text",
]  # fmt: skip


def read_text(text: str, *, directory: Directory | None = None, on: datetime.date | None = None) -> Reading:
    """Read pasted text; never raises.

    Offsets count in the reading's NFC `text`. `on` is the day on which names are looked up when the letter prints none.
    """
    return _read(normalise(text), directory, on)


def read_file(
    data: bytes, name: str, *, directory: Directory | None = None, on: datetime.date | None = None
) -> Reading:
    """Read a .docx, .pdf or .txt file; raises Unreadable with a sentence for the user."""
    return _read(files.text_of(data, name), directory, on)
