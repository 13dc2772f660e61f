"""The directory of agencies as the reader sees it: plain data, passed in, from tables or from a database."""

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .sheet import bare, squeeze


@dataclass(frozen=True)
class Body:
    """One agency in one period of validity: the same name may return under another code (DOMAIN §5)."""

    code: str
    name: str
    short_name: str = ""
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def is_valid(self, on: datetime.date | None) -> bool:
        """Whether the agency exists on a day (None: any day)."""
        return _covers(self.valid_from, self.valid_to, on)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name, self.short_name, self.abbreviation, *self.aliases) if name)


@dataclass(frozen=True)
class Group:
    """A phrase for many agencies, and the kinds of its members."""

    code: str
    name: str
    phrases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def is_valid(self, on: datetime.date | None) -> bool:
        """Whether the phrase has this meaning on a day."""
        return _covers(self.valid_from, self.valid_to, on)


@dataclass(frozen=True)
class Directory:
    bodies: tuple[Body, ...] = ()
    groups: tuple[Group, ...] = ()

    def plain_names(self) -> frozenset[str]:
        """All full names without diacritics, for telling where a name ends; abbreviations of one word are left out."""
        return self._plain_names

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        names = (squeeze(bare(name)) for body in self.bodies for name in (body.name, body.short_name, *body.aliases))
        return frozenset(name for name in names if " " in name and len(name) >= 8)

    def members(self, group: Group, on: datetime.date | None) -> tuple[Body, ...]:
        """The agencies of a group on a day, in the directory's order."""
        return tuple(body for body in self.bodies if body.kind in group.kinds and body.is_valid(on))


def load(bodies: Path, groups: Path | None = None) -> Directory:
    """From `agencies.csv` and `groups.csv`: UTF-8, full ISO dates or blank, lists parted by "|"."""
    with bodies.open(encoding="utf-8-sig", newline="") as rows:
        read_bodies = tuple(_body(row) for row in csv.DictReader(rows))
    if groups is None:
        return Directory(read_bodies)
    with groups.open(encoding="utf-8-sig", newline="") as rows:
        return Directory(read_bodies, tuple(_group(row) for row in csv.DictReader(rows)))


def _body(row: Mapping[str, str]) -> Body:
    return Body(
        code=row["code"],
        name=row["name"],
        short_name=row.get("short_name") or "",
        abbreviation=row.get("abbreviation") or "",
        aliases=_list(row.get("aliases")),
        kind=row.get("kind") or "",
        valid_from=_date(row.get("valid_from")),
        valid_to=_date(row.get("valid_to")),
    )


def _group(row: Mapping[str, str]) -> Group:
    return Group(
        code=row["code"],
        name=row["name"],
        phrases=_list(row.get("phrases")),
        kinds=_list(row.get("kinds")),
        valid_from=_date(row.get("valid_from")),
        valid_to=_date(row.get("valid_to")),
    )


def _list(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"\|", cell or "") if part.strip())


def _date(cell: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if cell and re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else None


def _covers(first: datetime.date | None, last: datetime.date | None, on: datetime.date | None) -> bool:
    return on is None or ((first is None or first <= on) and (last is None or on <= last))
