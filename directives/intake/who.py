"""Who is told, by whom, and with whom: the subject of a clause, the verb that governs it, the bodies it is done with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import bodies, wording
from .bodies import Bodies
from .sheet import Sheet, bare

ORDER, REQUEST = "order", "request"

_I = re.IGNORECASE
_VERBS = rf"(?P<request>{wording.any_of(wording.REQUESTS)})|(?P<order>{wording.any_of(wording.ORDERS)})"
_ISSUER = r"(?:(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|chủ tịch|phó chủ tịch|thủ tướng|bộ trưởng|giám đốc|văn phòng|sở|bộ|ban)\b[^.;:,]{0,70}?\s)?"
_COMMAND = re.compile(rf"(?:\d+\.\s*)?{_ISSUER}(?:{_VERBS})(?:\s+(?:đối với|với|tới|đến))?\s*:?\s+", _I)
_ANY_COMMAND = re.compile(rf"\b(?:{_VERBS})\s*:?\s+", _I)
# "theo đề nghị của Sở …" asks nobody; "được giao", "đã yêu cầu" tell what was done.
_REPORTED = re.compile(
    r"(?:\b(?:theo|xét|có|các|những|của|tại|văn bản|công văn|tờ trình|được|đã|bàn|chuyển|nội dung|vấn đề|sự|phân|nhiệm vụ|chỉ tiêu|đáp ứng|kiến nghị và|khi|nếu|thẩm quyền|tổng hợp,?|để)\s*)$", _I
)
_TOPIC = re.compile(r"(?:trách nhiệm của|nhiệm vụ của|đối với|về phía|riêng đối với|riêng|trách nhiệm|các đồng chí|đồng chí)\s+", _I)
_INFORM = re.compile(r"(?:vậy,?\s*)?(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|văn phòng|sở|chủ tịch|bộ)?[^.;:]{0,60}?\bthông báo\s+(?:để|đến|tới|cho)\s+", _I)
_TOGETHER = re.compile(
    r"\bphoi\.?\s+hop(?:\s*,?\s*(?:chat che|cung|ho tro|tot|hieu qua|dong bo|thuong xuyen|kip thoi|tich cuc|chu dong|va))*\s*(?:(?:voi|cung(?:\s+voi)?|cua)\s+)?"
)
_WITH = re.compile(r"(?:voi|cung|cua)\s+$")
# A named subject behind an opening adverbial: "Trước ngày …, Sở Y tế báo cáo"; "Kết thúc …, các đơn vị báo cáo".
_ADVERBIAL = re.compile(r"\W*(?:can cu|tren co so|truoc|cham nhat|dinh ky|trong|sau|ket thuc|khi|de|nham|hang|theo|thuc hien|truong hop|ngay|voi|doi voi|ve|tu)\b")
_SENDS = re.compile(r"\bgui\s+(?:ve|den|cho|so|ubnd|uy ban|van phong|bo)\b")
_STATE = re.compile(r"\s*(?:đã|đang|được|là|bị|vẫn|còn|có\s+(?:ý kiến|văn bản|tờ trình|báo cáo|công văn))\b")

_GENERIC = re.compile(
    r"(?:thu truong\s+|lanh dao\s+|nguoi dung dau\s+)?(?:cac\s+|quy\s+)?(?:co quan|don vi|dia phuong|to chuc|dong chi|noi|ban nganh|so nganh|dai bieu)"
    r"(?:\s*(?:,|va)\s*(?:cac\s+)?(?:co quan|don vi|dia phuong|to chuc|ca nhan|dong chi))*"
    r"(?:\s+(?:co lien quan|lien quan|neu tren|tren|truc thuoc|noi tren|trong tinh))?$"
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


def modality_of(match: re.Match[str]) -> str:
    return REQUEST if match["request"] else ORDER


def subject(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """Who the clause that begins at `start` speaks to, when it says so at its beginning."""
    command = _COMMAND.match(sheet.flat, start, end)
    if command:
        told = _commanded(sheet, command, end, known)
        if told:
            return told
    topic = _TOPIC.match(sheet.flat, start, end)
    found = bodies.read(sheet, topic.end() if topic else start, end, known)
    if not found:
        return None
    if _STATE.match(sheet.flat, found.end, end) or not _is_predicate(sheet, found, end):
        return None
    return Told(found.phrases, found.end, colon=found.colon)


def _is_predicate(sheet: Sheet, found: Bodies, end: int) -> bool:
    """Something must follow that can be done: a verb, a colon, or nothing at all (a heading)."""
    rest = sheet.flat[found.end : end].lstrip()
    return not rest or rest[0] in ":.,;" or rest[0].islower()


def _commanded(sheet: Sheet, command: re.Match[str], end: int, known: Sequence[str]) -> Told | None:
    found = bodies.read(sheet, command.end(), end, known)
    if not found:
        return None
    phrases, place = found.phrases, found.end
    more = re.compile(rf"\s*[,;]?\s*(?:{_VERBS})\s*:?\s+", _I).match(sheet.flat, place, end)
    also = bodies.read(sheet, more.end(), end, known) if more else None
    if also:
        phrases, place = phrases + also.phrases, also.end
    return Told(phrases, place, modality_of(command), sheet.flat[place : place + 1] == ":", commanded=True)


def heading(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """The bodies when the clause is nothing but a heading that names them ("7. Đề nghị Ủy ban …", "Trách nhiệm của …")."""
    command = _COMMAND.match(sheet.flat, start, end)
    topic = _TOPIC.match(sheet.flat, start, end)
    for place, modality in ((command.end() if command else None, modality_of(command) if command else None), (topic.end() if topic else start, None)):
        found = bodies.heading(sheet, place, end, known) if place is not None else None
        if found:
            return Told(found.phrases, end, modality, True, bool(modality))
    return None


def inform(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """ "UBND tỉnh thông báo để … biết, …"."""
    found = _INFORM.match(sheet.flat, start, end)
    named = bodies.read(sheet, found.end(), end, known) if found else None
    return Told(named.phrases, named.end, ORDER, commanded=True) if named else None


def within(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """Who is ordered or asked anywhere in a prose paragraph ("Thực hiện …, UBND tỉnh giao Sở Y tế …")."""
    for command in _ANY_COMMAND.finditer(sheet.flat, start, end):
        if _REPORTED.search(sheet.flat, max(start, command.start() - 24), command.start()):
            continue
        told = _commanded(sheet, command, end, known)
        if told and not _is_issuer(told.lead):
            return told
    return None


def last_within(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """The last order or request of a paragraph that introduces a list; its bodies may be missing ("UBND tỉnh yêu cầu:")."""
    for command in reversed(list(_ANY_COMMAND.finditer(sheet.flat, start, end))):
        if _REPORTED.search(sheet.flat, max(start, command.start() - 24), command.start()):
            continue
        told = _commanded(sheet, command, end, known)
        return told if told and not _is_issuer(told.lead) else Told((), command.end(), modality_of(command), commanded=True)
    return _bare_command(sheet, start, end)


def _bare_command(sheet: Sheet, start: int, end: int) -> Told | None:
    found = re.search(rf"(?:{_VERBS})\s*:?\s*$", sheet.flat[start:end], _I)
    return Told((), end, modality_of(found), commanded=True) if found else None


def late_subject(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """The subject behind an adverbial that opens the sentence, or the senders of a document that is asked for."""
    if _ADVERBIAL.match(sheet.plain, start, end):
        for joint in re.compile(r",\s+|\s+(?=các\s)").finditer(sheet.flat, start + 8, min(end, start + 400)):
            found = bodies.read(sheet, joint.end(), end, known)
            if found and _acts(sheet, found, end) and not _is_issuer(found.phrases):
                return Told(found.phrases, found.end)
    return _senders(sheet, start, end, known)


def _acts(sheet: Sheet, found: Bodies, end: int) -> bool:
    after = sheet.plain[found.end : end].lstrip()
    return bool(re.match(rf"(?:{wording.any_of(wording.VERBS)}|gui|lap|trinh|nop|co van ban|phai|to chuc)\b", after)) and sheet.flat[found.end] == " "


def _senders(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> Told | None:
    """ "Kế hoạch … của các cơ quan, đơn vị gửi về UBND tỉnh …"."""
    for of in re.compile(r"\bcủa\s+(?=các\s)").finditer(sheet.flat, start, min(end, start + 200)):
        found = bodies.read(sheet, of.end(), end, known)
        if found and _SENDS.match(sheet.plain, found.end, end):
            return Told(found.phrases, found.end)
    return None


def together(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> list[str]:
    """The bodies behind "phối hợp với", as written, each once."""
    once: dict[str, str] = {}
    for found in _TOGETHER.finditer(sheet.plain, start, end):
        joined = bool(_WITH.search(found.group()))
        named = bodies.read(sheet, found.end(), end, known)
        if named and (joined or not sheet.flat[found.end() : found.end() + 1].islower() or sheet.plain.startswith("cac ", found.end())):
            for phrase in named.phrases:
                once.setdefault(bare(phrase), phrase)
    return list(once.values())


def _is_issuer(phrases: Sequence[str]) -> bool:
    """The level that speaks in a province's letter; what is asked of it is reported, not ordered."""
    return all(re.fullmatch(r"(?:chu tich\s+)?(?:ubnd|uy ban nhan dan)(?:\s+(?:tinh|thanh pho|huyen))?", bare(one)) for one in phrases)
