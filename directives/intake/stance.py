"""Which parts of a letter instruct and which only tell: sections by their titles, sentences by their formulae."""

import re
from enum import Enum

from . import wording
from .sheet import bare


class Stance(Enum):
    """What an item needs in order to be an instruction."""

    OPEN = "any clause here instructs"
    NAMED = "a clause here instructs only when it names who acts"
    CLOSED = "nothing here instructs"


_CLOSED_TITLES = re.compile(
    r"\W*(?:muc dich(?:, yeu cau| va yeu cau|, y nghia)?|yeu cau(?: chung)?|muc tieu\b.*|quan diem\b.*|can cu\b.*|phuong huong\b.*|dinh huong\b.*|tinh hinh\b.*|danh gia\b.*|thuc trang\b.*"
    r"|ket qua\b.*|(?:ton tai|han che|kho khan)\b.*|nguyen nhan\b.*|thanh phan\b.*|thoi gian\b.*|dia diem\b.*|chu de\b.*|thong tin chung|su can thiet\b.*|ly do\b.*|noi dung (?:cuoc )?hop\b.*"
    r"|nguyen tac\b.*|uu diem\b.*|giai thich tu ngu|chuong trinh (?:hoi nghi|lam viec)\b.*|phan khai mac)\s*[:.]?\s*$"
)
_NAMED_TITLES = re.compile(
    r"\W*(?:kinh phi\b.*|(?:co quan|don vi) (?:chi dao|to chuc)\b.*|chu de\b.*|pham vi\b.*|doi tuong\b.*|(?:noi dung|cac hoat dong|hoat dong|hinh thuc)\b.*|nguon (?:luc|kinh phi)\b.*)$"
)
_TITLE_LENGTH = 140

# What the issuer does itself ("Thống nhất …", "Đồng ý …"): decisions, not duties of others.
_OWN_ACT = re.compile(
    r"\W*(?:(?:ve )?co ban\s+|hoan toan\s+|chu tich ubnd tinh\s+|ubnd tinh\s+)?(?:thong nhat(?: voi| ve| cho| chu truong| viec| noi dung| theo)|dong y|chap thuan|cho phep|phe duyet|nhat tri|khong dong y|bieu duong|ghi nhan|hoan nghenh|danh gia cao|chua xem xet|bai bo|thoi khong)\b"
)
_DECIDES = re.compile(r"\W*(?:ban hanh|phe duyet|thanh lap|cong bo|sua doi|bo sung|bai bo|kien toan|giao (?:du toan|chi tieu|ke hoach|bien che)|thong qua|dieu chinh|thu hoi|cho phep|cong nhan|bo nhiem)\b")
_FORCE = re.compile(
    r"\b(?:co hieu luc|chiu trach nhiem thi hanh|trach nhiem thi hanh|thay the (?:quyet dinh|cong van|van ban|chi thi|ke hoach|thong bao)|het hieu luc|can cu quyet dinh thi hanh)\b"
)
_TELLS = re.compile(
    r"\W*(?:tren day la|rat mong|tran trong|xin tran trong|kinh moi|(?:trong )?thoi gian (?:qua|vua qua|gan day)|nhin chung|tuy nhien|ben canh do,|hien nay,|qua theo doi|ly do|vi vay,? de|noi nhan|\(van ban nay|luu y:?$"
    r"|ghi chu|\(gui kem|\(co |\(kem|kem theo|ho va ten|so dien thoai|dien thoai|dia chi|email|noi dung (?:cuoc )?hop|thanh phan (?:tham )?du|chuong trinh cu the)\b"
)
_DETAIL = re.compile(
    r"\W*(?:thoi gian|dia diem|thanh phan|kinh phi|hinh thuc|phuong thuc|noi dung|chu de|doi tuong|quy mo|so luong|chu toa|chu tri hop|trang phuc|don vi (?:phoi hop|chu tri|thuc hien|to chuc)|co quan (?:phoi hop|chu tri|thuc hien)"
    r"|san pham|ket qua dau ra|tien do)(?:\s+[a-z,]+){0,5}\s*:"
)
_TROUBLE = re.compile(r"\b(?:neu|moi)?\s*(?:co |gap |phat sinh )?(?:kho khan|vuong mac|phat sinh)\b")
_CONTACT = re.compile(r"\b(?:lien he|phan anh|trao doi|thong tin|thong bao|dau moi|de nghi (?:phan anh|thong tin))\b")
_REPORTS = re.compile(r"\bbao cao\b")

# The words of a closing formula: what is left of it when they are taken away tells nobody anything.
_CLOSING_WORDS = re.compile(
    r"\b(?:nghiem tuc|nghiem tuc|khan truong|kip thoi|chu dong|quan tam|phoi hop|tich cuc|biet|va|chi dao|de|trien khai|to chuc|thuc hien|nghiem|dat|ket qua|hieu qua|chat luong|bao dam|dam bao|dung|theo"
    r"|quy dinh|cac|noi dung|nhiem vu|chi thi|cong dien|cong van|van ban|ke hoach|thong bao|chuong trinh|quyet dinh|huong dan|nay|tren|neu|yeu cau|duoc giao|giao|can cu|chuc nang|quan triet|den|tiep thu|y kien|voi|tai"
    r"|dong bo|quyet liet|tot|day du|co|lien quan|sau|trong|cua|ubnd|uy ban nhan dan|tinh|thanh pho|chu tich|huyen|nhung|mot so|tinh than|trach nhiem|cao|nhat|thuoc|pham vi|noi|du|hop|dung gio|thanh phan|sap xep"
    r"|thu xep|cong viec|tham du|ve|tham gia|cho|gio|du|duoc|cong tac|gop phan|phan dau|hoan thanh|de nghi|la|mot cach|dam|bao|moi|nghi|ket luan|phan cong|ra|thoi gian|hop tac|giup do|so|bo|nganh|luu y|trien|khai)\b"
)
_REMAINDER = 14  # letters

_INSTRUCTION = re.compile(rf"\W*(?:{wording.any_of(wording.VERBS)}|{wording.any_of(wording.OPENERS)})\b")
_LIST_TAIL = re.compile(r"\b(?:gom|bao gom|bieu mau|bien mau|theo mau|trong do|noi dung bao cao|tai lieu|ho so|danh sach|thanh phan|cac thong tin|chi tieu|so lieu|mau)\b[^:]{0,60}:\s*$")
_INTRO_TAIL = re.compile(r"\b(?:sau|sau day|duoi day|nhu sau|cu the|cu the nhu sau|trach nhiem|tap trung)\s*:?\s*$")


def of_title(text: str, inherited: Stance) -> Stance:
    """The stance of the items below a section title."""
    plain = bare(text).strip()
    if len(plain) > _TITLE_LENGTH:
        return inherited
    if _CLOSED_TITLES.match(plain):
        return Stance.CLOSED
    if _NAMED_TITLES.match(plain) and text.strip()[-1:] not in ".;":
        return Stance.NAMED
    return inherited


def is_own_act(plain: str, *, article: bool = False) -> bool:
    """What the issuer decides; an article of a decision decides with more verbs."""
    return bool(_OWN_ACT.match(plain) or (article and _DECIDES.match(plain)))


def is_formula(plain: str) -> bool:
    """Entry into force, greetings, notes, background: no instruction whatever stands around it."""
    return bool(_TELLS.match(plain) or _FORCE.search(plain))


def is_detail(plain: str) -> bool:
    """ "Thời gian: …", "Địa điểm: …": belongs to the item above."""
    return bool(_DETAIL.match(plain))


def is_contact(plain: str) -> bool:
    """ "Nếu có khó khăn, vướng mắc, liên hệ …", without a duty to report."""
    return bool(_TROUBLE.search(plain) and _CONTACT.search(plain) and not _REPORTS.search(plain))


def is_closing(plain_rest: str) -> bool:
    """Whether the words behind the bodies of a closing sentence tell nothing of their own."""
    left = _CLOSING_WORDS.sub(" ", plain_rest)
    return sum(char.isalpha() for char in left) <= _REMAINDER and not re.search(r"\d", left)


def instructs(plain: str) -> bool:
    """Whether a clause begins with something to do."""
    return bool(_INSTRUCTION.match(plain))


def lists_parts(plain: str) -> bool:
    """ "… gồm:", "… theo các biểu mẫu:": what follows are parts, not further instructions."""
    return bool(_LIST_TAIL.search(plain))


def introduces(plain: str) -> bool:
    """ "… các nhiệm vụ sau:"."""
    return bool(_INTRO_TAIL.search(plain))
