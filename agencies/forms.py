"""The sign-in form, and the fields every form of the portal uses for text and for days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from agencies.text import fold, nfc

_DAY = re.compile(r"(?:ngay )?(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2}) ?(?:[/.-]|nam) ?((?:19|20)?\d\d)")
_NEVER_WANTED = frozenset({"Cc", "Cf", "Cs"})  # control, invisible format and lone surrogate characters


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "inactive": "Tài khoản này đã ngừng sử dụng. Liên hệ quản trị hệ thống để được mở lại.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "Nhập tên đăng nhập"
        self.fields["password"].error_messages["required"] = "Nhập mật khẩu"

    def clean_username(self) -> str:
        """Names are lower case; a phone's keyboard likes to begin with a capital."""
        return nfc(self.cleaned_data["username"]).strip().lower()


class TextField(forms.CharField):
    """Text as it is stored: NFC, line ends as \\n, no control or invisible characters.

    `max_length` counts what is stored, and there is no maxlength attribute: a browser would cut pasted text silently.
    `called` is what the sentence about too long a text calls it, when not by its label.
    """

    def __init__(self, *, max_length: int | None = None, called: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = max_length
        self.called = called

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        surplus = len(value) - self.longest if self.longest else 0
        if surplus > 0:
            name = self.called or self.label or "Nội dung"
            raise ValidationError(f"{name} dài quá {_dotted(self.longest)} ký tự (thừa {_dotted(surplus)} ký tự)")


class DayField(forms.Field):
    """A day as people write it: 27/3/2023, 27-3-23, 27.3.2023, "ngày 27 tháng 3 năm 2023", or "hôm nay".

    Gives a date or None. `today` is set by the form (see DayForm); without it "hôm nay" is not understood.
    """

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    default_error_messages = {
        "required": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 27/3/2023",
        "invalid": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 27/3/2023",
        "no_such_day": "Không có ngày %(day)s. Kiểm tra lại ngày và tháng",
    }
    today: date | None = None

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        words = fold(str(value))
        if not words:
            return None
        if words == "hom nay" and self.today:
            return self.today
        return self._day_of(words)

    def _day_of(self, words: str) -> date:
        found = _DAY.fullmatch(words)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            written = {"day": f"{day}/{month}/{year if year > 99 else 2000 + year}"}
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day", params=written) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class NumberField(forms.IntegerField):
    """A whole number that is typed, from `least` to `most`; what is none gets the one sentence `asked`."""

    def __init__(self, *, least: int, most: int, asked: str, short: bool = False, **kwargs: Any) -> None:
        look = {"class": "short"} if short else {}
        super().__init__(
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={**look, "inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), asked),
            **kwargs,
        )


class DayForm(forms.Form):
    """A form whose day fields know what "hôm nay" is: the view passes `today`."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


def clean_text(text: str) -> str:
    """`text` in NFC with \\n as line end and without characters nobody sees or wants."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in _NEVER_WANTED)


def _dotted(number: int | None) -> str:
    return f"{number:,}".replace(",", ".")
