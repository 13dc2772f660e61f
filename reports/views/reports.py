"""Báo cáo: ask for one, and those made before."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from reports import periods, queries, snapshots, tasks
from reports.models import Report
from reports.views.forms import ReportForm

PAGE_SIZE = 20


@requires(Permission.MAKE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: UserRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    form = _form(request, today)
    valid = form.is_valid()
    if request.method == "POST" and valid:
        report = snapshots.freeze(form.asked, by=request.user, now=now)
        tasks.wake(report.pk)
        return redirect("report", report.pk)
    page = Paginator(Report.objects.visible_to(request.user).for_lists(), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "usual": [(period, _query(form, period)) for period in periods.usual(today, periods.System.CALENDAR)],
        "size": queries.size(snapshots.scoped(form.asked)) if valid else None,
        "page_obj": page,
        "made": [(report, periods.name_of(report.window_from, report.window_to)) for report in page],
    }
    return render(request, "reports/reports.html", context, status=422 if request.method == "POST" else 200)


def _form(request: UserRequest, today: date) -> ReportForm:
    """The form as sent, as the address fills it in, or for this month."""
    if request.method == "POST":
        return ReportForm(request.POST, user=request.user, today=today)
    month = periods.containing(today, periods.System.CALENDAR, periods.Length.MONTH)
    usual = {"tu": f"{month.first:%d/%m/%Y}", "den": f"{month.last:%d/%m/%Y}"}
    asked = {name: request.GET[name] for name in ("tu", "den", "pham_vi") if name in request.GET}
    return ReportForm(usual | asked, user=request.user, today=today)


def _query(form: ReportForm, period: periods.Period) -> str:
    """The query string that fills in a period and keeps the scope."""
    days = {"tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}"}
    scope = form.data.get("pham_vi")
    return urlencode(days | ({"pham_vi": scope} if scope else {}), safe="/")
