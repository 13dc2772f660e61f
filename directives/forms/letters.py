"""The forms by which a letter comes in: its file or text, then its head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from agencies.forms import DayField, DayForm, TextField
from directives import intake
from directives.drafting.cards import Head
from directives.forms import uploads
from directives.models import LetterKind

LONGEST = 300_000  # characters of a letter: some hundred pages
_CHECKED_AS_UPLOAD = ("pdf", "docx")  # the reader itself refuses every other kind but .txt
_TOO_LONG = "Văn bản dài quá 300.000 ký tự. Chỉ đưa vào phần có nhiệm vụ cần giao"
STALE = "Trang này đã cũ. Mở lại văn bản đang nhập rồi làm lại"


class NewLetterForm(forms.Form):
    """A file or pasted text; valid, `reading` is what the reader makes of it without a directory."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        help_text="DOCX, PDF có lớp chữ hoặc TXT, tối đa 20 MB",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = TextField(
        label="Hoặc dán nội dung văn bản",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    reading: intake.Reading

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, text = given.get("file"), given.get("text")
        if file and text:
            self.add_error("text", "Chọn một cách: tải tệp lên hoặc dán nội dung. Xoá nội dung đã dán nếu dùng tệp")
        elif file:
            self._read(file)
        elif text and len(text) > LONGEST:
            self.add_error("text", _TOO_LONG)
        elif text:
            self.reading = intake.read_text(text)
        elif not self.errors:
            self.add_error("file", "Chọn tệp văn bản hoặc dán nội dung")
        if hasattr(self, "reading") and len(self.reading.text) > LONGEST:
            self.add_error("file" if file else "text", _TOO_LONG)
        return given

    def _read(self, file: UploadedFile) -> None:
        name = uploads.clean_name(file.name or "")
        try:
            if name.lower().rpartition(".")[2] in _CHECKED_AS_UPLOAD and file.size:
                uploads.check(file)
            file.seek(0)
            self.reading = intake.read_file(file.read(), name)
        except ValidationError as refusal:
            self.add_error("file", refusal)
        except intake.Unreadable as refusal:
            self.add_error("file", str(refusal))

    @property
    def source_name(self) -> str:
        file = self.cleaned_data.get("file")
        return uploads.clean_name(file.name or "") if file else ""


class LinesField(TextField):
    """Several short texts, one a line; gives a tuple of str."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = (line.strip() for line in super().clean(value).split("\n"))
        return tuple(line for line in lines if line)


class VersionForm(forms.Form):
    """The version of the draft that the page was opened with."""

    version = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )


class HeadForm(DayForm, VersionForm):
    """The head as the reader found it, to be checked."""

    NOT_OF_THE_HEAD = frozenset({"version"})

    kind = forms.ChoiceField(label="Loại văn bản", choices=LetterKind.choices)
    number = TextField(label="Số", help_text="Để trống nếu chưa có", required=False, max_length=20)
    notation = TextField(label="Ký hiệu", help_text="Ví dụ: UBND-KGVX", required=False, max_length=30)
    issued_on = DayField(label="Ngày ban hành", help_text="Để trống nếu chưa ghi ngày", required=False)
    effective_on = DayField(
        label="Ngày tính",
        required=False,
        help_text="Dùng khi văn bản chưa ghi ngày",
    )
    issuer = TextField(label="Cơ quan ban hành", max_length=200, error_messages={"required": "Nhập cơ quan ban hành"})
    subject = TextField(
        label="Trích yếu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập trích yếu"},
    )
    place = TextField(label="Địa danh", required=False, max_length=100)
    signer_position = TextField(label="Chức vụ người ký", required=False, max_length=100)
    signer_name = TextField(label="Người ký", required=False, max_length=50)
    addressees = LinesField(label="Kính gửi", help_text="Mỗi nơi một dòng")
    recipients = LinesField(label="Nơi nhận", help_text="Mỗi nơi một dòng")
    correction_note = TextField(
        label="Ghi chú đính chính",
        help_text="Nêu chỗ in sai trong văn bản, nếu có. Nguyên văn được giữ như bản gốc",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, head: Head, version: int, today: date, **kwargs: Any) -> None:
        initial = {name: getattr(head, name) for name in self.base_fields if hasattr(head, name)}
        super().__init__(*args, today=today, initial={**initial, "version": version}, **kwargs)
        self._before = head

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("issued_on"):
            self.errors.pop("effective_on", None)
            given["effective_on"] = given["issued_on"]
        elif not given.get("effective_on") and not {"issued_on", "effective_on"} & set(self.errors):
            self.add_error("effective_on", "Nhập ngày ban hành hoặc ngày tính")
        if given.get("effective_on") and given["effective_on"].year < 1945:
            self.add_error("issued_on", "Kiểm tra lại năm của văn bản")
        return given

    @property
    def head(self) -> Head:
        """The head as typed; who signed for whom stays as it was read."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in self.NOT_OF_THE_HEAD}
        return replace(self._before, **typed)

    def renewed(self, version: int) -> HeadForm:
        """The same words over what the draft has become since, so that saving again works."""
        typed = cast(QueryDict, self.data).copy()
        typed["version"] = str(version)
        return type(self)(typed, head=self._before, version=version, today=self.today)

    def differences(self, theirs: Head) -> list[tuple[str, str, str]]:
        """(label, there now, typed here) of the fields that differ."""
        pairs = ((field, _shown(getattr(theirs, field.name, "")), _shown(field.value())) for field in self)
        return [
            (str(field.label), there, typed)
            for field, there, typed in pairs
            if field.name not in self.NOT_OF_THE_HEAD and " ".join(there.split()) != " ".join(typed.split())
        ]


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "\n".join(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
