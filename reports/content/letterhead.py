"""What the Office writes on every report of its own: who reports, under which notation, from where, to whom.

Number, day and signer stay blank: the Office fills them when it issues the report (Nghị định 30/2020, Phụ lục I).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """Lines as printed. `recipients`: the bodies that the report speaks of come after the first."""

    superior: tuple[str, ...]
    issuer: str
    issuer_in_text: str
    notation: str
    place: str
    position: str
    recipients: tuple[str, ...]
    author: str


OFFICE = Letterhead(
    superior=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    issuer="VĂN PHÒNG",
    issuer_in_text="Văn phòng UBND tỉnh",
    notation="BC-VP",
    place="Lạng Sơn",
    position="CHÁNH VĂN PHÒNG",
    recipients=(
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
        "C, PVP UBND tỉnh;",
        "Lưu: VT, KGVX.",
    ),
    author="Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn",
)
