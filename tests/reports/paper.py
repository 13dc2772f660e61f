"""Reading a finished PDF back: its text, words with their places, tags."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """Places in mm from the upper left corner."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    """A horizontal line."""

    page: int
    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left


class Paper:
    """A PDF as a reader holds it."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page in mm."""
        with pdfplumber.open(io.BytesIO(self.content)) as pdf:
            return [(page.width / MM, page.height / MM) for page in pdf.pages]

    @cached_property
    def words(self) -> list[Word]:
        with pdfplumber.open(io.BytesIO(self.content)) as pdf:
            return [word for number, page in enumerate(pdf.pages, 1) for word in _words(page, number)]

    @cached_property
    def rules(self) -> list[Rule]:
        with pdfplumber.open(io.BytesIO(self.content)) as pdf:
            return [rule for number, page in enumerate(pdf.pages, 1) for rule in _rules(page, number)]

    def text(self, *options: str) -> str:
        """The text in reading order as pdftotext gives it, line ends and runs of blanks as one blank."""
        command = ["pdftotext", *options, "-", "-"]
        done = subprocess.run(command, input=self.content, capture_output=True, check=True)
        return re.sub(r"\s+", " ", done.stdout.decode())

    def find(self, words: str, page: int | None = None, font: str | None = None) -> list[Word]:
        """The words of a phrase where they first follow one another; [] where they do not."""
        wanted = words.split()
        for start in range(len(self.words) - len(wanted) + 1):
            run = self.words[start : start + len(wanted)]
            if [word.text for word in run] == wanted and page in (None, run[0].page) and font in (None, run[0].font):
                return run
        return []

    def on_page(self, page: int) -> list[Word]:
        return [word for word in self.words if word.page == page]


def _words(page: Any, number: int) -> Iterator[Word]:
    for one in page.extract_words(extra_attrs=["size", "fontname"], use_text_flow=True):
        yield Word(
            text=one["text"],
            page=number,
            left=one["x0"] / MM,
            right=one["x1"] / MM,
            top=one["top"] / MM,
            bottom=one["bottom"] / MM,
            size=round(one["size"], 2),
            font=one["fontname"].partition("+")[2],
        )


def _rules(page: Any, number: int) -> Iterator[Rule]:
    for one in [*page.lines, *page.rects]:
        if one["height"] < 1.5:
            yield Rule(number, one["x0"] / MM, one["x1"] / MM, one["top"] / MM)
