"""One report: its making, its figures, its file."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from agencies.permissions import Permission, UserRequest, requires
from reports import periods, snapshots, tasks
from reports.models import Report, ReportState
from reports.queries import Figures

IN_THE_MAKING = (ReportState.WAITING, ReportState.RENDERING)
PATIENCE = 120  # seconds after which the page says that the report has not been begun


@requires(Permission.MAKE_REPORTS)
@require_safe
@vary_on_headers("HX-Request")
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole page, or for htmx only the part that changes while the report is made."""
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists().with_totals(), pk=pk)
    waited = timezone.now() - found.requested_at
    context = {
        "report": found,
        "period": periods.name_of(found.window_from, found.window_to),
        "code": snapshots.code_of(found.snapshot_hash),
        "figures": Figures(**found.totals),
        "in_the_making": found.state in IN_THE_MAKING,
        "percent": 100 * found.parts_done // found.parts_total if found.parts_total else 0,
        "again": f"{reverse('reports')}?{_query(found)}",
        "late": found.state == ReportState.WAITING and waited.total_seconds() > PATIENCE,
    }
    part = "HX-Request" in request.headers
    return render(request, "reports/_report_state.html" if part else "reports/report.html", context)


@requires(Permission.MAKE_REPORTS)
@require_POST
def retry_report(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists(), pk=pk)
    if snapshots.queue_again(found):
        tasks.wake(found.pk)
    else:
        messages.info(request, "Báo cáo này không cần lập lại.")
    return redirect("report", found.pk)


@requires(Permission.MAKE_REPORTS)
@require_safe
@cache_control(private=True, no_store=True)
def report_file(request: UserRequest, pk: UUID) -> FileResponse:
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists(), pk=pk, state=ReportState.DONE)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=_file_name(found), content_type="application/pdf")


def _query(found: Report) -> str:
    """The query string that fills the form in with the same period and scope."""
    asked = {
        "tu": f"{found.window_from:%d/%m/%Y}",
        "den": f"{found.window_to:%d/%m/%Y}",
        "pham_vi": found.agency_id or "",
    }
    return urlencode(asked, safe="/")


def _file_name(found: Report) -> str:
    """ "Báo cáo tình hình thực hiện nhiệm vụ 01-02-2023 đến 28-02-2023, Sở Tư pháp.pdf"."""
    scope = f", {found.agency.short_name}" if found.agency else ""
    days = f"{found.window_from:%d-%m-%Y} đến {found.window_to:%d-%m-%Y}"
    return f"{found.title} {days}{scope}.pdf"
