"""Who goes on with a recurring directive of an agency that ended when no period of it was open to be handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, User
from directives import periods
from directives.models.assignment import Assignment, AssignmentQuerySet
from directives.models.directive import Directive, PartyRole
from directives.states import Status

Heirs = Mapping[int, Agency]  # of one directive: agency (id) → who goes on for it


class Succession(models.Model):
    """`to` has the periods that begin after `agency` has ended."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="successions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan cũ")
    to = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan nhận")
    reason = models.TextField("lý do, căn cứ")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người làm")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "kế thừa nhiệm vụ định kỳ"
        verbose_name_plural = "kế thừa nhiệm vụ định kỳ"
        constraints = (
            models.UniqueConstraint(fields=("directive", "agency"), name="succession_once_per_directive_and_agency"),
            models.CheckConstraint(condition=~Q(to=F("agency")), name="succession_goes_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="succession_has_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.directive}: {self.agency} → {self.to}"


def heirs_of(directive: Directive) -> Heirs:
    return {one.agency_id: one.to for one in directive.successions.select_related("to")}


def holder(agency: Agency, day: date, heirs: Heirs) -> Agency | None:
    """Who has a directive on a day that `agency` had once; None when it has ended and nobody goes on for it."""
    left = dict(heirs)
    found: Agency | None = agency
    while found is not None and found.valid_to is not None and found.valid_to < day:
        found = left.pop(found.pk, None)  # each once: no way round in a circle
    return found


def left_behind(rows: AssignmentQuerySet) -> list[Assignment]:
    """Of agencies that end: the last period of each recurring directive they led, where it is not open any more.

    What is open is handed over and takes the directive along; what was withdrawn asks for nothing more. `rows`: those
    of the agencies asked about.
    """
    last: dict[tuple[int, int], Assignment] = {}
    led = rows.filter(role=PartyRole.LEAD, directive__in=Directive.objects.recurring(), agency__valid_to__isnull=False)
    for one in sorted(led.exclude(period="").for_lists().order_by("pk"), key=_begins):
        last[one.directive_id, one.agency_id] = one
    gone = set(Succession.objects.filter(agency__in={agency for _, agency in last}).values_list("directive", "agency"))
    over = {Status.DONE, Status.SUBMITTED}
    return [one for place, one in last.items() if one.status in over and place not in gone]


def _begins(one: Assignment) -> date:
    return periods.window_of(one.period, nd09=False).first
