"""The foot of a letter: who gets copies, and who signed in which capacity (NĐ 30/2020, Phụ lục I, mục II)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import marks
from .lines import Line
from .sheet import LOWER, UPPER, bare, squeeze

_COPIES = re.compile(r"\W*(?:\w{1,8}\s)?n?oi\s+nhan\b\W*")
_CAPACITY = re.compile(r"(?:T/M\.?|(?:TM|KT|TL|TUQ|Q)\s?\.)\s?[^\W\d_][^;|]*$")
_OFFICE = re.compile(
    r"(?:PHÓ |QUYỀN |Q\. ?)?(?:TỔNG |CHI )?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG"
    r"|CỤC TRƯỞNG|VỤ TRƯỞNG"
    r"|TRƯỞNG BAN|TRƯỞNG PHÒNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|BÍ THƯ|CHỦ NHIỆM|CHÁNH ÁN|CHÁNH THANH TRA|TỔNG BIÊN TẬP"
    r"|TRƯỞNG ĐOÀN"
    r"|THỐNG ĐỐC|TỔNG THANH TRA|TƯ LỆNH|CHỈ HUY TRƯỞNG|KIỂM TOÁN NHÀ NƯỚC|TỔNG KIỂM TOÁN|TRƯỞNG TIỂU BAN"
    r"|CHI CỤC TRƯỞNG)"
    r"[^;|\d]{0,40}$"
)
_NAME_WORD = re.compile(rf"[{UPPER}][{LOWER}]*\.?$")
# Military ranks and academic degrees stand before a signer's name.
_RANK = re.compile(
    r"^(?:(?:Thiếu|Trung|Thượng|Đại)\s+(?:tá|tướng|úy)|(?:PGS|GS|TS|ThS|BS|BSCKI{1,2}|Ths|KS|CN)\.?(?=\s"
    r"|[A-ZĐ]))[\s.,]*"
)
_SIGNED = re.compile(r"\W*(?:da ky|ky boi|nguoi ky|thoi gian ky|ky dien tu|ky so)\b")  # "(Đã ký)", a digital stamp
_STRAY = re.compile(r";\s.{0,12}$")  # what a scanner read of the seal beside an entry
_CAPITALS_BEHIND = re.compile(rf"[;.]\s+(?=[{UPPER}](?:[{UPPER}]|\.?\s){{2,60}}$)")
# The family names nine in ten Vietnamese carry (Lê Trung Hoa, Họ và tên người Việt Nam, 2005).
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Nông|Lương|Vi|Hà|Trịnh|Đinh"
_NAME_BEHIND = re.compile(rf"[;.]\s+(?=(?:{_FAMILIES})(?:\s[{UPPER}][{LOWER}]*){{1,3}}$)")
_COLUMN = re.compile(r"\s{3,}")


@dataclass(frozen=True)
class Signer:
    """`capacity`: "TM. …", "KT. …"; None where nothing readable is printed."""

    capacity: tuple[str, ...] = ()
    position: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Foot:
    recipients: tuple[str, ...] = ()
    signer: Signer = Signer()


def read(lines: Sequence[Line]) -> Foot:
    """Sort the foot's two columns out: copies at the left, signature at the right."""
    left, right = _columns(lines)
    capacity = tuple(squeeze(text) for text in right if _CAPACITY.match(text))
    position = next(
        (squeeze(text) for text in right if _OFFICE.match(bare_capitals(text)) and text not in capacity), None
    )
    name = next((_RANK.sub("", squeeze(text)) for text in reversed(right) if is_name(text)), None)
    return Foot(tuple(_entries(left)), Signer(capacity, position, name))


def bare_capitals(text: str) -> str:
    """Scanners lose marks on capitals: "CHÀNH VĂN PHONG" is the known office of the same bare letters."""
    plain = bare(text).upper()
    return _SPELLINGS.get(squeeze(plain), text)


def is_name(text: str) -> bool:
    """Two to five capitalised words and nothing else."""
    words = _RANK.sub("", text.strip(" *=-_.")).split()
    return 2 <= len(words) <= 5 and all(_NAME_WORD.match(word) for word in words) and not text.strip().isupper()


_SPELLINGS = {
    bare(office).upper(): office
    for office in (
        "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "BỘ TRƯỞNG",
        "THỨ TRƯỞNG", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN",
        "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "BÍ THƯ", "PHÓ BÍ THƯ",
    )
}  # fmt: skip


def _columns(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Texts of the left column with "\\n-" kept as marks, and of the right one."""
    left: list[str] = []
    right: list[str] = []
    copies = False
    for line in lines:
        for at, part in enumerate(_COLUMN.split(line.text)):
            words = part.strip()
            if not words or _SIGNED.match(bare(words)):
                continue
            if _COPIES.match(bare(words)):
                copies = True
                words = words[_COPIES.match(bare(words)).end() :]  # type: ignore[union-attr]
                right.extend(_signature_in(words))
            elif ((line.column or at) and not _is_item(words)) or _is_signature(words, right, copies, left):
                right.append(words)
            elif copies:
                text, signature = _split(words)
                left.append(text)
                right.extend(signature)
    return left, right


def _signature_in(words: str) -> list[str]:
    found = _CAPACITY.search(words) or _OFFICE.search(words)
    return [found.group()] if found else []


def _split(words: str) -> tuple[str, list[str]]:
    """ "- Như trên; CHÁNH VĂN PHÒNG": a copy line with the right column's words behind it."""
    found = _CAPITALS_BEHIND.search(words) or _NAME_BEHIND.search(words)
    return (words[: found.start() + 1], [words[found.end() :]]) if found else (words, [])


def _is_item(words: str) -> bool:
    mark = marks.read(words, 0, len(words))
    return mark is not None and mark.kind == "bullet"


def _is_signature(words: str, right: list[str], copies: bool, left: list[str]) -> bool:
    if _CAPACITY.match(words) or (_OFFICE.match(bare_capitals(words)) and words.isupper()):
        return True
    complete = not left or left[-1].endswith((".", ";")) or "lưu" in left[-1].lower()
    return is_name(words) and not _is_item(words) and (complete or not copies) and "," not in words


def _entries(rows: Sequence[str]) -> list[str]:
    entries: list[str] = []
    for row in rows:
        if _is_item(row) or not entries or entries[-1].endswith(";"):
            mark = marks.read(row, 0, len(row))
            entries.append(row[mark.end :] if mark and mark.kind == "bullet" else row)
        elif not _is_over(entries[-1]):
            entries[-1] += f" {row}"
    return [text for entry in entries if (text := _STRAY.sub("", squeeze(entry)).strip(" ;.:,-"))]


def _is_over(entry: str) -> bool:
    return bare(entry).startswith("luu") and entry.rstrip().endswith(".")
