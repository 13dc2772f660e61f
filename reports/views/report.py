"""One report: its making, its figures, its file."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from agencies.permissions import Permission, UserRequest, requires
from reports import periods, snapshots, tasks
from reports.actions import downloads, making
from reports.content.charts import charts_of
from reports.models import Denominator, Report, ReportFormat, ReportState
from reports.queries import Figures, Share

IN_THE_MAKING = (ReportState.WAITING, ReportState.RENDERING)
COMPARABLE = 12  # reports of each group offered to be compared with
DOWNLOADS = 10  # the last ones, on the page
# How often the page looks, by how long ago the report was asked for: a short one is there within the first of them.
# Looking costs a request less than waiting for it within the one that asked, which would hold a thread for as long.
PACES = ((timedelta(seconds=3), "200ms"), (timedelta(seconds=10), "500ms"))
PATIENCE = 120  # seconds after which the page says that the report has not been begun


@requires(Permission.MAKE_REPORTS)
@require_safe
@vary_on_headers("HX-Request")
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole page, or for htmx only the part that changes while the report is made."""
    found = get_object_or_404(Report.objects.visible_to(request.user).for_its_page(), pk=pk)
    if "HX-Request" in request.headers:
        return _part(request, found)
    if found.same_as_id:
        return redirect("report", found.same_as_id)
    context = {
        "edits": found.edits.select_related("by").order_by("-number"),
        "later": Report.objects.visible_to(request.user).filter(replaces=found).for_lists().first(),
        "period": periods.name_of(found.window_from, found.window_to),
        "editable": _editable(request, found),
        "again": f"{reverse('reports')}?{_query(found)}",
        "downloads": found.downloads.select_related("by").order_by("-at", "-pk")[:DOWNLOADS],
    }
    figures = _figures(request, found) if found.taken_at else {}
    return render(request, "reports/report.html", _state(request, found) | context | figures)


def _part(request: UserRequest, found: Report) -> HttpResponse:
    """Where the making stands. A page that was opened before the figures were taken (`?so-lieu=cho`) is opened anew."""
    if found.same_as_id:
        return HttpResponse(headers={"HX-Redirect": reverse("report", args=[found.same_as_id])})
    if "so-lieu" in request.GET and found.taken_at:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reports/_report_state.html", _state(request, found))


def _figures(request: UserRequest, found: Report) -> dict[str, object]:
    kept = snapshots.figures_of(found)
    return {
        "code": snapshots.code_of(found.snapshot_hash),
        "figures": kept.totals,
        "shares": _shares(kept.totals, kept.leading),
        "others": _comparable(request, found),
        "charts": charts_of(kept),
    }


def _state(request: UserRequest, found: Report) -> dict[str, object]:
    """How far the file is, and what may be done about it."""
    waited = timezone.now() - (found.edited_at or found.requested_at)
    in_the_making = found.state in IN_THE_MAKING
    return {
        "report": found,
        "in_the_making": in_the_making,
        "percent": 100 * found.parts_done // found.parts_total if found.parts_total else 0,
        "pace": next((pace for until, pace in PACES if waited < until), "2s"),
        "just_asked": waited < PACES[-1][0],
        "late": found.state == ReportState.WAITING and waited.total_seconds() > PATIENCE,
        "can_edit": not in_the_making and _editable(request, found),
    }


def _editable(request: UserRequest, found: Report) -> bool:
    return Report.objects.editable_by(request.user).filter(pk=found.pk).exists()


@requires(Permission.MAKE_REPORTS)
@require_POST
def retry_report(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists(), pk=pk)
    if making.retry(found, by=request.user, now=timezone.now()):
        tasks.wake(found.pk)
    else:
        messages.info(request, "Báo cáo này không cần lập lại.")
    return redirect("report", found.pk)


@requires(Permission.MAKE_REPORTS)
@require_POST
def stop_report(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists(), pk=pk)
    if not making.stop(found, by=request.user, now=timezone.now()):
        messages.info(request, "Báo cáo này không còn đang tạo.")
    return redirect("report", found.pk)


@requires(Permission.MAKE_REPORTS)
@require_safe
@cache_control(private=True, no_store=True)
def report_file(request: UserRequest, pk: UUID) -> FileResponse:
    """The PDF, or what `?dang=` names: docx, xlsx."""
    found = get_object_or_404(Report.objects.visible_to(request.user).for_lists(), pk=pk, state=ReportState.DONE)
    form = _format(request)
    try:
        content = found.files[form].open("rb")
    except (FileNotFoundError, ValueError):  # lost from the disk; never made
        raise Http404 from None
    if request.method == "GET":
        downloads.log_download(found, form=form, by=request.user, now=timezone.now())
    return FileResponse(
        content, as_attachment=True, filename=_file_name(found, form), content_type=_CONTENT_TYPES[form]
    )


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_CONTENT_TYPES = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.WORD: f"{_OPEN_XML}.wordprocessingml.document",
    ReportFormat.WORKBOOK: f"{_OPEN_XML}.spreadsheetml.sheet",
}


def _format(request: UserRequest) -> ReportFormat:
    try:
        return ReportFormat(request.GET.get("dang", ReportFormat.PDF))
    except ValueError:
        raise Http404 from None


def _comparable(request: UserRequest, found: Report) -> list[tuple[str, list[tuple[str, Report]]]]:
    """The reports this one may be laid beside, those of the same kind on the same apart; each with its period."""
    others = Report.objects.visible_to(request.user).taken().exclude(pk=found.pk).for_lists()
    alike = Q(kind=found.kind, agency=found.agency_id, letter=found.letter_id)
    groups = (("Cùng loại, cùng phạm vi", others.filter(alike)), ("Báo cáo khác", others.exclude(alike)))
    named = [
        (name, [(periods.name_of(one.window_from, one.window_to), one) for one in rows[:COMPARABLE]])
        for name, rows in groups
    ]
    return [(name, rows) for name, rows in named if rows]


_WHOLES = {
    Denominator.FALLEN_DUE: "nhiệm vụ đến hạn (hoàn thành có thời hạn và quá hạn chưa hoàn thành)",
    Denominator.GIVEN: "nhiệm vụ được giao",
    Denominator.DONE: "nhiệm vụ đã hoàn thành",
}


def _shares(figures: Figures, leading: str) -> list[tuple[str, Share, str]]:
    """Name, percentage and what it is of: the three of the denominator that leads, after that of everything."""
    of = Denominator(leading)
    on_time, late, overdue = figures.shares(of)
    of_open = "nhiệm vụ chưa hoàn thành" if of == Denominator.DONE else _WHOLES[of]
    return [
        ("Tỷ lệ hoàn thành", figures.done_share, _WHOLES[Denominator.GIVEN]),
        ("Tỷ lệ hoàn thành đúng hạn", on_time, _WHOLES[of]),
        ("Tỷ lệ hoàn thành quá hạn", late, _WHOLES[of]),
        ("Tỷ lệ chưa hoàn thành, quá hạn", overdue, of_open),
    ]


def _query(found: Report) -> str:
    """The query string that fills the form in with the same kind, period, scope and denominator."""
    asked = {
        "loai": found.kind,
        "tu": f"{found.window_from:%d/%m/%Y}",
        "den": f"{found.window_to:%d/%m/%Y}",
        "pham_vi": found.agency_id or "",
        "van_ban": found.letter_id or "",
        "mau_so": found.leading,
    }
    return urlencode(asked, safe="/")


def _file_name(found: Report, form: ReportFormat) -> str:
    """ "Báo cáo tình hình thực hiện nhiệm vụ 01-02-2023 đến 28-02-2023, Sở Tư pháp.pdf"."""
    scope = f", {found.agency.short_name}" if found.agency else ""
    days = f"{found.window_from:%d-%m-%Y} đến {found.window_to:%d-%m-%Y}"
    return f"{found.title} {days}{scope}.{form}"
