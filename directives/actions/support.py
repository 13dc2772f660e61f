"""Others are invited to take part in a duty: each gets an assignment of its own, in the role of support."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, User
from directives import notices
from directives.actions.history import entry_for
from directives.models import Assignment, NoticeKind, Party, PartyRole
from directives.states import OPEN, NotAllowed, Status, Verb


def invite_support(
    lead: Assignment, *, by: User, now: datetime, agencies: Sequence[Agency], note: str
) -> list[Assignment]:
    """Give each agency its own part, due with the lead's; the new assignments, without those that had one already.

    Neither the lead's state nor the directive's changes. Raises NotAllowed unless `lead` is an open assignment given
    as lead, and for an agency that leads the directive itself.
    """
    with transaction.atomic():
        row = Assignment.objects.locked().get(pk=lead.pk)
        if row.role != PartyRole.LEAD or row.status not in OPEN:
            raise NotAllowed("Chỉ mời phối hợp được khi nhiệm vụ giao chủ trì chưa hoàn thành.")
        same = Assignment.objects.filter(directive=row.directive_id, period=row.period, agency__in=agencies)
        roles = dict(same.counted().values_list("agency", "role").order_by("-role"))
        for agency in agencies:
            if roles.get(agency.pk) == PartyRole.LEAD:
                raise NotAllowed(f"{agency} đang chủ trì nhiệm vụ này nên không mời phối hợp.")
        there = set(same.supports().values_list("agency", flat=True))
        parties = {one.agency_id: one for one in row.directive.parties.filter(role=PartyRole.SUPPORT)}
        today = timezone.localtime(now).date()
        wanted = [agency for agency in agencies if agency.pk not in there]
        return [_invite(_part_of(row, agency, parties.get(agency.pk), today), by, now, note) for agency in wanted]


def _part_of(lead: Assignment, agency: Agency, party: Party | None, today: date) -> Assignment:
    return Assignment(
        directive=lead.directive,
        agency=agency,
        role=PartyRole.SUPPORT,
        period=lead.period,
        party=party,
        status=Status.NOT_STARTED,
        assigned_on=today,
        original_due_on=lead.due_on,
        due_on=lead.due_on,
    )


def _invite(part: Assignment, by: User, now: datetime, note: str) -> Assignment:
    part.save(force_insert=True)
    entry_for(part, verb=Verb.INVITE, by=by, now=now, note=note).save()
    notices.queue_for_agency(part, kind=NoticeKind.INVITED, now=now)
    return part
