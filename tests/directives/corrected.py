"""Two agencies with one directive of a letter, as the tests of corrections need them."""

from __future__ import annotations

from datetime import date
from typing import Any

from agencies.models import Agency
from directives.deadlines import DueKind
from directives.models import Assignment, Directive
from tests.factories import AssignmentFactory, DirectiveFactory, LetterFactory

DUE = date(2023, 3, 15)
TEXT = (
    "1. Sở Tư pháp\n\n- Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND.\n\n"
    "- Cung cấp tài liệu cho các cơ quan báo chí.\n\n- Tổng hợp kết quả, báo cáo UBND tỉnh.\n"
)


def directive_of(label: str, words: str, **details: Any) -> Directive:
    letter = details.pop("letter", None) or LetterFactory.create(text=TEXT)
    start = letter.text.index(words)
    place = {"start": start, "end": start + len(words), "title": words.rstrip("."), "label": label}
    return DirectiveFactory.create(letter=letter, **place, **details)


def dated(*agencies: Agency) -> tuple[Directive, list[Assignment]]:
    """A directive due on DUE that each of the agencies was given."""
    words = "Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND."
    directive = directive_of("1.1", words, position=1, due_kind=DueKind.DATE, due_on=DUE)
    return directive, [AssignmentFactory.create(directive=directive, agency=one, due_on=DUE) for one in agencies]
