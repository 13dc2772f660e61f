"""Who speaks: the letter's issuer as the subject of its sentences, so that it is not taken for one who is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from . import wording
from .sheet import bare

_SPEAKER = (
    r"(?:(?:pho )?chu tich (?:thuong truc )?)?(?:ubnd|uy ban nhan dan|hdnd)(?: (?:{level}))?{name}"
    r"|thu tuong(?: chinh phu)?|(?:pho )?chu tich|pho thu tuong"
)
_OFFICE = r"|van phong (?:ubnd|uy ban nhan dan)(?: (?:{level}))?{name}"
_PLACE = re.compile(r"\b(?P<level>tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran)\s(?P<name>[a-z ]+)$")
# "Phó Chủ tịch UBND tỉnh Nguyễn Văn A": a family name, so no level of administration and no particle.
_PERSON = r" (?!(?:da|se|cac|tinh|huyen|xa|phuong|quan|thanh pho|thi xa|thi tran)\b)[a-z]+(?: [a-z]+){1,3}?"
_OPENING = r"(?:vay,? |do do,? |vi vay,? |ve (?:viec nay|van de nay|noi dung nay),? )?"
_VERBS = f"{wording.plain_words(wording.REQUESTS)}|{wording.plain_words(wording.ORDERS)}|(?:co y kien )?chi dao"


@dataclass(frozen=True)
class Names:
    """Bare names that are certain (addressees, the directory), and the letter's issuer as printed."""

    known: tuple[str, ...] = ()
    issuer: str = ""

    @cached_property
    def speaking(self) -> re.Pattern[str]:
        """The issuer, or the person who speaks for it, straight before a verb of ordering or asking."""
        speakers = self._speaker(_SPEAKER + _OFFICE)
        return re.compile(rf"{_OPENING}(?:{speakers})(?:{_PERSON})? (?=(?:{_VERBS})\b)")

    def speaks(self, phrases: Sequence[str]) -> bool:
        """Whether `phrases` name nobody but the issuer."""
        return all(self._whole.fullmatch(bare(one)) for one in phrases)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """An office of the issuer's may be told what to do; its own letters say what it does itself."""
        speakers = self._speaker(_SPEAKER + (_OFFICE if "van phong" in bare(self.issuer) else ""))
        return re.compile(rf"(?:{speakers})|(?=(?:pho )?chu tich )(?:{speakers}){_PERSON}")

    def _speaker(self, speakers: str) -> str:
        """ "UBND tỉnh" in a province's letter, "UBND huyện" in a district's; the issuer's own name; its head."""
        issuer = bare(self.issuer)
        place = _PLACE.search(issuer)
        level, name = (place["level"], rf"(?: {re.escape(place['name'])})?") if place else ("tinh|thanh pho", "")
        own = rf"|(?:giam doc |bo truong |truong ban |chanh van phong )?{re.escape(issuer)}" if issuer else ""
        return speakers.format(level=level, name=name) + own
