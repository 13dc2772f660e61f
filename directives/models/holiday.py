"""What the Office says of single days: days off the library does not know, and days that are worked all the same."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from agencies.models import User
from agencies.permissions import Permission, allowed
from directives.calendars import Calendar, Said


class DayKind(models.TextChoices):
    REST = "nghi", "Ngày nghỉ"
    WORK = "lam-viec", "Ngày làm việc"
    USUAL = "thuong-le", "Theo lịch chung"  # takes back what was said before


class CalendarChangeQuerySet(models.QuerySet["CalendarChange"]):
    def visible_to(self, user: User) -> CalendarChangeQuerySet:
        return self if allowed(user, Permission.EDIT_CALENDAR) else self.none()

    def calendar(self) -> Calendar:
        """The calendar as the Office has it now, the last word on each day counts: one query."""
        last: dict[date, tuple[str, str]] = {}
        for day, kind, name in self.order_by("pk").values_list("day", "kind", "name"):
            last[day] = (kind, name)
        said = ((day, Said(kind == DayKind.REST, name)) for day, (kind, name) in last.items() if kind != DayKind.USUAL)
        return Calendar(dict(said))


class CalendarChange(models.Model):
    """One word of the Office on one day. Rows are added, never changed: the last one about a day counts."""

    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=10, choices=DayKind.choices)
    name = models.CharField("tên hoặc lý do", max_length=200)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi")
    changed_at = models.DateTimeField("ghi lúc")

    objects = CalendarChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi lịch làm việc"
        verbose_name_plural = "thay đổi lịch làm việc"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendar_change_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="calendar_change_has_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.get_kind_display()} ({self.name})"


def not_changeable(day: date, kind: str, name: str) -> str:
    """Why this cannot be said of a day, as a sentence; "" when it can."""
    calendar = CalendarChange.objects.calendar()
    if not name.strip():
        return "Nhập tên ngày nghỉ hoặc lý do."
    if kind == DayKind.USUAL:
        return "" if day in calendar.said else f"Văn phòng chưa ghi gì về ngày {day:%d/%m/%Y} nên không có gì để bỏ."
    if day in calendar.said and calendar.said[day] == Said(kind == DayKind.REST, name.strip()):
        return f"Ngày {day:%d/%m/%Y} đã được ghi như vậy."
    if day not in calendar.said and calendar.is_rest_day(day) == (kind == DayKind.REST):
        how = f"là ngày nghỉ ({calendar.name_of(day)})" if kind == DayKind.REST else "là ngày làm việc"
        return f"Ngày {day:%d/%m/%Y} đã {how} theo lịch chung, không cần ghi thêm."
    return ""
