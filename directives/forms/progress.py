"""The form in which an agency reports how its work stands."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.forms import model_to_dict
from django.http import QueryDict

from agencies.forms import DayField, DayForm, NumberField, TextField
from agencies.kept_posts import FILES_LOST
from directives.actions.assignments import Progress
from directives.forms.uploads import EvidenceField
from directives.models import Assignment, Claim, ProgressUpdate

LONGEST = 2_000  # characters of each text
_REPEATED = (
    "claim",
    "completed_on",
    "result",
    "document_reference",
    "document_on",
    "obstacles",
    "causes",
    "proposals",
)
_PERCENT_WANTED = "Nhập tiến độ là số nguyên từ 0 đến 100"
_STALE_PAGE = {
    "required": "Trang này đã cũ nên chưa lưu được. Mở lại nhiệm vụ rồi nhập lại",
    "invalid": "Trang này đã cũ nên chưa lưu được. Mở lại nhiệm vụ rồi nhập lại",
}


class PercentField(NumberField):
    """A whole number from 0 to 100, with or without the sign."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace("%", "").strip())


class ProgressForm(DayForm):
    """One update: what is claimed, what was done, what stands in the way, and the evidence.

    `version` is the assignment's when the page was opened, `key` the form's own: see actions.report_progress. `last` is
    the update to begin with, where the Office has returned it: only what is missing has to be typed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=_STALE_PAGE)
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_STALE_PAGE)
    claim = forms.ChoiceField(
        label="Tình trạng thực hiện",
        choices=Claim.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn tình trạng thực hiện",
            "invalid_choice": "Chọn tình trạng thực hiện",
        },
    )
    completed_on = DayField(
        label="Ngày hoàn thành (nếu đã hoàn thành)",
        help_text="Ví dụ: 27/3/2023, hoặc gõ «hôm nay»",
        required=False,
    )
    result = TextField(
        label="Kết quả đã thực hiện",
        called="Kết quả",
        help_text="Nêu ngắn gọn việc đã làm, số văn bản (nếu có)",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập kết quả đã thực hiện"},
    )
    percent = PercentField(
        label="Tiến độ (%)",
        least=0,
        most=100,
        required=False,
        asked=_PERCENT_WANTED,
    )
    evidence = EvidenceField(label="Tệp kèm theo", required=False)
    document_reference = TextField(label="Số, ký hiệu văn bản", max_length=50, required=False)
    document_on = DayField(label="Ngày văn bản", required=False)
    obstacles = TextField(
        label="Khó khăn, vướng mắc", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    causes = TextField(
        label="Nguyên nhân", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    proposals = TextField(
        label="Đề xuất, kiến nghị", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, assignment: Assignment, today: date, last: ProgressUpdate | None = None, **kwargs: Any
    ) -> None:
        opened = {
            "claim": Claim.IN_PROGRESS,
            "percent": assignment.percent,
            **(model_to_dict(last, _REPEATED) if last else {}),
            "version": assignment.version,
            "key": uuid4(),
        }
        super().__init__(*args, today=today, initial=opened, **kwargs)
        self.assignment = assignment
        self.fields["completed_on"].widget.attrs["data-only-if"] = f"claim={Claim.COMPLETED}"
        self.fields["evidence"].help_text = self._what_to_enclose()

    def _what_to_enclose(self) -> str:
        kinds = f"PDF, DOCX, XLSX, PPTX, ODT, ODS hoặc ảnh; mỗi tệp tối đa {settings.UPLOAD_MAX_MB} MB"
        if not self.assignment.needs_evidence:
            return kinds
        return f"{kinds}. Khi đề nghị xác nhận cần có tệp hoặc số, ký hiệu văn bản"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if FILES_LOST in self.data and not given.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Chọn lại tệp kèm theo rồi lưu. Nếu không cần tệp, bấm lưu lần nữa")
        if given.get("claim") == Claim.COMPLETED:
            self._require_a_past_day(
                "completed_on", "Ngày hoàn thành phải là hôm nay hoặc trước đó", "Nhập ngày hoàn thành"
            )
        else:  # the field is out of sight then, so nothing in it may stop the person
            self.errors.pop("completed_on", None)
            given["completed_on"] = None
        if given.get("claim") == Claim.OBSTRUCTED and "obstacles" not in self.errors and not given.get("obstacles"):
            self.add_error("obstacles", "Nhập khó khăn, vướng mắc")
        self._require_a_past_day("document_on", "Ngày văn bản phải là hôm nay hoặc trước đó")
        if given.get("document_on") and not given.get("document_reference") and "document_reference" not in self.errors:
            self.add_error("document_reference", "Nhập số, ký hiệu văn bản")
        return given

    def _require_a_past_day(self, name: str, in_future: str, missing: str = "") -> None:
        day = self.cleaned_data.get(name)
        if day is None and missing and name not in self.errors:
            self.add_error(name, missing)
        if day is not None and day > self.today:
            self.add_error(name, in_future)

    @property
    def has_obstacles(self) -> bool:
        """Whether the part on obstacles, causes and proposals has to stand open."""
        fields = (self["obstacles"], self["causes"], self["proposals"])
        return any(one.errors or one.value() for one in fields)

    @property
    def version_and_key(self) -> tuple[int, UUID]:
        return self.cleaned_data["version"], self.cleaned_data["key"]

    @property
    def progress(self) -> Progress:
        """What was typed, as the verb takes it; a percentage left blank stays as it was."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}
        if given["percent"] is None:
            given["percent"] = self.assignment.percent
        return Progress(claim=Claim(given.pop("claim")), files=given.pop("evidence"), **given)

    def renewed(self, current: Assignment) -> ProgressForm:
        """The same words over what the assignment has become since, so that saving again works."""
        typed = cast(QueryDict, self.data).copy()
        typed["version"], typed["key"] = str(current.version), str(uuid4())
        return ProgressForm(typed, assignment=current, today=self.today)
