"""How sure the reader is of a proposal, and why, in sentences the officer reads."""

from collections.abc import Sequence

from . import due
from .drafts import Draft
from .due import Due
from .reading import Letter, Party, Proposal

_FULL = 0.97
_LEAST = 0.05

# Code → (what it costs, the sentence).
_LEAD_FROM = {
    "clause": (0.0, "Cơ quan chủ trì nêu ngay trong nội dung: {lead}"),
    "heading": (0.0, "Cơ quan chủ trì lấy từ tiêu đề mục: {lead}"),
    "attribute": (0.08, "Cơ quan chủ trì lấy từ dòng “Đơn vị chủ trì”: {lead}"),
    "opening": (0.08, "Nội dung không nêu cơ quan; lấy theo đoạn mở đầu: {lead}"),
    "addressees": (0.15, "Nội dung không nêu cơ quan; lấy theo nơi nhận ở “Kính gửi”: {lead}"),
    "nobody": (0.4, "Không tìm thấy cơ quan chủ trì"),
}
DOUBTS = {
    "no_verb": (0.2, "Nội dung không mở đầu bằng việc phải làm; có thể chỉ là thông tin"),
    "lists_parts": (0.12, "Các gạch đầu dòng bên dưới được hiểu là nội dung của nhiệm vụ này"),
    "attributes": (0.1, "Nhiệm vụ được ghép từ các dòng phân công bên dưới"),
}
_UNCERTAIN_BODY = (0.12, "Chưa xác định chắc chắn trong danh mục: {phrase}")
_UNKNOWN_BODY = (0.1, "Không có trong danh mục cơ quan: {phrase}")
_LONG_NAME = (0.25, "Tên cơ quan có thể lẫn nội dung công việc: {phrase}")
_LONGEST_NAME = 12  # syllables; names that long are in the directory
_WEAK_DATE = (0.1, "Ngày nêu trong nội dung có thể chỉ là ngày diễn ra sự việc: {phrase}")
_NO_YEAR = (0.1, "Thời hạn không ghi năm: {phrase}")
_NO_PERIOD = (0.1, "Ghi “định kỳ” nhưng không nêu kỳ báo cáo")


def of(
    draft: Draft, rule: Due, lead: Sequence[Party], support: Sequence[Party], *, looked_up: bool
) -> tuple[float, tuple[str, ...]]:
    """A figure between 0 and 1, and the reasons for it."""
    cost, sentence = _LEAD_FROM[draft.lead_from]
    reasons = [sentence.format(lead="; ".join(party.phrase for party in lead))]
    findings = [DOUBTS[doubt] for doubt in draft.doubts if doubt in DOUBTS] + _of_due(rule)
    if looked_up:
        findings += [_named(finding, party) for party in (*lead, *support) if (finding := _of_party(party))]
    total = cost + sum(weight for weight, _ in findings)
    return max(_LEAST, _FULL - total), (*reasons, *(text for _, text in findings))


def _of_due(rule: Due) -> list[tuple[float, str]]:
    phrase = rule.phrase or ""
    if rule.kind == due.DATE and rule.date is None:
        return [(_NO_YEAR[0], _NO_YEAR[1].format(phrase=phrase))]
    if rule.weak:
        return [(_WEAK_DATE[0], _WEAK_DATE[1].format(phrase=phrase))]
    return [_NO_PERIOD] if rule.kind == due.RECURRING and rule.period == "other" else []


def _of_party(party: Party) -> tuple[float, str] | None:
    if party.resolution.certainty == "unknown" and len(party.phrase.split()) > _LONGEST_NAME:
        return _LONG_NAME
    return {"candidates": _UNCERTAIN_BODY, "unknown": _UNKNOWN_BODY}.get(party.resolution.certainty)


def _named(finding: tuple[float, str], party: Party) -> tuple[float, str]:
    return finding[0], finding[1].format(phrase=party.phrase)


def warnings(letter: Letter, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Sentences about the letter as a whole."""
    found = []
    if not proposals:
        found.append("Không tìm thấy nhiệm vụ nào trong văn bản")
    if letter.issuer is None:
        found.append("Không đọc được cơ quan ban hành")
    if letter.notation is None:
        found.append("Không đọc được số, ký hiệu")
    return tuple(found)
