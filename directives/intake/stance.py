"""Which parts of a letter instruct and which only tell: sections by their titles, sentences by their formulae."""

import re
from enum import Enum

from . import wording
from .sheet import bare


def _begins(table: str, before: str = "", after: str = r"\b") -> re.Pattern[str]:
    """Matches a text that begins with a pattern of `table`."""
    return re.compile(rf"\W*{before}(?:{wording.either(table)}){after}")


class Stance(Enum):
    """What an item needs in order to be an instruction."""

    OPEN = "any clause here instructs"
    NAMED = "a clause here instructs only when it names who acts"
    CLOSED = "nothing here instructs"


# Sections of plans, reports and conclusions that describe (NĐ 30/2020, Phụ lục III: the parts of plans and reports).
_CLOSED_TITLES = _begins(
    r"""
    muc dich(?:, yeu cau| va yeu cau|, y nghia)?
    yeu cau(?: chung)?
    (?:muc tieu|quan diem|can cu|phuong huong|dinh huong|tinh hinh|danh gia|thuc trang)\b.*
    (?:ve )?(?:ket qua|nguyen nhan)\b.*
    (?:ton tai|han che|kho khan|uu diem|su can thiet|thanh phan|thoi gian|dia diem|chu de)\b.*
    (?:noi dung (?:cuoc )?hop|chuong trinh (?:hoi nghi|lam viec))\b.*
    thong tin chung
    ly do
    giai thich tu ngu
    phan khai mac
""",
    after=r"\s*[:.]?\s*$",
)
_NAMED_TITLES = re.compile(
    r"\W*(?:kinh phi|(?:co quan|don vi) (?:chi dao|to chuc)|chu de|pham vi|doi tuong|nguyen tac"
    r"|noi dung(?! (?:trien khai|thuc hien|nhiem vu|cong viec|chi dao|yeu cau))|(?:cac )?hoat dong"
    r"|hinh thuc"
    r"|nguon (?:luc|kinh phi))\b.*$"
)
_TITLE_LENGTH = 140

# What the issuer does itself ("Thống nhất …", "Đồng ý …"): decisions, not duties of others.
_OWN_ACT = _begins(
    r"""
    thong nhat(?: voi| ve| cho| chu truong| viec| noi dung| theo| nhu| de xuat| y kien| kien nghi| phuong an| danh muc)
    dong y
    chap thuan
    cho phep
    phe duyet
    nhat tri
    khong dong y
    bieu duong
    ghi nhan
    hoan nghenh
    danh gia cao
    chua xem xet
    bai bo
""",
    before=r"(?:(?:ve )?co ban |hoan toan |(?:chu tich )?ubnd tinh )?",
)
# An article of a decision decides with more verbs than a letter does.
_DECIDES = _begins(
    r"""
    ban hanh
    phe duyet
    thanh lap
    cong bo
    sua doi
    bo sung
    bai bo
    kien toan
    giao (?:du toan|chi tieu|ke hoach|bien che)
    thong qua
    dieu chinh
    thu hoi
    cho phep
    cong nhan
    bo nhiem
""",
)
# Entry into force, who carries a decision out, invitations: wherever they stand in a clause.
_FORCE = re.compile(
    r"\b(?:moi (?:tham )?(?:du|hop)|nay,? (?:[a-z]+ ){0,4}co hieu luc|co hieu luc (?:thi hanh )?(?:ke )?tu"
    r"|chiu trach nhiem thi hanh|trach nhiem thi hanh|het hieu luc"
    r"|thay the (?:quyet dinh|cong van|van ban|chi thi|ke hoach|thong bao)|can cu quyet dinh thi hanh)\b"
)
# Background, greetings, notes: by how they begin.
_TELLS = _begins(
    r"""
    tren day la
    (?:[a-z]+ ){0,8}?(?:rat )?mong nhan duoc
    (?:[a-z]+ ){0,8}?(?:xin )?tran trong (?:cam on|kinh bao|kinh chao|bao cao)
    tran trong(?=\W*$)
    kinh moi
    (?:trong )?thoi gian (?:qua|vua qua|gan day)
    nhin chung
    tuy nhien
    ben canh do,
    hien nay,
    qua theo doi
    ly do
    vi vay,? de
    noi nhan
    [(](?:van ban nay|gui kem|co |kem|dinh kem|sao gui)
    ghi chu
    kem theo
    ho va ten
    so dien thoai
    dien thoai
    dia chi
    email
    noi dung (?:cuoc )?hop
    thanh phan (?:tham )?du
    chuong trinh cu the
""",
)
# "Thời gian: …", "Địa điểm: …"
_DETAIL = _begins(
    r"""
    thoi gian
    thoi han
    dia diem
    thanh phan
    kinh phi
    hinh thuc
    phuong thuc
    noi dung
    chu de
    doi tuong
    quy mo
    so luong
    chu toa
    chu tri hop
    trang phuc
    (?:don vi|co quan) (?:phoi hop|chu tri|thuc hien|to chuc)
    san pham
    ket qua dau ra
    tien do
""",
    after=r"(?:\s+[a-z,]+){0,5}\s*:",
)
# "Kết quả rà soát gửi về Sở Nội vụ trước ngày 10/6/2023", "Thời gian gửi báo cáo: trước ngày …"
_RETURN = re.compile(
    r"\W*(?:(?:van ban |noi dung )?(?:bao cao|tham gia|gop y)|ket qua|van ban|ho so|danh sach|y kien|thoi gian"
    r"|thoi han)\b[^.;]{0,300}?\b(?:gui|nop|ve|bao cao|hoan thanh)\b"
    r"[^.;]{0,160}?\b(?:truoc|cham nhat|trong|han)\b[^.;]{0,30}\d"
)
_TROUBLE = re.compile(r"(?:\bneu\b[^.;]{0,40}?\b|\bmoi\s+|(?:^|[.;])\W*)(?:kho khan|vuong mac|phat sinh|van de)\b")
_CONTACT = re.compile(r"\b(?:lien he|phan anh|trao doi|thong tin|thong bao|dau moi)\b")
_CALL = re.compile(
    r"\W*(?:(?:doi voi|neu|moi|trong qua trinh|de nghi|thong tin|de biet|truong hop)\b[^.;]{0,200})?"
    r"\b(?<!dau moi )(?:lien he|phan anh|trao doi|thong tin)\b"
    r"[^;]{0,200}\b(?:dien thoai|d/?t|email|thu dien tu|so may|sdt|zalo)\b"
)
_PURPOSE = re.compile(
    r"\bde (?:duoc |cung |kip thoi )?(?:tong hop|huong dan|xem xet|giai quyet|phoi hop|thao go|xu ly|ho tro)\b"
)
_TEXT_ENDS = re.compile(r"\./\.?\s*$")
_REPORTS = re.compile(r"\bbao cao\b")

# The words of a closing formula: what is left of it when they are taken away tells nobody anything.
_CLOSING_WORDS = re.compile(
    r"\b(?:"
    + wording.either("""
    nghiem tuc|khan truong|kip thoi|chu dong|quan tam|phoi hop|tich cuc|quyet liet|dong bo|day du|tot|dam bao|bao dam
    biet|va|de|den|dung|theo|voi|tai|sau|trong|cua|cho|ve|tren|neu|co|la|ra|moi|du|gio|noi|thuoc|nhat|cao|duoc
    chi dao|trien khai|to chuc|thuc hien|nghiem|quan triet|tiep thu|hoan thanh|phan dau|gop phan|tham gia|tham du
    hop tac
    dat|ket qua|hieu qua|chat luong|quy dinh|cac|nhung|mot so|noi dung|nhiem vu|yeu cau|y kien|ket luan|chuc nang
    chi thi|cong dien|cong van|van ban|ke hoach|thong bao|chuong trinh|quyet dinh|huong dan|nay|can cu|pham vi|lien quan
    duoc giao|giao|phan cong|cong tac|cong viec|tinh than|trach nhiem|mot cach|giup do|luu y|thoi gian|thanh phan
    ubnd|uy ban nhan dan|tinh|thanh pho|chu tich|huyen|so|bo|nganh|sap xep|thu xep|hop|dung gio|de nghi
""")
    + r")\b"
)
_REMAINDER = 8  # letters
_ACTION = re.compile(r"\b(?:theo doi|don doc|bao cao|tong hop|kiem tra|chu tri|tham muu|de xuat|cu)\b")

# "Tổ chức thi học kỳ", but "Tổ chức, cá nhân có thành tích", "TỔ CHỨC THỰC HIỆN".
_ORGANISES = r"to\s+chuc(?!\s*(?:[,:]|va\b|ca\s+nhan|chinh\s+tri|xa\s+hoi|doan|thuc\s+hien\W*$))"
_VERB_START = re.compile(rf"\W*(?:{wording.any_of(wording.VERBS)}|{_ORGANISES})\b")
_INSTRUCTION = re.compile(
    rf"\W*(?:{wording.any_of(wording.VERBS)}|{wording.any_of(wording.OPENERS)}|theo (?:chuc nang|tham quyen"
    rf"|nhiem vu))\b"
)
_LIST_TAIL = re.compile(
    r"\b(?:gom|bao gom|bieu mau|bien mau|theo mau|trong do|noi dung bao cao|tai lieu|ho so|danh sach|thanh phan"
    r"|cac thong tin"
    r"|chi tieu|so lieu|mau)\b[^:]{0,60}:\s*$"
)
_INTRO_TAIL = re.compile(r"\b(?:sau|sau day|duoi day|nhu sau|cu the|cu the nhu sau|trach nhiem|tap trung)\s*:?\s*$")


def of_title(text: str, inherited: Stance) -> Stance:
    """The stance of the items below a section title."""
    plain = bare(text).strip()
    if len(plain) > _TITLE_LENGTH:
        return inherited
    if _CLOSED_TITLES.match(plain) and not (
        plain[-1:] in ".;/" and begins_with_verb(plain)
    ):  # "Đánh giá …; báo cáo …."
        return Stance.CLOSED
    if _NAMED_TITLES.match(plain) and text.strip()[-1:] not in ".;":
        return Stance.NAMED
    return inherited


def is_own_act(plain: str, *, article: bool = False) -> bool:
    """What the issuer decides; `article`: the clause is an article of a decision."""
    return bool(_OWN_ACT.match(plain) or (article and _DECIDES.match(plain)))


def is_formula(plain: str) -> bool:
    """Entry into force, greetings, notes, background: no instruction whatever stands around it."""
    return bool(_TELLS.match(plain) or _FORCE.search(plain))


def is_detail(plain: str) -> bool:
    """ "Thời gian: …", "Địa điểm: …": belongs to the item above."""
    return bool(_DETAIL.match(plain))


def is_contact(plain: str) -> bool:
    """ "Nếu có khó khăn, vướng mắc, liên hệ …", without a duty to report."""
    asks = _TROUBLE.search(plain) and _CONTACT.search(plain)
    own = _PURPOSE.split(plain)[0]  # "… phản ánh về Sở để tổng hợp, báo cáo": another body reports
    return bool((asks or _CALL.match(plain)) and not _REPORTS.search(own))


def is_return(plain: str) -> bool:
    """A duty to send something back by a day, told of the document and not of the sender."""
    return bool(_RETURN.match(plain))


def is_last_report(plain: str) -> bool:
    """The text's last paragraph when it tells everybody to report: "Tổ chức trực ban, báo cáo về Văn phòng …./."."""
    return bool(_TEXT_ENDS.search(plain) and _VERB_START.match(plain) and _REPORTS.search(plain))


def is_closing(plain_rest: str) -> bool:
    """Whether the words behind the bodies of a closing sentence tell nothing of their own."""
    left = _CLOSING_WORDS.sub(" ", plain_rest)
    letters = sum(char.isalpha() for char in left)
    return not _ACTION.search(plain_rest) and letters <= _REMAINDER and not re.search(r"\d", left)


def instructs(plain: str) -> bool:
    """Whether a clause begins with something to do."""
    return bool(_INSTRUCTION.match(plain))


def begins_with_verb(plain: str) -> bool:
    """Stricter than `instructs`: a verb, and not only a word that an instruction may begin with."""
    return bool(_VERB_START.match(plain))


def lists_parts(plain: str) -> bool:
    """ "… gồm:", "… theo các biểu mẫu:": what follows are parts, not further instructions."""
    return bool(_LIST_TAIL.search(plain))


def introduces(plain: str) -> bool:
    """ "… các nhiệm vụ sau:"."""
    return bool(_INTRO_TAIL.search(plain))
