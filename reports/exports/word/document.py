"""From a snapshot to the bytes of a .docx; the same snapshot and words give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.content.composing import ON_ONE_PAGE, Composed, compose
from reports.content.edition import Edition
from reports.exports.package import legal, timeless, utc
from reports.exports.word import annex, letter
from reports.exports.word.charts import Album
from reports.exports.word.looks import LANGUAGE, put_styles
from reports.exports.word.pages import LANDSCAPE, PORTRAIT, put_margins, set_up
from reports.snapshots import Snapshot

# Markup goes into the file as text: lxml takes minutes to move the cells of a long table from one tree to another.
_PART = "word/document.xml"


def write(snapshot: Snapshot, edition: Edition | None = None, *, shown: int = ON_ONE_PAGE) -> bytes:
    """The letter on portrait pages, each annex on landscape ones. `shown`: rows on the leaders' one page."""
    composed = compose(snapshot, edition, shown=shown)
    document = docx.Document()
    put_styles(document)
    _describe(document, composed)
    first = document.sections[0]
    set_up(first, PORTRAIT)
    put_margins(first, PORTRAIT, composed)
    # The letter at once, because its pictures are kept with the document; the annexes while they are packed.
    bodies: dict[str, Iterable[str]] = {
        _leave_room(document, "letter"): list(letter.written(composed, Album(document)))
    }
    for place, one in enumerate(composed.annexes):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        set_up(section, LANDSCAPE)
        put_margins(section, LANDSCAPE, composed)
        bodies[_leave_room(document, f"annex{place}")] = annex.written(one, composed, LANDSCAPE.room)
    saved = io.BytesIO()
    document.save(saved)
    return timeless(saved.getvalue(), {_PART: lambda part: _filled(part, bodies)})


def _describe(document: Document, composed: Composed) -> None:
    about, author = document.core_properties, legal(composed.letterhead.author)[:_LONGEST]
    about.title, about.author, about.last_modified_by = legal(composed.text.title)[:_LONGEST], author, author
    about.language, about.identifier = LANGUAGE, composed.snapshot.code
    about.comments = legal(composed.text.source)[:_LONGEST]
    about.created = about.modified = utc(composed.snapshot.taken_at)
    about.revision, about.keywords, about.subject = 1, "", ""
    _drop_thumbnail(document)


_LONGEST = 255  # characters of a property


def _drop_thumbnail(document: Document) -> None:
    """The picture of an empty page that python-docx's template brings."""
    relations: Any = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(key)


def _leave_room(document: Document, name: str) -> str:
    """Before the properties of the last section, which end the body; the name comes back."""
    room = OxmlElement("w:p")
    room.set(qn("w:rsidR"), name)
    document.element.body.find(qn("w:sectPr")).addprevious(room)
    return name


def _filled(part: bytes, bodies: Mapping[str, Iterable[str]]) -> Iterator[bytes]:
    for name, markup in bodies.items():
        before, room, part = part.partition(f'<w:p w:rsidR="{name}"/>'.encode())
        assert room
        yield before
        yield from (piece.encode() for piece in markup)
    yield part
