"""Reads a letter: file → text → structure → proposed directives. Pure Python: no models, no network; the directory is passed in."""

from .reader import read as _read
