"""The demonstration's letter: entered from the data file written by hand, as an officer would."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from agencies.models import Agency, AgencyGroup, User
from directives.actions.letters import NewDirective, NewParty, enter_letter
from directives.deadlines import DueKind
from directives.models import Letter, Modality, PartyRole

DATA = files("directives") / "data"


def read_data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "langson_2023_ubnd_kgvx.json").read_text("utf-8"))
    return data


def effective_on() -> date:
    """The day the letter counts from: it is printed "tháng 01 năm 2023" without a day."""
    return date.fromisoformat(read_data()["letter"]["effective_on"])


def find_letter() -> Letter | None:
    """The demonstration's letter if it is there already."""
    head = read_data()["letter"]
    return Letter.objects.filter(notation=head["notation"], subject=head["subject"]).first()


def enter_demo_letter(*, by: User, now: datetime, on: date) -> Letter:
    """Enter the letter as a draft; the Office's internal dates lie around `on`."""
    data = read_data()
    head = data["letter"] | {"effective_on": effective_on()}
    text = (DATA / data["text_file"]).read_text("utf-8")
    directives = [_directive(row, on) for row in data["directives"]]
    return enter_letter(Letter(text=text, **head), by=by, now=now, directives=directives)


def _directive(row: dict[str, Any], on: date) -> NewDirective:
    internal = row.get("internal_due_in_days")
    return NewDirective(
        label=row["label"],
        title=row["title"],
        start=row["start"],
        end=row["end"],
        modality=Modality(row["modality"]),
        parties=[_party(party) for party in row["parties"]],
        citations=row["citations"],
        due_kind=DueKind.DATE if internal is not None else DueKind(row.get("due_kind", "none")),
        due_phrase=row.get("due_phrase", ""),
        due_on=on + timedelta(days=internal) if internal is not None else None,
        due_is_internal=internal is not None,
    )


def _party(row: dict[str, str]) -> NewParty:
    bodies = Agency.objects.valid_on(effective_on())
    return NewParty(
        role=PartyRole(row["role"]),
        phrase=row["phrase"],
        agency=bodies.get(code=row["agency"]) if "agency" in row else None,
        group=AgencyGroup.objects.get(code=row["group"]) if "group" in row else None,
    )
