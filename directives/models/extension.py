"""An agency's wish for more time, and what the Office made of it. The original due day never changes (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from agencies.models import User
from agencies.permissions import Permission, allowed
from directives.models.assignment import Assignment
from directives.states import EXTENDABLE

MANY_EXTENSIONS = 3  # so many extensions of one assignment are flagged (DOMAIN §3)


class ExtensionState(models.TextChoices):
    OPEN = "cho-quyet-dinh", "Chờ quyết định"
    GRANTED = "dong-y", "Được gia hạn"
    REFUSED = "khong-dong-y", "Không gia hạn"
    WITHDRAWN = "da-rut", "Cơ quan đã rút"


class ExtensionQuerySet(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, user: User) -> ExtensionQuerySet:
        """A request is visible to whoever may see the assignment it belongs to."""
        if not allowed(user, Permission.SEE_ASSIGNMENTS):
            return self.none()
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def editable_by(self, user: User) -> ExtensionQuerySet:
        """Those that `user` may take back: of assignments on which they may report."""
        return self.filter(assignment__in=Assignment.objects.editable_by(user))

    def open(self) -> ExtensionQuerySet:
        return self.filter(state=ExtensionState.OPEN)

    def to_decide(self) -> ExtensionQuerySet:
        """Open ones of assignments that are still under way: what was confirmed or withdrawn needs no more time."""
        return self.open().filter(assignment__status__in=EXTENDABLE)

    def decided(self) -> ExtensionQuerySet:
        return self.filter(state__in=(ExtensionState.GRANTED, ExtensionState.REFUSED))

    def assignments_extended(self, times: int) -> models.QuerySet[Any, Any]:
        """The ids of the assignments that were given more time at least so many times."""
        granted = self.filter(state=ExtensionState.GRANTED).values("assignment").annotate(times=Count("pk"))
        return granted.filter(times__gte=times).order_by().values("assignment")

    def granted_by(self, moment: datetime) -> Iterable[int]:
        """The ids of the assignments that were given more time by a moment, once for each time."""
        granted = self.filter(state=ExtensionState.GRANTED, decided_at__lte=moment)
        return granted.order_by().values_list("assignment", flat=True)

    def for_lists(self) -> ExtensionQuerySet:
        long = [f"assignment__directive__{name}" for name in ("text", "search", "letter__text", "letter__search")]
        return self.select_related("assignment__agency", "assignment__directive__letter", "asked_by").defer(*long)


class ExtensionRequest(models.Model):
    """`due_before`: the due day that stood when it was asked, then the one that was moved; `granted_on` may differ
    from `asked_on`."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField("kết quả", max_length=20, choices=ExtensionState.choices, default=ExtensionState.OPEN)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người đề nghị")
    asked_at = models.DateTimeField("đề nghị lúc")
    asked_on = models.DateField("xin gia hạn đến ngày")
    reason = models.TextField("lý do")
    due_before = models.DateField("hạn trước khi gia hạn")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người quyết định"
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    granted_on = models.DateField("gia hạn đến ngày", null=True, blank=True)
    note = models.TextField("ý kiến của Văn phòng", blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị gia hạn"
        verbose_name_plural = "đề nghị gia hạn"
        indexes = (models.Index(fields=("state", "asked_at"), name="extension_queue"),)
        constraints = (
            models.UniqueConstraint(
                fields=("assignment",), condition=Q(state=ExtensionState.OPEN), name="extension_one_open_per_assignment"
            ),
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="extension_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.OPEN) | Q(asked_on__gt=F("due_before")),
                name="extension_asks_for_more_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_its_reason"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.GRANTED, granted_on__isnull=False, granted_on__gt=F("due_before"))
                | (~Q(state=ExtensionState.GRANTED) & Q(granted_on__isnull=True)),
                name="extension_granted_has_a_later_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ExtensionState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="extension_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.REFUSED) | ~Q(note=""), name="extension_refused_with_a_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment}: đến {self.asked_on:%d/%m/%Y} ({self.get_state_display()})"

    @property
    def days_asked(self) -> int:
        """Calendar days beyond the due day that stood then."""
        return (self.asked_on - self.due_before).days

    @property
    def days_granted(self) -> int:
        return (self.granted_on - self.due_before).days if self.granted_on else 0


def not_extendable(assignment: Assignment, *, today: date) -> str:
    """Why no more time can be asked for on a day, as a sentence; "" when it can."""
    if assignment.due_on is None:
        return "Nhiệm vụ này không có thời hạn nên không cần gia hạn."
    if assignment.due_on < today and not settings.EXTENSION_AFTER_DUE:
        return (
            f"Hạn {assignment.due_on:%d/%m/%Y} đã qua nên không đề nghị gia hạn được nữa. Báo cáo tình hình và nguyên "
            "nhân chậm ở trang nhiệm vụ."
        )
    return ""


@dataclass(frozen=True)
class Extended:
    """How much more time an assignment was given so far: how often, and calendar days in all."""

    count: int
    days: int

    @classmethod
    def by(cls, requests: Iterable[ExtensionRequest]) -> Extended:
        granted = [one for one in requests if one.state == ExtensionState.GRANTED]
        return cls(len(granted), sum(one.days_granted for one in granted))

    @property
    def is_often(self) -> bool:
        return self.count >= MANY_EXTENSIONS

    @property
    def words(self) -> str:
        """ "đã gia hạn 3 lần, thêm 45 ngày"; "" when never."""
        return f"đã gia hạn {self.count} lần, thêm {self.days} ngày" if self.count else ""
