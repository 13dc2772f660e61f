"""What may come in as evidence: every upload passes here and leaves as a `CheckedFile`, or with a sentence why not.

The checks, cheap and certain first: extension, size, then what the bytes really are (contents.py). The sender's name
is only ever shown; the file is stored under a random one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from agencies.text import nfc
from directives.actions.assignments import CheckedFile
from directives.forms import contents
from directives.forms.unfit import Unfit

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
EXTENSIONS = (*CONTENT_TYPES, "jpeg")
MAX_FILES = 10  # of one update
_NAME_LENGTH = 200  # characters of Attachment.name
_TAKEN_IN = "PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG hoặc PNG"
_BLANKS = re.compile(r"\s+")


def clean_name(raw: str) -> str:
    """The sender's name for a file as it may be shown: NFC, no folders, no control, direction or invisible characters.

    Never longer than the column; the extension survives the cut.
    """
    last = re.split(r"[/\\]", nfc(raw))[-1]
    seen = "".join(" " if unicodedata.category(char).startswith("C") else char for char in last)
    name = _BLANKS.sub(" ", seen).strip().rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:_NAME_LENGTH] or "tệp"
    return f"{stem[: _NAME_LENGTH - len(extension) - 1].strip(' .') or 'tệp'}.{extension}"


def check(upload: UploadedFile) -> CheckedFile:
    """The upload with its true type and checksum. Raises ValidationError with a sentence that says what to do."""
    name = clean_name(upload.name or "")
    extension = _extension_of(name)
    size = upload.size or 0
    if not size:
        raise ValidationError(f"Tệp «{name}» rỗng. Kiểm tra lại tệp rồi chọn lại.")
    if size > settings.UPLOAD_MAX_MB * 1024 * 1024:
        raise ValidationError(f"Tệp «{name}» lớn hơn {settings.UPLOAD_MAX_MB} MB. Chọn tệp nhỏ hơn.")
    _require_agreement(upload, name, extension)
    return CheckedFile(upload, name, CONTENT_TYPES[extension], size, _sha256(upload))


def _extension_of(name: str) -> str:
    _, dot, extension = name.lower().rpartition(".")
    if not dot or extension not in EXTENSIONS:
        raise ValidationError(f"Tệp «{name}» không thuộc loại được nhận. Lưu lại dạng {_TAKEN_IN} rồi chọn lại.")
    return "jpg" if extension == "jpeg" else extension


def _require_agreement(upload: UploadedFile, name: str, extension: str) -> None:
    try:
        found = contents.type_of(cast(BinaryIO, upload))
    except Unfit as refusal:
        raise ValidationError(str(refusal) % {"name": name}) from refusal
    if found != extension:
        raise ValidationError(
            f"Tệp «{name}» thực ra ở dạng {found.upper()}. Sửa lại đuôi tên tệp hoặc lưu lại dạng "
            f"{extension.upper()} rồi chọn lại."
        )


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


class FilesInput(forms.FileInput):
    """A file input that takes several; on phones the list of extensions makes photos arrive as JPEG."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        accept = ",".join(f".{extension}" for extension in EXTENSIONS)
        super().__init__({"multiple": True, "accept": accept, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[Any]:
        return files.getlist(name)


class EvidenceField(forms.Field):
    """Any number of files up to MAX_FILES; gives a list of CheckedFile. Every bad file gets its own sentence."""

    widget = FilesInput

    def clean(self, value: Sequence[UploadedFile]) -> list[CheckedFile]:
        if len(value) > MAX_FILES:
            raise ValidationError(f"Chọn nhiều nhất {MAX_FILES} tệp mỗi lần cập nhật (anh/chị chọn {len(value)} tệp).")
        checked: list[CheckedFile] = []
        refusals: list[ValidationError] = []
        for upload in value:
            try:
                checked.append(check(upload))
            except ValidationError as refusal:
                refusals.append(refusal)
        if refusals:
            raise ValidationError(refusals)
        return checked
