"""What people put into a report beside its figures: other words, number, day, signer; and whether it was issued."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from reports.content.shapes import Texts


@dataclass(frozen=True)
class Edition:
    """`texts`: block → paragraphs in place of those written from the figures. Blank fields are left blank on paper.

    `is_final`: the report was issued and is no draft any more.
    """

    texts: Texts = field(default_factory=dict)
    number: str = ""
    day: date | None = None
    position: str = ""  # a line each: "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"
    signer: str = ""
    is_final: bool = False

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data, without what says nothing."""
        plain = asdict(self) | {"day": self.day.isoformat() if self.day else None}
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Edition:
        texts = {name: tuple(paragraphs) for name, paragraphs in data.get("texts", {}).items()}
        day = date.fromisoformat(data["day"]) if data.get("day") else None
        return cls(**data | {"texts": texts, "day": day})
