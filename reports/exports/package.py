"""What Office Open XML files have in common: XML that takes no control characters, and zips that carry a clock."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from agencies.text import nfc

# What XML 1.0 §2.2 cannot hold at all, and what has no shape on paper (as in the annex of the PDF).
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows


def legal(text: str) -> str:
    """The text as a file of these forms can hold it, composed (NFC); line ends stay, tabs become blanks."""
    return nfc(_UNFIT.sub("", text.replace("\r\n", "\n").replace("\t", " ")))


def utc(moment: datetime) -> datetime:
    """A moment as document properties hold it: UTC without a zone, whole seconds."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


Rewrite = Callable[[bytes], Iterable[bytes]]


def timeless(content: bytes, rewrite: Mapping[str, Rewrite] | None = None) -> bytes:
    """The same zip with every entry dated 1980, so that what is packed twice is equal.

    `rewrite`: entry → the pieces of what its content becomes; they are packed as they come, so that a long table never
    stands in memory as a whole.
    """
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for entry in source.infolist():
            part = source.read(entry)
            change = (rewrite or {}).get(entry.filename)
            with target.open(_entry(entry.filename), "w") as place:
                for piece in change(part) if change else (part,):
                    place.write(piece)
    return packed.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # the same on every machine
    return entry
