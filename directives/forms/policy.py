"""The form by which the Office lays down how the portal reminds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from agencies.forms import NumberField, TextField
from directives.policy import FARTHEST, WEEKDAYS, Hearer, Policy, Step

ROWS = 10  # rungs a policy may have
BEFORE, ON_THE_DAY, AFTER = "truoc", "dung", "sau"
SIDES = (("", "(không dùng)"), (BEFORE, "Trước hạn"), (ON_THE_DAY, "Đúng ngày đến hạn"), (AFTER, "Quá hạn"))
STALE = "Trang này đã cũ. Mở lại trang rồi làm lại"
MONTHS = (("", "Không kiểm tra"), (1, "Hằng tháng"), (3, "Hằng quý"), (6, "6 tháng một lần"), (12, "Hằng năm"))


@dataclass(frozen=True)
class Row:
    """The fields of one rung."""

    side: BoundField
    day: BoundField
    who: BoundField

    @property
    def is_used(self) -> bool:
        return bool(self.side.value() or self.day.value())


class HourField(forms.TimeField):
    """An hour as people write it: 7:30, 7h30, 7h."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = "Nhập giờ theo dạng giờ:phút, ví dụ 7:30"
        widget = forms.TimeInput(format="%H:%M", attrs={"class": "short", "autocomplete": "off"})
        super().__init__(
            input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
            error_messages={"required": wrong, "invalid": wrong},
            widget=widget,
            **kwargs,
        )


def _days_field(label: str, help_text: str) -> NumberField:
    wrong = "Nhập số ngày từ 1 đến 365, hoặc để trống"
    return NumberField(label=label, help_text=help_text, required=False, least=1, most=365, asked=wrong, short=True)


class PolicyForm(forms.Form):
    """The parts of a policy, with ROWS rungs of which the empty ones do not count. Valid, `policy` is what was typed.

    `after`: the number of the policy it was opened with; `seen`: which policy the person has seen the preview of.
    """

    opens = HourField(label="Gửi từ")
    closes = HourField(label="Gửi đến trước", help_text="Thư đến hạn sau giờ này gửi vào sáng ngày làm việc tiếp theo")
    quiet_weekdays = forms.TypedMultipleChoiceField(
        label="Không gửi vào",
        help_text="Ngày nghỉ, ngày lễ không bao giờ gửi",
        required=False,
        coerce=int,
        choices=[(number, name[0].upper() + name[1:]) for number, name in enumerate(WEEKDAYS[:5])],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), STALE),
    )
    digest = forms.TypedChoiceField(
        label="Cách gửi",
        coerce=lambda value: value == "gop",
        choices=[("gop", "Mỗi người một thư mỗi ngày, gộp mọi nhiệm vụ (nên dùng)"), ("le", "Mỗi nhiệm vụ một thư")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn cách gửi"),
    )
    overview = forms.BooleanField(label="Gửi Văn phòng thư tổng hợp mỗi buổi sáng", required=False)
    asking = TextField(
        label="Lời văn",
        help_text="Đứng đầu thư, ví dụ: Trân trọng đề nghị",
        max_length=60,
        error_messages={"required": "Nhập lời văn, ví dụ: Trân trọng đề nghị"},
    )
    asked_when_late = forms.BooleanField(label="Vẫn nhắc khi đã quá hạn", required=False)
    standing_after = _days_field(
        "Nhắc cán bộ sau (ngày)", "Số ngày không có cập nhật, sau đó mỗi tháng một lần. Để trống: không nhắc"
    )
    standing_head_after = _days_field("Báo thêm thủ trưởng sau (ngày)", "Để trống: không báo thủ trưởng")
    condition_months = forms.TypedChoiceField(
        label="Văn phòng kiểm tra",
        required=False,
        coerce=int,
        empty_value=None,
        choices=MONTHS,
        error_messages={"invalid_choice": STALE},
    )
    after = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    policy: Policy

    def __init__(self, typed: QueryDict | None, *, policy: Policy, after: int) -> None:
        super().__init__(typed, initial=_initial(policy, after), use_required_attribute=False)
        for number in range(ROWS):
            self.fields[f"side{number}"] = forms.ChoiceField(
                label="Mốc", required=False, choices=SIDES, error_messages={"invalid_choice": STALE}
            )
            self.fields[f"day{number}"] = _rung_days()
            self.fields[f"who{number}"] = forms.MultipleChoiceField(
                label="Nơi nhận",
                required=False,
                choices=Hearer.choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), STALE),
            )

    @property
    def rows(self) -> list[Row]:
        """The rungs that are used, and two empty ones."""
        rows = [Row(self[f"side{number}"], self[f"day{number}"], self[f"who{number}"]) for number in range(ROWS)]
        used = max((number for number, row in enumerate(rows, start=1) if row.is_used), default=0)
        return rows[: used + 2]

    @property
    def was_seen(self) -> bool:
        """Whether the preview of just what is typed was on the page on which "Lưu" was pressed."""
        return "luu" in self.data and self.cleaned_data["seen"] == self.policy.fingerprint

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        steps = list(self._steps(given))
        if not steps and not self.errors:
            self.add_error(None, "Giữ ít nhất một mốc nhắc")
        self._check_hours_and_days(given)
        if not self.errors:
            names = ("opens", "closes", "digest", "overview", "asking", "asked_when_late", "condition_months")
            self.policy = Policy(
                steps=tuple(sorted(steps, key=lambda step: step.day)),
                quiet_weekdays=frozenset(given["quiet_weekdays"]),
                standing_after=given["standing_after"],
                standing_head_after=given["standing_head_after"],
                **{name: given[name] for name in names},
            )
        return given

    def _check_hours_and_days(self, given: dict[str, Any]) -> None:
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", "Giờ kết thúc phải sau giờ bắt đầu")
        if len(given.get("quiet_weekdays", ())) == 5:
            self.add_error("quiet_weekdays", "Để lại ít nhất một ngày trong tuần để gửi thư")
        first, then = given.get("standing_after"), given.get("standing_head_after")
        if then and not first and "standing_after" not in self.errors:
            self.add_error("standing_after", "Nhập số ngày nhắc cán bộ trước khi báo thủ trưởng")
        if first and then and then < first:
            self.add_error("standing_head_after", f"Nhập số ngày từ {first} trở lên: thủ trưởng được báo sau cán bộ")

    def _steps(self, given: dict[str, Any]) -> Iterator[Step]:
        taken: set[int] = set()
        for number in range(ROWS):
            step = self._step(number, given)
            if step is None:
                continue
            if step.day in taken:
                self.add_error(f"side{number}", f"Đã có mốc {step.when} ở dòng trên")
            elif not step.hearers:
                self.add_error(f"who{number}", f"Chọn ít nhất một nơi nhận cho mốc {step.when}")
            taken.add(step.day)
            yield step

    def _step(self, number: int, given: dict[str, Any]) -> Step | None:
        side, days = given.get(f"side{number}", ""), given.get(f"day{number}")
        hearers = frozenset(Hearer(one) for one in given.get(f"who{number}", ()))
        if {f"side{number}", f"day{number}", f"who{number}"} & set(self.errors):
            return None
        if side == ON_THE_DAY:
            return Step(0, hearers)
        if side and not days:
            self.add_error(f"day{number}", f"Nhập số ngày từ 1 đến {FARTHEST}, ví dụ 7")
        elif days and not side:
            self.add_error(f"side{number}", f"Chọn trước hạn hay quá hạn {days} ngày")
        elif days:
            return Step(-days if side == BEFORE else days, hearers)
        return None


def _rung_days() -> NumberField:
    wrong = f"Nhập số ngày từ 1 đến {FARTHEST}, ví dụ 7"
    return NumberField(label="Số ngày", required=False, least=0, most=FARTHEST, asked=wrong)


def _initial(policy: Policy, after: int) -> dict[str, Any]:
    names = ("opens", "closes", "overview", "asking", "asked_when_late", "standing_after", "standing_head_after")
    initial = {name: getattr(policy, name) for name in names}
    initial |= {
        "after": after,
        "quiet_weekdays": sorted(policy.quiet_weekdays),
        "digest": "gop" if policy.digest else "le",
        "condition_months": policy.condition_months or "",
    }
    for number, step in enumerate(policy.steps):
        initial[f"side{number}"] = BEFORE if step.day < 0 else AFTER if step.day else ON_THE_DAY
        initial[f"day{number}"] = abs(step.day) or ""
        initial[f"who{number}"] = [hearer.value for hearer in Hearer if hearer in step.hearers]
    return initial
