"""What the Office finds in its morning mail: how the work stands and what waits for it, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from directives.deadlines import Label
from directives.models import Assignment, ExtensionRequest, Notice
from directives.models.labelling import label_case


@dataclass(frozen=True)
class Overview:
    """Numbers of assignments under a label on a day, and of requests and messages that somebody has to look at."""

    overdue: int
    due_soon: int
    waiting: int
    extensions: int
    declined: int
    undelivered: int

    @property
    def says_something(self) -> bool:
        return any((self.overdue, self.due_soon, self.waiting, self.extensions, self.declined, self.undelivered))


def of(today: date) -> Overview:
    labelled = Assignment.objects.open().leads().annotate(label=label_case(today, undated_apart=False))
    counts = Counter(dict(labelled.order_by().values_list("label").annotate(n=Count("pk"))))
    return Overview(
        overdue=counts[Label.OVERDUE],
        due_soon=counts[Label.DUE_SOON],
        waiting=counts[Label.WAITING],
        extensions=ExtensionRequest.objects.to_decide().count(),
        declined=Assignment.objects.declined().count(),
        undelivered=Notice.objects.undelivered().count(),
    )
