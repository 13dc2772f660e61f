"""What people may write into a report: its paragraphs, its number, day and signer."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.forms import DayField, DayForm, TextField
from reports.content.composing import Composed
from reports.content.edition import Edition
from reports.content.shapes import Block

LONGEST = 20_000  # characters of one block
_OLD = "Trang này đã cũ. Mở lại báo cáo rồi sửa lại"


class EditForm(DayForm):
    """A box for each block of the text, a paragraph a line; `seen`: how many edits there were when it was opened."""

    seen = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid", "min_value"), _OLD)
    )
    so = TextField(label="Số", required=False, max_length=20, widget=forms.TextInput(attrs={"class": "short"}))
    ngay = DayField(label="Ngày ký", required=False)
    quyen_han = TextField(
        label="Quyền hạn, chức vụ của người ký",
        help_text="Mỗi dòng một cụm, ví dụ «KT. CHÁNH VĂN PHÒNG» rồi «PHÓ CHÁNH VĂN PHÒNG».",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nguoi_ky = TextField(label="Họ và tên người ký", required=False, max_length=50)

    def __init__(self, *args: Any, composed: Composed, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.blocks = composed.text.blocks
        for block in self.blocks:
            self.fields[block.name] = _box(block)

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[block.name] for block in self.blocks]

    def edition(self, plain: Composed) -> Edition:
        """What a valid form says. `plain`: the report as the figures write it; what equals it is not kept."""
        given = self.cleaned_data
        texts = {block.name: _paragraphs(given[block.name]) for block in plain.text.blocks}
        kept = {block.name: texts[block.name] for block in plain.text.blocks if texts[block.name] != block.paragraphs}
        position = tuple(given["quyen_han"].splitlines())
        return Edition(
            kept,
            number=given["so"],
            day=given["ngay"],
            position="" if position == plain.letterhead.position else given["quyen_han"],
            signer=given["nguoi_ky"],
        )


def initial_of(composed: Composed, seen: int) -> dict[str, Any]:
    edition = composed.edition
    texts = {block.name: "\n".join(block.paragraphs) for block in composed.text.blocks}
    fields = {"so": edition.number, "ngay": edition.day, "quyen_han": "\n".join(composed.signer)}
    return {"seen": seen, "nguoi_ky": edition.signer, **fields, **texts}


def _box(block: Block) -> TextField:
    rows = min(1 + sum(1 + len(paragraph) // 120 for paragraph in block.paragraphs), 14)
    return TextField(
        label=block.label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "class": "grows"}),
        error_messages={"required": "Đoạn này không để trống được; ghi lại nội dung hoặc bấm «Bỏ thay đổi»"},
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    """A paragraph a line; blank lines are none."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
