"""Two reports side by side."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, requires
from reports import periods
from reports.content.difference import difference_of
from reports.models import Report
from reports.snapshots import Snapshot

SHOWN = 200  # tasks of each list


@requires(Permission.MAKE_REPORTS)
@require_safe
def compare_reports(request: UserRequest) -> HttpResponse:
    """`?truoc=` and `?sau=` are the ids of any two reports, the later one put after; without both there is nothing."""
    before, after = sorted((_fetch(request, name) for name in ("truoc", "sau")), key=_moment)
    difference = difference_of(*(Snapshot.from_data(one.snapshot) for one in (before, after)))
    lists = (
        ("moi-co", "Nhiệm vụ chỉ có ở báo cáo sau", difference.came),
        ("khong-con", "Nhiệm vụ chỉ có ở báo cáo trước", difference.went),
    )
    context = {
        "sides": [(one, periods.name_of(one.window_from, one.window_to)) for one in (before, after)],
        "difference": difference,
        "changed": difference.changed[:SHOWN],
        "lists": [(slug, title, len(tasks), tasks[:SHOWN]) for slug, title, tasks in lists],
        "shown": SHOWN,
    }
    return render(request, "reports/compare_reports.html", context)


def _moment(report: Report) -> tuple[date, datetime]:
    """How late its figures are."""
    assert report.taken_at is not None
    return report.on, report.taken_at


def _fetch(request: UserRequest, name: str) -> Report:
    try:
        pk = UUID(request.GET.get(name, ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Report.objects.visible_to(request.user).taken().select_related("agency", "letter"), pk=pk)
