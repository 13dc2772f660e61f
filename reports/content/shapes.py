"""The parts of a document as plain data: chapters, paragraphs, tables. No layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

Texts = Mapping[str, tuple[str, ...]]  # name of a block → its paragraphs


@dataclass(frozen=True)
class Column:
    """`share` of the table's width, in any unit."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True)
class Table:
    """A short table of texts. `name` and `title`: the two lines above it; `notes`: the lines below.

    `slug`: what it is told apart by within its document.
    """

    slug: str
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def percents(self) -> tuple[float, ...]:
        """The widths of the columns in percent."""
        whole = sum(column.share for column in self.columns)
        return tuple(round(100 * column.share / whole, 3) for column in self.columns)

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Row by row each text and whether it is centred."""
        centred = [column.centred for column in self.columns]
        return [list(zip(row, centred, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Part:
    """A numbered part of a chapter. `has_summary`: the summary per agency follows its paragraphs, then `table`."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]
    has_summary: bool = False
    table: Table | None = None


@dataclass(frozen=True)
class Chapter:
    """ "I. HEADING", paragraphs, parts. `heading` is in capitals; blank in a text too short for chapters."""

    name: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Block:
    """Paragraphs that people may put in other words. `label`: what the block is called beside its box."""

    name: str
    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Narrative:
    """The whole text in order.

    `addressees`: after "Kính gửi:", none in a report of the Office. `definition` says which tasks are counted;
    `replaces` names the report this is a later version of; `source` stands outside the layout zone of every page.
    """

    subject: str
    period: str
    opening: str
    chapters: tuple[Chapter, ...]
    closing: str
    recipients: tuple[str, ...]
    definition: str
    source: str
    addressees: tuple[str, ...] = ()
    replaces: str = ""

    @property
    def title(self) -> str:
        """One line, for the properties of a file."""
        return f"Báo cáo {self.subject[:1].lower()}{self.subject[1:]} {self.period}".strip()

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for chapter in self.chapters for part in chapter.parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        yield Block("mo-dau", "Đoạn mở đầu", (self.opening,))
        for chapter in self.chapters:
            if chapter.paragraphs:
                yield Block(chapter.name, chapter.heading.capitalize() or "Nội dung", chapter.paragraphs)
            yield from (Block(part.name, part.heading, part.paragraphs) for part in chapter.parts)
        yield Block("ket-thuc", "Đoạn kết", (self.closing,))
        yield Block("noi-nhan", "Nơi nhận", self.recipients)

    def in_other_words(self, texts: Texts) -> Narrative:
        """With the paragraphs that people wrote in place of those of the same block; the tables stay."""
        return replace(
            self,
            opening=_one(texts.get("mo-dau"), self.opening),
            chapters=tuple(_chapter(chapter, texts) for chapter in self.chapters),
            closing=_one(texts.get("ket-thuc"), self.closing),
            recipients=texts.get("noi-nhan", self.recipients),
        )


def _one(written: tuple[str, ...] | None, otherwise: str) -> str:
    return otherwise if written is None else " ".join(written)


def _chapter(chapter: Chapter, texts: Texts) -> Chapter:
    parts = (replace(part, paragraphs=texts.get(part.name, part.paragraphs)) for part in chapter.parts)
    return replace(chapter, paragraphs=texts.get(chapter.name, chapter.paragraphs), parts=tuple(parts))
