"""The kinds of administrative documents and their abbreviations (NĐ 30/2020, Điều 7 and Phụ lục III)."""

import re

from .sheet import bare, squeeze

LETTER = "công văn"

_BY_ABBREVIATION = {
    "NQ": "nghị quyết", "QĐ": "quyết định", "CT": "chỉ thị", "QC": "quy chế", "QYĐ": "quy định", "TC": "thông cáo",
    "TB": "thông báo", "HD": "hướng dẫn", "CTR": "chương trình", "KH": "kế hoạch", "PA": "phương án", "ĐA": "đề án",
    "DA": "dự án", "BC": "báo cáo", "BB": "biên bản", "TTR": "tờ trình", "HĐ": "hợp đồng", "CĐ": "công điện",
    "BGN": "bản ghi nhớ", "BTT": "bản thỏa thuận", "GUQ": "giấy ủy quyền", "GM": "giấy mời", "GGT": "giấy giới thiệu",
    "GNP": "giấy nghỉ phép", "PG": "phiếu gửi", "PC": "phiếu chuyển", "PB": "phiếu báo",
    "KL": "kết luận", "TT": "thông tư",
}  # fmt: skip
_BY_TITLE = {bare(kind): kind for kind in _BY_ABBREVIATION.values()} | {
    "cong dien khan": "công điện", "cong dien hoa toc": "công điện", "thong bao ket luan": "thông báo",
    "thu cong": "thư công",
    "chuong trinh hanh dong": "chương trình", "ke hoach hanh dong": "kế hoạch", "giay moi hop": "giấy mời",
}  # fmt: skip

_URGENCY = re.compile(r"(?:hoa toc(?: hen gio.*)?|thuong khan|khan)")
_LONGEST = max(map(len, _BY_TITLE))

# Documents that tell nobody to do anything by themselves; an instruction in them must be said outright.
INFORMING = frozenset({"giấy mời", "báo cáo", "tờ trình", "biên bản", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi"})


def of_title(text: str) -> str | None:
    """The kind a line of the head names, when it names nothing else: "CÔNG ĐIỆN" → "công điện".

    A speck or two that a scanner left before the title is passed over.
    """
    plain = squeeze(bare(text)).strip(" .:*-")
    if plain in _BY_TITLE or len(plain) > _LONGEST + 10:
        return _BY_TITLE.get(plain)
    specks = (
        kind for title, kind in _BY_TITLE.items() if plain.endswith(title) and _letters(plain[: -len(title)]) <= 3
    )
    return next(specks, None)


def is_urgency(text: str) -> bool:
    """ "HỎA TỐC", "KHẨN": a stamp beside the head, no part of it (NĐ 30/2020, Phụ lục I)."""
    return bool(_URGENCY.fullmatch(squeeze(bare(text)).strip(" .:*-")))


def is_head(text: str) -> bool:
    """ "CHỦ TỊCH" above "ỦY BAN NHÂN DÂN": the person issues the document, not the body."""
    return squeeze(bare(text)).strip(" .:*-") == "chu tich"


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def of_notation(notation: str | None) -> str | None:
    """The kind a notation begins with: "CĐ-TTg" → "công điện"; None where it begins with the issuer, as letters do."""
    if not notation:
        return None
    for part in notation.replace("Ð", "Đ").replace("–", "-").split("/"):
        kind = _BY_ABBREVIATION.get(part.split("-")[0].strip().upper())
        if kind:
            return kind
    return None
