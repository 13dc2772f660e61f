"""The three faces of what is drawn in one document, chosen before there are pages and embedded when pages are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pydyf

from reports.pdf import fonts
from reports.pdf.conformity import resolve
from reports.pdf.drawing.content import Face
from reports.pdf.drawing.typeface import EVERYDAY, Typeface, typeface


@dataclass(frozen=True)
class Types:
    """What lines are broken with; codes of one subset mean nothing in another, so all that is drawn shares these."""

    regular: Typeface
    bold: Typeface
    italic: Typeface


class Texts(NamedTuple):
    """What is drawn with each face."""

    regular: Sequence[str] = ()
    bold: Sequence[str] = ()
    italic: Sequence[str] = ()


def types_for(parts: Sequence[Texts]) -> Types:
    """The faces with the letters of all parts that are drawn. Raises fonts.FontMissing."""
    return Types(
        typeface(fonts.REGULAR, _letters(EVERYDAY, (part.regular for part in parts))),
        typeface(fonts.BOLD, _letters(EVERYDAY, (part.bold for part in parts))),
        typeface(fonts.ITALIC, _letters(frozenset(), (part.italic for part in parts))),
    )


def _letters(known: frozenset[str], parts: Iterable[Sequence[str]]) -> frozenset[str]:
    return known.union(*(text for part in parts for text in part)) - {"\n"}


class Faces:
    """Each face is embedded when it is first asked for and named in the resources that all pages share."""

    def __init__(self, types: Types, pdf: pydyf.PDF) -> None:
        self._types, self._pdf = types, pdf

    @cached_property
    def regular(self) -> Face:
        return self._embedded("DrawnRegular", self._types.regular)

    @cached_property
    def bold(self) -> Face:
        return self._embedded("DrawnBold", self._types.bold)

    @cached_property
    def italic(self) -> Face:
        return self._embedded("DrawnItalic", self._types.italic)

    def _embedded(self, name: str, face: Typeface) -> Face:
        resources = resolve(self._pdf, resolve(self._pdf, self._pdf.page_references[-1])["Resources"])
        resolve(self._pdf, resources["Font"])[name] = face.embed(self._pdf)
        return Face(name, face)
