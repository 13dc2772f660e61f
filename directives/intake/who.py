"""Who is told, by which verb, and with whom: the subject of a clause and the bodies it is done with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import bodies, wording
from .bodies import Bodies
from .issuer import Names
from .sheet import UPPER, Sheet, bare

ORDER, REQUEST = "order", "request"

_I = re.IGNORECASE
_VERBS = rf"(?P<request>{wording.any_of(wording.REQUESTS)})|(?P<order>{wording.any_of(wording.ORDERS)})"
_TOWARDS = r"(?:\s+(?:đối với|với|tới|đến))?\s?:?\s+"
_COMMAND = re.compile(rf"(?:{_VERBS}){_TOWARDS}", _I)
_DIRECTS = re.compile(rf"(?:{_VERBS}|(?P<direct>(?:có ý kiến )?chỉ đạo)){_TOWARDS}", _I)
_ANY_COMMAND = re.compile(rf"\b(?:{_VERBS})\s?:?\s+", _I)
_ANY_DIRECTION = re.compile(rf"\b(?:{_VERBS}|(?P<direct>chỉ đạo|hướng dẫn(?=\s+(?:các|quý)\s)))\s?(?::?\s+|:?$)", _I)
_ALSO = re.compile(rf"\s?[,;]?\s?(?:(?:và|đồng thời)\s+)?(?:{_VERBS})\s?:?\s+", _I)
_SENTENCE = re.compile(rf"[.]\s+(?=[{UPPER}])")
_PART = re.compile(rf"[.]\s+(?=[{UPPER}])|,\s+")
# "theo đề nghị của Sở …" asks nobody; "được giao", "đã yêu cầu" tell what was done.
_REPORTED = re.compile(
    r"\b(?:theo|xét|có|các|những|của|tại|văn bản|công văn|tờ trình|được|đã|bàn|chuyển|nội dung|vấn đề|sự|phân|nhiệm vụ"
    r"|chỉ tiêu|đáp ứng|kiến nghị và|khi|nếu|thẩm quyền|tổng hợp,?|để)\s*$",
    _I,
)
_TOPIC = re.compile(
    r"(?:trách nhiệm của|nhiệm vụ của|đối với|về phía|riêng đối với|riêng|trách nhiệm|các đồng chí|đồng chí)\s+", _I
)
_INFORM = re.compile(
    r"(?:vậy,?\s?)?(?:(?:thừa lệnh|thừa ủy quyền|thay mặt)\s[^,.;]{3,60},\s)?"
    r"(?:(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|văn phòng|sở|chủ tịch|bộ)\b[^.;:,]{0,40}?\s)?"
    r"(?:xin\s)?thông báo\s",
    _I,
)
_KNOW = re.compile(r"\W*(?:duoc )?biet\b")  # "thông báo các cơ quan, đơn vị biết, thực hiện"
_TO = re.compile(r"\s(?:để|đến|tới|cho)\s+", _I)
_TOGETHER = re.compile(
    r"\b(?:phoi\.? hop(?:,? (?:chat che|cung|ho tro|tot|hieu qua|dong bo|thuong xuyen|kip thoi|tich cuc|chu dong"
    r"|va)\b)*,? "
    r"(?P<joint>(?:voi|cung(?: voi)?|cua) )?|chu tri,? (?P<beside>cung(?: voi)? ))"
)
_BESIDE = re.compile(r"\W*cung (?:voi )?")  # "Cùng Hạt Kiểm lâm thẩm tra …"
_ADVERBIAL = re.compile(
    r"\W*(?:can cu|tren co so|truoc|cham nhat|dinh ky|trong|sau|ket thuc|khi|de|nham|hang|theo|thuc hien"
    r"|truong hop|ngay"
    r"|voi|doi voi|ve|tu)\b"
)
_PAST = re.compile(r"\b(?:da (?:co|ban hanh|chi dao|giao|yeu cau|to chuc|ky)|van ban chi dao)\b")  # "Ngày …, … đã có …"
_LATE = re.compile(r",\s+|\s(?=các\s)")
_BREAK = re.compile(r"[:;]")
_OF = re.compile(r"\bcủa\s+(?=các\s)")
_SENDS = re.compile(r"gui (?:ve|den|cho|so|ubnd|uy ban|van phong|bo)\b")
_ACTS = re.compile(rf"(?:{wording.any_of(wording.VERBS)}|gui|lap|trinh|nop|co van ban|phai|to chuc)\b")
_STATE = re.compile(
    r"(?:đã|đang|được|là(?!\s(?:cơ quan|đơn vị|đầu mối)\b)|mới|chưa|bị|vẫn|còn"
    r"|có\s+(?:ý kiến|văn bản|tờ trình|báo cáo|công văn)\s+(?:số|tại|đề nghị))\b"
)
_ANYBODY = frozenset(
    {"lanh dao", "thanh vien", "dong chi"}
)  # "Phân công lãnh đạo, cán bộ trực": no order of the issuer's
_REACH = 400  # characters in which a sentence names its subject

_GENERIC = re.compile(
    r"(?:(?:thu truong|lanh dao|nguoi dung dau) )?(?:cac |quy )?"
    r"(?:quy (?:so|bo|vi|uy ban|ubnd|ban|cuc|vien|truong|tinh)|so|co quan|don vi|dia phuong|to chuc|dong chi|noi"
    r"|ban nganh|so nganh|dai bieu)"
    r"(?:(?:, | va )(?:cac )?(?:co quan|don vi|dia phuong|to chuc|ca nhan|dong chi))*"
    r"(?: (?:co lien quan|lien quan|neu tren|tren|truc thuoc|noi tren|trong tinh))?"
)


@dataclass(frozen=True)
class Told:
    """`lead` as written; `rest` is where the instruction itself begins; `modality` None where no verb says it."""

    lead: tuple[str, ...]
    rest: int
    modality: str | None = None
    colon: bool = False
    commanded: bool = False  # a verb of ordering or asking stands before the bodies


def is_generic(phrase: str) -> bool:
    """ "các cơ quan, đơn vị": says no more than "you"."""
    return bool(_GENERIC.fullmatch(bare(phrase)))


def is_known(told: Told, names: Names) -> bool:
    """Whether all who are told are bodies that are certain, so that whatever verb follows is their instruction."""
    return all(bare(phrase) in names.known for phrase in told.lead)


def is_named(told: Told) -> bool:
    """Whether all who are told are called by a name, and not "các đơn vị"."""
    return all(phrase[:1].isupper() and not is_generic(phrase) for phrase in told.lead)


def subject(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """Who the clause that begins at `start` speaks to, when it says so at its beginning."""
    command = _command(sheet, start, end, names)
    told = _commanded(sheet, command, end, names) if command else None
    return told or _acting(sheet, start, end, names) or _behind_topic(sheet, start, end, names)


def _command(sheet: Sheet, start: int, end: int, names: Names) -> re.Match[str] | None:
    """A verb of ordering at the beginning, or behind the issuer's name."""
    speaker = names.speaking.match(sheet.plain, start, end)
    if speaker:
        return _DIRECTS.match(sheet.flat, speaker.end(), end)
    return _COMMAND.match(sheet.flat, start, end)


def _commanded(sheet: Sheet, command: re.Match[str], end: int, names: Names) -> Told | None:
    found = bodies.read(sheet, command.end(), end, names.known)
    if not found or bare(found.phrases[0]) in _ANYBODY:
        return None
    phrases, place = found.phrases, found.end
    more = _ALSO.match(sheet.flat, place, end)
    also = bodies.read(sheet, more.end(), end, names.known) if more else None
    if also:
        phrases, place = phrases + also.phrases, also.end
    return Told(phrases, place, _modality(command), sheet.flat[place : place + 1] == ":", commanded=True)


def _modality(command: re.Match[str]) -> str:
    return REQUEST if command["request"] else ORDER


def _acting(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """A body as the subject of the sentence."""
    topic = _TOPIC.match(sheet.flat, start, end)
    place = topic.end() if topic else start
    found = bodies.read(sheet, place, end, names.known) or (
        bodies.read(sheet, start, end, names.known) if topic else None
    )
    whole = _before_colon(sheet, place, end, names)
    if whole and (not found or found.end <= whole.end):  # "các sở: …" goes on behind its colon
        found = whole
    if not found or (names.speaks(found.phrases) and not found.colon):
        return None
    rest = sheet.flat[found.end : min(end, found.end + 40)].lstrip()
    predicate = not rest or rest[0] in ":.,;" or rest[0].islower()
    return Told(found.phrases, found.end, colon=found.colon) if predicate and not _STATE.match(rest) else None


def _before_colon(sheet: Sheet, start: int, end: int, names: Names) -> Bodies | None:
    """ "Các doanh nghiệp cung cấp máy tính: Cài đặt …": all that stands before the colon."""
    colon = sheet.flat.find(":", start, min(end, start + 260))
    if colon < 0 or colon + 1 >= end:
        return None
    found = bodies.heading(sheet, start, colon, names.known)
    return Bodies(found.phrases, start, colon, colon=True) if found else None


def _behind_topic(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """ "Về công tác giải ngân: Các chủ đầu tư tập trung …"."""
    colon = sheet.flat.find(":", start, min(end, start + 100))
    if colon < 0 or colon + 2 >= end:
        return None
    command = _command(sheet, colon + 2, end, names)
    told = _commanded(sheet, command, end, names) if command else _acting(sheet, colon + 2, end, names)
    return told if told and sheet.flat[told.rest : end].strip(" .;:") else None


def heading(sheet: Sheet, start: int, end: int, names: Names, *, strict: bool = False) -> Told | None:
    """The bodies when the clause is nothing but a heading that names them ("7. Đề nghị Ủy ban …")."""
    command = _command(sheet, start, end, names)
    found = bodies.heading(sheet, command.end(), end, names.known, strict=strict) if command else None
    if command and found:
        return Told(found.phrases, end, _modality(command), True, True)
    topic = _TOPIC.match(sheet.flat, start, end)
    found = bodies.heading(sheet, topic.end() if topic else start, end, names.known, strict=strict)
    return Told(found.phrases, end, colon=True) if found else None


def inform(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """ "UBND tỉnh thông báo để … biết, …"; "thông báo kết luận của … đến các đơn vị biết, thực hiện"."""
    said = _INFORM.match(sheet.flat, start, end)
    told = bodies.read(sheet, said.end(), end, names.known) if said else None
    if told and _KNOW.match(sheet.plain, told.end, end):
        return Told(told.phrases, told.end, ORDER, commanded=True)
    for to in _TO.finditer(sheet.flat, said.end() - 1, min(end, said.end() + 200)) if said else ():
        named = bodies.read(sheet, to.end(), end, names.known)
        if named:
            return Told(named.phrases, named.end, ORDER, commanded=True)
    return None


def within(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """Who is ordered or asked anywhere in a prose paragraph ("Thực hiện …, UBND tỉnh giao Sở Y tế …")."""
    for command in _spoken(_ANY_COMMAND, sheet, start, end):
        told = _commanded(sheet, command, end, names)
        if told and not names.speaks(told.lead):
            return told
    return None


def last_within(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """The last order or request of the sentence before a list; its bodies may be missing ("UBND tỉnh yêu cầu:")."""
    for sentence in _SENTENCE.finditer(sheet.flat, start, end):
        start = sentence.end()
    commands = list(_spoken(_ANY_DIRECTION, sheet, start, end))
    if not commands:
        return None
    command = next((one for one in reversed(commands) if not one["direct"]), commands[-1])
    told = _commanded(sheet, command, end, names)
    for earlier in commands:  # "yêu cầu A, B và đề nghị C": one sentence tells them all
        more = _commanded(sheet, earlier, end, names) if earlier.start() < command.start() else None
        if more and more.rest > command.start() and not names.speaks(more.lead):
            return more
    nobody = Told((), command.end(), _modality(command), commanded=True)
    return told if told and not names.speaks(told.lead) else nobody


def _spoken(pattern: re.Pattern[str], sheet: Sheet, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs of ordering that are the letter's own, not reported of others."""
    for command in pattern.finditer(sheet.flat, start, end):
        if not _REPORTED.search(sheet.flat[max(start, command.start() - 24) : command.start()]):
            yield command


def in_sentence(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """Who a later part begins to order: "Mới đạt 60%. Đề nghị các địa phương …", "Riêng quý I, đề nghị …"."""
    for sentence in _PART.finditer(sheet.flat, start, end):
        command = _command(sheet, sentence.end(), end, names)
        told = _commanded(sheet, command, end, names) if command else None
        if told:
            return told
    return None


def late_subject(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """The subject behind an adverbial that opens the sentence, or the senders of a document that is asked for.

    "Trước ngày …, Sở Y tế báo cáo"; "Kết thúc …, các đơn vị báo cáo"; "Kế hoạch … của các đơn vị gửi về UBND tỉnh".
    """
    if _ADVERBIAL.match(sheet.plain, start, end):
        stop = _BREAK.search(sheet.flat, start, min(end, start + _REACH))
        for joint in _LATE.finditer(sheet.flat, start + 8, stop.start() if stop else min(end, start + _REACH)):
            if _PAST.search(sheet.plain, start, joint.start()):
                break
            found = bodies.read(sheet, joint.end(), end, names.known)
            if found and not names.speaks(found.phrases) and _acts(sheet, found.end, end):
                return Told(found.phrases, found.end)
    for of in _OF.finditer(sheet.flat, start, min(end, start + _REACH // 2)):
        found = bodies.read(sheet, of.end(), end, names.known)
        if found and _SENDS.match(sheet.plain, found.end, end):
            return Told(found.phrases, found.end)
    return None


def first_later(sheet: Sheet, start: int, end: int, names: Names) -> Told | None:
    """Behind an adverbial that opens the sentence, whoever is told first: "Đối với đề nghị …, giao Sở A chủ trì"."""
    late = late_subject(sheet, start, end, names)
    ordered = in_sentence(sheet, start, end, names) if late and _ADVERBIAL.match(sheet.plain, start, end) else None
    return min((told for told in (ordered, late) if told), key=lambda told: told.rest, default=None)


def _acts(sheet: Sheet, place: int, end: int) -> bool:
    place += sheet.flat[place : place + 1] == " "
    return sheet.flat[place : place + 1].islower() and bool(_ACTS.match(sheet.plain, place, end))


def together(sheet: Sheet, start: int, end: int, names: Names) -> tuple[str, ...]:
    """The bodies behind "phối hợp với", as written, each once."""
    once: dict[str, str] = {}
    beside = _BESIDE.match(sheet.plain, start, end)
    first = bodies.read(sheet, beside.end(), end, names.known) if beside else None
    once.update((bare(phrase), phrase) for phrase in (first.phrases if first else ()))
    for found in _TOGETHER.finditer(sheet.plain, start, end):
        place = found.end()
        plainly = (
            found["joint"]
            or found["beside"]
            or not sheet.flat[place : place + 1].islower()
            or sheet.plain.startswith("cac ", place)
        )
        named = bodies.read(sheet, place, end, names.known) if plainly else None
        for phrase in named.phrases if named else ():
            once.setdefault(bare(phrase), phrase)
    return tuple(once.values())
