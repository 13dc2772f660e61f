"""Báo cáo: ask for one, and those made before."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, allowed, requires
from reports import periods, queries, snapshots, tasks
from reports.models import Report, ReportKind, ReportQuerySet
from reports.periods import SYSTEM_NAMES, Length, System
from reports.views.forms import ReportForm

PAGE_SIZE = 20
KEPT = ("loai", "pham_vi", "van_ban", "mau_so")  # what a change of the period leaves as it was


@requires(Permission.MAKE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: UserRequest) -> HttpResponse:
    """`?q=` searches what was made, `?ph=1` leaves only what was issued."""
    form = _form(request)
    valid = form.is_valid()
    if request.method == "POST" and valid:
        report = snapshots.ask(form.asked, by=request.user, now=timezone.now())
        tasks.wake(report.pk)
        return redirect("report", report.pk)
    page = Paginator(_found(request).for_lists(), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "usual": [(name, _presets(form, system)) for system, name in SYSTEM_NAMES.items()],
        "size": queries.size(snapshots.scoped(form.asked)) if valid else None,
        "page_obj": page,
        "made": [(report, periods.name_of(report.window_from, report.window_to)) for report in page],
        "can_schedule": allowed(request.user, Permission.SCHEDULE_REPORTS),
    }
    return render(request, "reports/reports.html", context, status=422 if request.method == "POST" else 200)


def _found(request: UserRequest) -> ReportQuerySet:
    found = Report.objects.visible_to(request.user).listed().matching(request.GET.get("q", "").strip())
    return found.filter(issued_at__isnull=False) if request.GET.get("ph") else found


def _form(request: UserRequest) -> ReportForm:
    """The form as sent, as the address fills it in, or for this month."""
    today = timezone.localdate()
    if request.method == "POST":
        return ReportForm(request.POST, user=request.user, today=today)
    month = periods.containing(today, System.CALENDAR, Length.MONTH)
    usual = {"tu": f"{month.first:%d/%m/%Y}", "den": f"{month.last:%d/%m/%Y}"}
    asked = {name: request.GET[name] for name in ("tu", "den", *KEPT) if name in request.GET}
    return ReportForm(_kind_of(asked) | usual | asked, user=request.user, today=today)


def _kind_of(asked: dict[str, str]) -> dict[str, str]:
    """The kind that a scope calls for, where the address names only the scope."""
    if asked.get("van_ban"):
        return {"loai": ReportKind.LETTER}
    return {"loai": ReportKind.AGENCY} if asked.get("pham_vi") else {}


def _presets(form: ReportForm, system: System) -> list[tuple[periods.Period, str]]:
    """Periods and the query strings that fill them in and keep the rest."""
    return [(period, _query(form, period)) for period in periods.usual(form.today, system)]


def _query(form: ReportForm, period: periods.Period) -> str:
    days = {"tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}"}
    kept = {name: form.data[name] for name in KEPT if form.data.get(name)}
    return urlencode(days | kept, safe="/")
