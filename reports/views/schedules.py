"""Lịch lập báo cáo: which reports are made by themselves, and who is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Agency, Role, User
from agencies.permissions import Permission, UserRequest, requires
from directives.models import Assignment, Letter
from directives.states import NotAllowed
from reports import periods
from reports.actions import schedules as verbs
from reports.actions.schedules import NewSchedule
from reports.models import FOCUS, Denominator, Focus, ReportKind, ReportSchedule
from reports.periods import LENGTH_NAMES, SYSTEM_NAMES, Length, System
from reports.views.forms import OFFICE_KINDS, LetterChoice

_SYSTEMS = [(system.value, name.replace("Kỳ theo", "Theo")) for system, name in SYSTEM_NAMES.items()]
_CHOOSE = {"required": "Chọn một mục trong danh sách", "invalid_choice": "Chọn một mục trong danh sách"}


class ScheduleForm(forms.Form):
    loai = forms.ChoiceField(
        label="Loại báo cáo", choices=[(kind.value, kind.label) for kind in OFFICE_KINDS], error_messages=_CHOOSE
    )
    ky = forms.ChoiceField(label="Kỳ", choices=list(LENGTH_NAMES.items()), error_messages=_CHOOSE)
    cach_tinh = forms.ChoiceField(label="Cách tính kỳ", choices=_SYSTEMS, error_messages=_CHOOSE)
    mau_so = forms.ChoiceField(label="Mẫu số của các tỷ lệ", choices=Denominator.choices, error_messages=_CHOOSE)
    pham_vi = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan",
        required=False,
        empty_label="Chọn cơ quan",
        error_messages=_CHOOSE,
        widget=forms.Select(attrs={"data-only-if": f"loai={ReportKind.AGENCY}"}),
    )
    van_ban = LetterChoice(
        Letter.objects.none(),
        label="Văn bản",
        required=False,
        empty_label="Chọn văn bản",
        error_messages=_CHOOSE,
        widget=forms.Select(attrs={"data-only-if": f"loai={ReportKind.LETTER}"}),
    )
    nguoi_nhan = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Gửi thông báo cho",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Chọn ít nhất một người nhận",
            "invalid_choice": "Chọn người nhận trong danh sách",
            "invalid_pk_value": "Chọn người nhận trong danh sách",
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, "label_suffix": "", **kwargs})
        given = Assignment.objects.visible_to(user)
        letters = Letter.objects.visible_to(user).filter(pk__in=given.values("directive__letter"))
        people = User.objects.filter(is_active=True, role__in=(Role.OFFICER, Role.LEADER)).order_by("role", "full_name")
        choices: dict[str, Any] = {
            "pham_vi": Agency.objects.filter(pk__in=given.values("agency")).order_by("sort_key", "pk"),
            "van_ban": letters.defer("text", "search").order_by("-effective_on", "-pk"),
            "nguoi_nhan": people,
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        focus = FOCUS[ReportKind(given["loai"])] if "loai" in given else Focus.ALL
        if focus == Focus.AGENCY and "pham_vi" in given and given["pham_vi"] is None:
            self.add_error("pham_vi", "Chọn cơ quan cho báo cáo của một cơ quan")
        if focus == Focus.LETTER and "van_ban" in given and given["van_ban"] is None:
            self.add_error("van_ban", "Chọn văn bản cần báo cáo")
        return given

    @property
    def new(self) -> NewSchedule:
        """What a valid form asks for; a scope that the kind has no use for is dropped."""
        given = self.cleaned_data
        kind = ReportKind(given["loai"])
        return NewSchedule(
            kind,
            System(given["cach_tinh"]),
            Length(given["ky"]),
            given["nguoi_nhan"],
            given["pham_vi"] if FOCUS[kind] == Focus.AGENCY else None,
            given["van_ban"] if FOCUS[kind] == Focus.LETTER else None,
            Denominator(given["mau_so"]),
        )


@requires(Permission.SCHEDULE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_schedules(request: UserRequest) -> HttpResponse:
    form = ScheduleForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if request.method == "POST" else 200)
    try:
        verbs.add_schedule(form.new, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, 409)
    messages.success(request, "Đã đặt lịch.")
    return redirect("report_schedules")


@requires(Permission.SCHEDULE_REPORTS)
@require_POST
def end_report_schedule(request: UserRequest, pk: int) -> HttpResponse:
    schedule = get_object_or_404(ReportSchedule.objects.visible_to(request.user), pk=pk)
    if verbs.end_schedule(schedule, by=request.user, now=timezone.now()):
        messages.success(request, "Đã ngừng lịch. Báo cáo đã lập vẫn còn.")
    else:
        messages.info(request, "Lịch này đã ngừng trước đó.")
    return redirect("report_schedules")


def _page(request: UserRequest, form: ScheduleForm, status: int) -> HttpResponse:
    running = ReportSchedule.objects.visible_to(request.user).running().select_related("agency", "letter", "created_by")
    listed = running.prefetch_related("recipients", "runs").order_by("kind", "length", "pk")
    rows = [(one, _next(one), max(one.runs.all(), key=lambda run: run.window_to, default=None)) for one in listed]
    return render(request, "reports/report_schedules.html", {"form": form, "rows": rows}, status=status)


def _next(schedule: ReportSchedule) -> periods.Period:
    """The period that runs: its report is made when it has ended."""
    return periods.containing(timezone.localdate(), System(schedule.system), Length(schedule.length))
