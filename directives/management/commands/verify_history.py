"""`manage.py verify_history`: is the history as it was sealed? Exit 0 and one sentence, or 1 and where."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directives.chain import SHOWN, Break, Fault, code_of, examine


def _head(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHOWN},64}}", digits):
        raise ArgumentTypeError(
            f"Mã niêm phong «{text}» không đúng dạng. Nhập ít nhất {SHOWN} chữ số và chữ cái A–F, như in trên báo cáo."
        )
    return digits


class Command(BaseCommand):
    help = (
        "Walks the chain of seals over the whole history and says whether lines were changed, deleted, inserted or "
        "moved. A tail that was cut off is found against a head that was kept elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            dest="heads",
            type=_head,
            action="append",
            default=[],
            metavar="HASH",
            help="a head kept elsewhere: as printed on a report, or whole; may be given several times",
        )

    def handle(self, *, heads: list[str], **options: Any) -> None:
        found = examine(heads)
        if found.broken:
            words = _SENTENCES[found.broken.fault].format(**_words(found.broken))
            self.stderr.write(f"Nhật ký đã bị thay đổi: {words}")
            raise SystemExit(1)
        said = f"Nhật ký nguyên vẹn: {found.sealed} dòng đã niêm phong, {found.waiting} dòng chờ niêm phong"
        said += f"; mã niêm phong cuối {found.head}" if found.head else ""
        checked = [f"; mã {code_of(one)} khớp với dòng thứ {place}" for one, place in found.heads.items()]
        self.stdout.write(f"{said}{''.join(checked)}.")


_SENTENCES = {
    Fault.CHANGED: "dòng thứ {position} (số {entry}, ghi lúc {at}) không còn như khi niêm phong.",
    Fault.DELETED: "dòng thứ {position} (số {entry}) đã bị xóa.",
    Fault.GAP: "niêm phong thứ {position} không còn.",
    Fault.INSERTED: "dòng số {entry} ghi lúc {at} nhưng chưa có khi các dòng sau giờ đó được niêm phong.",
    Fault.UNKNOWN_HEAD: "không có niêm phong nào mang mã {head}; phần cuối đã bị cắt hoặc nhật ký đã bị viết lại.",
}


def _words(broken: Break) -> dict[str, object]:
    at = f"{timezone.localtime(broken.at):%H:%M %d/%m/%Y}" if broken.at else ""
    return {"position": broken.position, "entry": broken.entry, "at": at, "head": code_of(broken.head)}
