"""Compressing what goes into the file, once (pydyf compresses a stream twice, to learn its length and to write it)."""

from __future__ import annotations

import zlib
from typing import Any

import pydyf


def packed(content: bytes, **extra: Any) -> pydyf.Stream:
    """A compressed stream with these entries in its dictionary."""
    return pydyf.Stream([zlib.compress(content)], extra | {"Filter": "/FlateDecode"})
