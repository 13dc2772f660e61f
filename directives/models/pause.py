"""A time in which an assignment's clock stood still."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import User
from directives.models.assignment import Assignment
from directives.states import Status


class PauseQuerySet(models.QuerySet["Pause"]):
    def open(self) -> PauseQuerySet:
        return self.filter(resumed_at__isnull=True)


class Pause(models.Model):
    """`remaining`: working days from the day behind `paused_on` to the due day, negative when it had passed; None
    without a due day. `from_status`: what the assignment goes back to."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="pauses")
    from_status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.TextField("lý do")
    paused_on = models.DateField("tạm dừng từ ngày")
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateField("hạn khi tạm dừng", null=True)
    remaining = models.SmallIntegerField("số ngày làm việc còn lại", null=True)
    resumed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    due_after = models.DateField("hạn khi tiếp tục", null=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "lần tạm dừng"
        verbose_name_plural = "các lần tạm dừng"
        constraints = (
            models.UniqueConstraint(
                fields=("assignment",), condition=Q(resumed_at__isnull=True), name="pause_one_open_per_assignment"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_its_reason"),
            models.CheckConstraint(condition=Q(from_status__in=Status.values), name="pause_status_known"),
            models.CheckConstraint(
                condition=Q(due_before__isnull=True, remaining__isnull=True)
                | Q(due_before__isnull=False, remaining__isnull=False),
                name="pause_keeps_the_days_left",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="pause_resumed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment}: tạm dừng từ {self.paused_on:%d/%m/%Y}"

    @property
    def days_over(self) -> int:
        """Working days by which the assignment was late when the clock was stopped."""
        return max(0, -(self.remaining or 0))
