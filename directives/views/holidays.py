"""The Office's calendar: the year's days off, and a change of one day with what it moves, seen before it is made."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives import workdays
from directives.actions.holidays import change_day
from directives.calendars import Calendar, Said
from directives.clocks import due_by
from directives.forms.holidays import ChangeDayForm
from directives.models import Assignment, CalendarChange, DayKind
from directives.states import NotAllowed

_SHOWN = 20  # of the assignments that move; the others are counted


@dataclass(frozen=True)
class Cell:
    """One square of a month; `code`: "" a usual day, "nghi" a weekend, "le" a day off, "bu" a weekend worked."""

    number: int
    code: str
    name: str


@dataclass(frozen=True)
class Month:
    name: str
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Moving:
    assignment: Assignment
    due_on: date


@requires(Permission.EDIT_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: UserRequest) -> HttpResponse:
    """GET `?nam=2026`: the year. POST: what the change would move; with `buoc=luu` the change itself."""
    now = timezone.now()
    if request.method != "POST":
        return _page(request, None)
    form = ChangeDayForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("buoc") != "luu":
        return _page(request, form, preview=True)
    try:
        moved = change_day(by=request.user, now=now, **form.change)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    messages.success(request, f"Đã ghi ngày {form.change['day']:%d/%m/%Y}. {_told(moved)}")
    return redirect(f"{reverse('holidays')}?nam={form.change['day'].year}")


def _told(moved: list[Assignment]) -> str:
    return f"{len(moved)} nhiệm vụ có hạn mới, các cơ quan nhận được thư báo." if moved else "Không có hạn nào dời."


def _page(
    request: UserRequest, form: ChangeDayForm | None, *, status: int = 200, preview: bool = False
) -> HttpResponse:
    today, calendar = timezone.localdate(), workdays.office()
    year = form.change["day"].year if form and preview else _year(request, today)
    moving = _moving(calendar, form) if form and preview else []
    context = {
        "form": form or ChangeDayForm(today=today),
        "preview": form.change if form and preview else None,
        "preview_kind": form.change["kind"].label if form and preview else "",
        "moving": moving[:_SHOWN],
        "moving_count": len(moving),
        "year": year,
        "months": [_month(calendar, year, number) for number in range(1, 13)],
        "special": [(day, _cell(calendar, day), day in calendar.said) for day in _special(calendar, year)],
        "changes": CalendarChange.objects.visible_to(request.user)
        .select_related("changed_by")
        .order_by("-pk")[:_SHOWN],
    }
    return render(request, "directives/holidays.html", context, status=status)


def _year(request: UserRequest, today: date) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else today.year


def _moving(calendar: Calendar, form: ChangeDayForm) -> list[Moving]:
    """The open assignments that would get another due day, the nearest first."""
    said, change = dict(calendar.said), form.change
    said.pop(change["day"], None)
    if change["kind"] != DayKind.USUAL:
        said[change["day"]] = Said(change["kind"] == DayKind.REST, change["name"])
    changed = Calendar(said)
    rows = Assignment.objects.counted_open().for_lists().order_by("due_on", "pk")
    return [Moving(row, due) for row in rows if (due := due_by(row, changed)) != row.due_on]


def _special(calendar: Calendar, year: int) -> list[date]:
    """The year's days that are not as their day of the week says."""
    first = date(year, 1, 1).toordinal()
    days = (date.fromordinal(first + n) for n in range(date(year + 1, 1, 1).toordinal() - first))
    return [day for day in days if calendar.is_special(day)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = Weeks().monthdatescalendar(year, number)
    return Month(
        f"Tháng {number}",
        [[_cell(calendar, day) if day.month == number else None for day in week] for week in weeks],
    )


def _cell(calendar: Calendar, day: date) -> Cell:
    off, special = calendar.is_rest_day(day), calendar.is_special(day)
    code = ("le" if special else "nghi") if off else "bu" if special else ""
    return Cell(day.day, code, calendar.name_of(day))
