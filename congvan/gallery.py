"""The component gallery /kieu-mau/: every component in every state, for whoever builds pages and for the browser tests.

The figures and words are samples; nothing is read from the database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, requires
from directives.deadlines import LABEL_NAMES, Label

_WORDS = {
    Label.OVERDUE: "Quá hạn 12 ngày",
    Label.DUE_SOON: "Còn 3 ngày",
    Label.ON_TRACK: "Trong hạn, còn 25 ngày",
    Label.DONE_LATE: "Hoàn thành, quá hạn 5 ngày",
}
_BAR = (  # label, percent
    (Label.DONE, 20),
    (Label.DONE_LATE, 5),
    (Label.WAITING, 10),
    (Label.ON_TRACK, 25),
    (Label.UNDATED, 5),
    (Label.PAUSED, 5),
    (Label.RETURNED, 5),
    (Label.DUE_SOON, 10),
    (Label.OVERDUE, 15),
)
_WHEN = datetime(2023, 2, 20, 3, 42, tzinfo=UTC)


class _SampleForm(forms.Form):
    status = forms.ChoiceField(
        label="Tình trạng thực hiện",
        choices=[("dang", "Đang thực hiện"), ("xong", "Đã hoàn thành, đề nghị xác nhận")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn tình trạng thực hiện"},
    )
    completed_on = forms.CharField(
        label="Ngày hoàn thành",
        help_text="Ví dụ: 27/3/2023",
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "data-only-if": "status=xong"}),
    )
    result = forms.CharField(
        label="Kết quả đã thực hiện",
        help_text="Nêu ngắn gọn việc đã làm, số văn bản (nếu có)",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập kết quả đã thực hiện"},
    )
    agency = forms.ChoiceField(label="Cơ quan chủ trì", choices=[("", "Tất cả"), ("stp", "Sở Tư pháp")], required=False)
    remind = forms.BooleanField(label="Nhắc trước hạn 3 ngày", required=False)
    file = forms.FileField(label="Tệp kèm theo", help_text="PDF, DOCX hoặc ảnh, tối đa 20 MB", required=False)


@requires(Permission.USE_PORTAL)
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data; `?trang=` moves the sample list's pages."""
    page = Paginator(range(1, 181), 20).get_page(request.GET.get("trang", "4"))
    form, empty_form = _SampleForm(auto_id="mau_%s"), _SampleForm({}, auto_id="loi_%s")
    context = {"page_obj": page, "form": form, "faulty_form": empty_form, **_chips(), **_charts(), **_stories()}
    return render(request, "gallery.html", context)


def _chips() -> dict[str, Any]:
    labels = [{"code": label, "text": _WORDS.get(label, name)} for label, name in LABEL_NAMES.items()]
    tabs = [
        {"url": f"?tt={label}", "text": name, "count": 20 - 2 * place, "code": label, "current": place == 1}
        for place, (label, name) in enumerate(list(LABEL_NAMES.items())[:6])
    ]
    legend = [{"code": label, "text": name} for label, name in LABEL_NAMES.items()]
    counts = [{**one, "count": 7} for one in legend[:5]]
    return {"labels": labels, "tabs": tabs, "counts": counts, "legend": legend, "due_on": date(2023, 2, 8)}


def _charts() -> dict[str, Any]:
    segments, x = [], 0.0
    for label, width in _BAR:
        segments.append({"x": x, "width": width, "code": label})
        x += width
    legend = [{"code": label, "text": LABEL_NAMES[label]} for label, _ in _BAR]
    return {"segments": segments, "bar_legend": legend, "matrix": _matrix()}


def _matrix() -> dict[str, Any]:
    directives = [{"label": f"6.{n}", "title": "Thực hiện Kế hoạch số 91/KH-UBND"} for n in range(1, 8)]
    codes = list(Label)
    rows = [
        {
            "heading": heading,
            "agency": name,
            "total": "1/4",
            "cells": [*(_cell(codes[5 * place + n]) for n in range(6)), None],
        }
        for place, (heading, name) in enumerate((("Sở, ban, ngành", "Sở Tư pháp"), ("Địa phương", "UBND thành phố")))
    ]
    return {"columns": [{"directive": one, "total": "1/2"} for one in directives], "rows": rows, "total": "2/8"}


def _cell(label: Label) -> dict[str, str]:
    return {"url": "#", "code": label, "text": LABEL_NAMES[label]}


def _stories() -> dict[str, Any]:
    files = [{"url": "#", "name": "CV 88/SNV về vị trí việc làm.pdf", "size": 245_760}]
    entries = [
        {
            "when": _WHEN,
            "who": "Sở Tư pháp",
            "text": "Gửi xác nhận",
            "code": Label.WAITING,
            "words": "Đã ban hành công văn.",
            "files": files,
        },
        {"when": _WHEN, "who": "KGVX", "text": "Giao nhiệm vụ"},
    ]
    conflict = {
        "who": "Thủ trưởng cơ quan",
        "when": _WHEN,
        "rows": [{"label": "Kết quả", "theirs": "Đã gửi báo cáo.", "mine": ""}],
    }
    steps = [
        {"text": "Văn bản", "done": True, "url": "#"},
        {"text": "Tách nhiệm vụ", "current": True},
        {"text": "Kiểm tra, giao"},
    ]
    progress = {"percent": 60, "done": 7, "total": 12}
    return {"files": files, "entries": entries, "conflict": conflict, "steps": steps, "progress": progress}
