"""Writes a finished pydyf document as a file (ISO 32000-1 §7.5.7, §7.5.8).

pydyf puts all its objects into one object stream, which a viewer has to unpack as a whole before it can show the first
page, and compresses it twice at the highest level. With the 130,000 tags of a long annex that is a fifth of the time;
here objects go in small streams, in one pass.
"""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import Any, BinaryIO

import pydyf

from reports.pdf.packing import packed

AT_ONCE = 200  # objects in one object stream
_TYPE, _PLACE, _INDEX = 1, 4, 2  # bytes of the three fields of a cross-reference entry


def write(pdf: pydyf.PDF, output: BinaryIO, *_: Any) -> None:
    """What `pdf.write` does, for PDF 1.7 with an identifier made from the content."""
    _Writer(pdf, output).write()


class _Writer:
    def __init__(self, pdf: pydyf.PDF, output: BinaryIO) -> None:
        self._pdf, self._output = pdf, output
        self._at = self._numbered = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        self._entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}

    def write(self) -> None:
        self._pdf.add_object(self._pdf.info)
        self._numbered = len(self._pdf.objects)
        self._put(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        packed = []
        for thing in self._pdf.objects[1:]:
            if thing.compressible:
                packed.append(thing)
            else:
                self._put_object(thing.number, thing.data)
        waiting = iter(packed)
        while group := list(islice(waiting, AT_ONCE)):
            self._put_group(group)
        self._put_references()

    def _put(self, content: bytes) -> None:
        self._output.write(content)
        self._digest.update(content)
        self._at += len(content)

    def _put_object(self, number: int, data: bytes) -> None:
        self._entries[number] = (1, self._at, 0)
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, _clearly_ended(data)))

    def _put_group(self, group: list[pydyf.Object]) -> None:
        """One object stream: pairs of number and offset, then the objects."""
        number = self._next_number()
        offsets, bodies, length = [], [], 0
        for index, thing in enumerate(group):
            data = thing.data
            offsets.append(b"%d %d" % (thing.number, length))
            bodies.append(data)
            length += len(data) + 1
            self._entries[thing.number] = (2, number, index)
        head = b" ".join(offsets) + b"\n"
        extra = {"Type": "/ObjStm", "N": len(group), "First": len(head)}
        self._put_object(number, _stream(head + b"\n".join(bodies), extra))

    def _put_references(self) -> None:
        """The cross-reference stream, which is also the trailer."""
        number = self._next_number()
        place = self._at
        self._entries[number] = (1, place, 0)
        identifier = self._digest.hexdigest().encode()
        extra = {
            "Type": "/XRef",
            "W": pydyf.Array([_TYPE, _PLACE, _INDEX]),
            "Size": number + 1,
            "Root": self._pdf.catalog.reference,
            "Info": self._pdf.info.reference,
            "ID": pydyf.Array([b"<" + identifier + b">"] * 2),
        }
        rows = b"".join(_entry(*self._entries[one]) for one in range(number + 1))
        self._put_object(number, _stream(rows, extra))
        self._put(b"startxref\n%d\n%%%%EOF\n" % place)

    def _next_number(self) -> int:
        number = self._numbered
        self._numbered += 1
        return number


def _clearly_ended(data: bytes) -> bytes:
    """A stream whose last byte is a carriage return gets a whole line end behind it.

    With a line feed alone readers take the two for one line end and find the stream too short (ISO 32000-1 §7.3.8.1).
    """
    before, end, after = data.rpartition(b"\nendstream")
    return before + b"\r" + end + after if end and before.endswith(b"\r") and not after else data


def _entry(kind: int, place: int, index: int) -> bytes:
    return kind.to_bytes(_TYPE, "big") + place.to_bytes(_PLACE, "big") + index.to_bytes(_INDEX, "big")


def _stream(content: bytes, extra: dict[str, Any]) -> bytes:
    data: bytes = packed(content, **extra).data
    return data
