"""Who is away from when to when, and who of the same agency does the work meanwhile."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.models import User
from agencies.permissions import Permission, allowed


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: User) -> AbsenceQuerySet:
        """Those of one's own agency, for whoever coordinates its work."""
        if not allowed(user, Permission.COORDINATE):
            return self.none()
        return self.filter(person__agency=user.agency_id)

    def standing(self) -> AbsenceQuerySet:
        """Those that were not called off."""
        return self.filter(ended_at__isnull=True)

    def on(self, day: date) -> AbsenceQuerySet:
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def not_over(self, day: date) -> AbsenceQuerySet:
        """Those of the day and of later days."""
        return self.standing().filter(last_day__gte=day)

    def touching(self, first: date, last: date) -> AbsenceQuerySet:
        """Those that share a day with the days from `first` to `last`."""
        return self.standing().filter(first_day__lte=last, last_day__gte=first)

    def deputies(self, day: date) -> dict[int, User]:
        """Person (id) → who does the work on a day, for those that are away."""
        return {one.person_id: one.deputy for one in self.on(day).select_related("deputy")}


class Absence(models.Model):
    """Both days are days of absence. A person is away once at a time and has one deputy."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name="người vắng mặt")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputises", verbose_name="người làm thay")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến hết ngày")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi")
    entered_at = models.DateTimeField("ghi lúc")
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người bỏ"
    )
    ended_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch vắng mặt"
        verbose_name_plural = "lịch vắng mặt"
        indexes = (models.Index(fields=("last_day", "first_day"), name="absence_days"),)
        constraints = (
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="absence_deputy_is_somebody_else"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="absence_ended_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}, {self.deputy} thay"
