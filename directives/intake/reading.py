"""What a letter says, as data: the one form that the command prints, the screens show and the tests compare."""

import datetime
from dataclasses import dataclass, field

from . import due as dues
from .due import Due
from .foot import Signer

Json = dict[str, object]


@dataclass(frozen=True)
class Resolution:
    """A phrase in the directory: "certain" (one body), "group", "candidates", "open" (a set nobody lists), "unknown".

    `codes` are the body meant, or the members of the group on the letter's day, or the candidates, the likeliest first.
    """

    certainty: str = "unknown"
    codes: tuple[str, ...] = ()
    group: str | None = None

    def as_json(self) -> Json:
        return {"certainty": self.certainty, "codes": list(self.codes), "group": self.group}


@dataclass(frozen=True)
class Party:
    """A body or group as written, and what it is in the directory."""

    phrase: str
    resolution: Resolution = Resolution()

    def as_json(self) -> Json:
        return {"phrase": self.phrase, **self.resolution.as_json()}


@dataclass(frozen=True)
class Letter:
    """The head and foot of a letter; None and empty where nothing is printed (a blank number is normal)."""

    kind: str
    number: str | None = None
    notation: str | None = None
    issued_on: datetime.date | None = None
    issued_in: datetime.date | None = None  # the first of its month, where the day may be blank
    place: str | None = None
    issuer: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)

    def as_json(self) -> Json:
        signer = self.signer
        return {
            "kind": self.kind,
            "number": self.number,
            "notation": self.notation,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "place": self.place,
            "issuer": self.issuer,
            "subject": self.subject,
            "addressees": list(self.addressees),
            "recipients": list(self.recipients),
            "signer": {"capacity": list(signer.capacity), "position": signer.position, "name": signer.name},
        }


@dataclass(frozen=True)
class Proposal:
    """One proposed directive; [start, end) counts in the reading's text; `confidence` in 0..1; `reasons`: sentences."""

    label: str
    start: int
    end: int
    modality: str
    lead: tuple[Party, ...]
    support: tuple[Party, ...]
    due: Due
    cites: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...] = ()

    def as_json(self) -> Json:
        return {
            "label": self.label,
            "start": self.start,
            "end": self.end,
            "modality": self.modality,
            "lead": [party.phrase for party in self.lead],
            "support": [party.phrase for party in self.support],
            "due": _due_json(self.due),
            "cites": list(self.cites),
            "confidence": round(self.confidence, 2),
            "reasons": list(self.reasons),
            "lead_bodies": [party.as_json() for party in self.lead],
            "support_bodies": [party.as_json() for party in self.support],
            "standing": self.due.kind == dues.STANDING,
        }


@dataclass(frozen=True)
class Reading:
    """`text` is the NFC text that all offsets count in."""

    text: str
    letter: Letter
    directives: tuple[Proposal, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def as_json(self) -> Json:
        """The form of the labelled letters, with confidence, reasons and the directory's answers beside it."""
        return {
            "letter": self.letter.as_json(),
            "directives": [one.as_json() for one in self.directives],
            "warnings": list(self.warnings),
        }


def _due_json(due: Due) -> Json:
    kind = "undated" if due.kind in (dues.STANDING, dues.NONE) else due.kind
    return {
        "kind": kind,
        "phrase": due.phrase,
        "date": due.date.isoformat() if due.date else None,
        "period": due.period,
    }
