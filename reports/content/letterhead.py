"""Who reports, under which notation, from where, to whom: the Office, or an agency on its own work.

Number, day and signer stay blank unless they were filled in: whoever issues the report does it (Nghị định 30/2020,
Phụ lục I).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agencies.models import Kind
from reports.snapshots import AgencyLine


@dataclass(frozen=True)
class Letterhead:
    """Lines as printed. `recipients`: the bodies that the report speaks of come after the first."""

    superior: tuple[str, ...]
    issuer: str
    issuer_in_text: str
    notation: str
    place: str
    position: tuple[str, ...]
    recipients: tuple[str, ...]
    author: str


OFFICE = Letterhead(
    superior=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    issuer="VĂN PHÒNG",
    issuer_in_text="Văn phòng UBND tỉnh",
    notation="BC-VP",
    place="Lạng Sơn",
    position=("CHÁNH VĂN PHÒNG",),
    recipients=(
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
        "C, PVP UBND tỉnh;",
        "Lưu: VT, KGVX.",
    ),
    author="Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn",
)

_LOCAL = (Kind.CITY, Kind.DISTRICT, Kind.COMMUNE, Kind.WARD)
_UNDER_THE_COMMITTEE = (Kind.OFFICE, Kind.DEPARTMENT, Kind.EQUAL_TO_DEPARTMENT, Kind.BOARD, Kind.PRESS, Kind.PORTAL)
_POSITIONS = {
    Kind.OFFICE: ("CHÁNH VĂN PHÒNG",),
    Kind.DEPARTMENT: ("GIÁM ĐỐC",),
    Kind.BOARD: ("TRƯỞNG BAN",),
    Kind.PRESS: ("TỔNG BIÊN TẬP",),
} | dict.fromkeys(_LOCAL, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
_HEAD = ("THỦ TRƯỞNG CƠ QUAN",)
_PLACE = re.compile(r"^(?:UBND|Ủy ban nhân dân) (?:huyện|thành phố|thị xã|xã|phường|thị trấn) (.+?)(?:,? tỉnh .+)?$")


def of_agency(agency: AgencyLine) -> Letterhead:
    """The letterhead of an agency that reports on its own work; what is not known can be filled in by hand."""
    kind = Kind(agency.kind)
    name = re.sub(r"^UBND\b", "Ủy ban nhân dân", agency.name)
    place = _PLACE.match(agency.short_name)
    return Letterhead(
        superior=OFFICE.superior if kind in _UNDER_THE_COMMITTEE else (),
        issuer=_without_province(name).upper(),
        issuer_in_text=agency.short_name,
        notation=f"BC-{'UBND' if kind in _LOCAL else agency.abbreviation or agency.code}",
        place=place[1] if place else OFFICE.place,
        position=_POSITIONS.get(kind, _HEAD),
        recipients=("Văn phòng UBND tỉnh;", "Lưu: VT."),
        author=name,
    )


def _without_province(name: str) -> str:
    """Under the province's own name a department is called by its short one."""
    return re.sub(r" tỉnh Lạng Sơn$", "", name)
