"""The head of a letter: number, notation, place and day, issuer, kind, subject (NĐ 30/2020, Phụ lục I, mục I–II)."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import columns, kinds
from .lines import Line
from .sheet import LOWER, UPPER, Span, bare, squeeze
from .zones import is_opening

_BLANK = r"[\s_.\-]*"
_MOTTO = re.compile(r"dang\s+cong\s+san\s+viet\s+nam|cong\s+hoa\s+xa\s+h\w{1,2}\s+chu\s+nghia\s+viet\s+nam")
_INDEPENDENCE = re.compile(r"doc\s+lap\s*\W{0,3}\s*tu\s+do\s*\W{0,3}\s*h\w{2,3}h\s+phuc")
_DAY = re.compile(
    r",?\s*ngay\s*(?P<day>\S{0,6}?)\s*thang?\s*(?P<month>\S{0,6}?)\s*nam(?:\s*(?P<year>\d{4})|(?=[\s_.…]*$))",
    re.MULTILINE,
)
_PLACE = re.compile(rf"(?:(?:\bT[Pp]\.?|(?<![{LOWER}{UPPER}])[{UPPER}][{LOWER}]+|phố)(?:\s+|\s*[-–]\s*|$)){{1,6}}$")

_NUMBER_LINE = re.compile(r"s[oa]\s?[:.,;]?\s*(?=[^\n]{0,40}[/-])")
_NUMBER = re.compile(r"(?P<number>[^/]{0,30}?)\s*/+\s*(?P<notation>\S+(?:(?<=[-–])\s?\S+|\s[-–]\s?\S+)*)")
_PARTY_NUMBER = re.compile(r"(?P<number>\d*)\s*[-–]\s*(?P<notation>[A-ZĐ][A-Za-zĐđ]*/\S+)")
_TITLE_NUMBER = re.compile(r"\bso\s*:?\s*(?P<all>\d+\S*/\S+)")

_ABOUT = re.compile(r"\W*(?:v\s?/\s?v\W*|ve viec\s+|ve viet\s+|ve\s+)")
_RE = re.compile(r"\W*(?:v\s?/\s?v\b|ve viec\b|vv:)")
_BY_LINE = re.compile(r"\W*(?:cua\b.*|ngay\s+\d.*|so\s*:?\s*\d+/.*)$")

# The nouns an issuer's own line begins with; a line that begins otherwise continues the one above it.
_ISSUERS = re.compile(
    r"(?:so|cuc|chi cuc|tong cuc|van phong|vp|ban|bo|trung tam|truong|phong(?!\W+chong)|cong an|thanh tra|uy ban"
    r"|ubnd|hdnd|hoi dong"
    r"|hoi|doan|thu tuong|chinh phu|tong cong ty|cong ty|vien|kho bac|bao hiem|dai|bao|bcd|benh vien|lien doan"
    r"|tong lien doan"
    r"|tinh uy|thanh uy|huyen uy|dang uy|dang bo|vu|toa an|ngan hang|mttq|uy ban mat tran|hiep hoi|hoc vien"
    r"|tap doan|bo chi huy"
    r"|bo tu lenh|kiem toan|vien kiem sat|to cong tac|quy|sơ)\b"
)
_LETTER = re.compile(r"[^\n]")
_PLACE_LENGTH = 60
_YEARS = (1945, 2100)  # letters of this state


@dataclass(frozen=True)
class Number:
    """`Số: 125/UBND-KGVX`; either part may be blank."""

    number: str | None = None
    notation: str | None = None


@dataclass(frozen=True)
class Date:
    """Place and day of issue; the day is None when it is blank or unreadable; the year is known more often."""

    place: str | None = None
    day: datetime.date | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Piece:
    """A run of text in one column of a head line."""

    text: str
    line: Line
    right: bool = False

    @property
    def plain(self) -> str:
        return bare(self.text)


class Head:
    """Reads the head's lines once; each property is one field."""

    def __init__(self, lines: Sequence[Line]) -> None:
        runs = columns.arranged(lines)
        self.date, rows = _read_date([run.text for run in runs])
        cleaned = zip(runs, map(_clean, _without_motto(rows)), strict=False)
        self._pieces = _rejoined(
            [Piece(text, run.line, run.right) for run, text in cleaned if text and not kinds.is_urgency(text)]
        )
        self._title = next((at for at, piece in enumerate(self._pieces) if kinds.of_title(piece.text)), None)
        self.number, self._number_at = _read_number(self._pieces)

    @property
    def kind(self) -> str:
        """By notation, else by title, else a letter (the only kind without a title)."""
        titled = kinds.of_title(self._pieces[self._title].text) if self._title is not None else None
        return kinds.of_notation(self.number.notation) or titled or kinds.LETTER

    @property
    def issuer(self) -> str | None:
        """The issuing body as printed; the parent body's lines are left out."""
        stop = self._number_at if self._number_at is not None else self._title
        rows = [piece.text for piece in self._pieces[:stop] if _is_capitals(piece.text)]
        if not rows or (self._title is not None and stop == self._title and not rows):
            return self._issuer_in_title()
        own = max((at for at, row in enumerate(rows) if _ISSUERS.match(_clean(bare(row)))), default=0)
        own -= own > 0 and kinds.is_head(rows[own - 1])
        return _clean(squeeze(" ".join(_clean(row) for row in rows[own:]))) or None

    def _issuer_in_title(self) -> str | None:
        """ "CHỈ THỊ CỦA BỘ … SỐ 07/2008/CT-…": how older collections print the head."""
        for piece in self._pieces:
            found = re.match(r"\W*cua\s+(?P<issuer>.+?)\s+so\s*:?\s*\d", piece.plain)
            if found:
                return piece.text[found.start("issuer") : found.end("issuer")]
        return None

    @property
    def subject(self) -> str | None:
        """Trích yếu, without "V/v"."""
        at = next((at for at, piece in enumerate(self._pieces) if _RE.match(piece.plain)), None)
        rows = self._rows_from(at) if at is not None else self._rows_after_title()
        text = squeeze(" ".join(rows)).strip("* ")
        text = text[_end(_ABOUT.match(bare(text))) :].strip()
        return text.rstrip(" .;*") or None

    def _rows_from(self, at: int) -> list[str]:
        first = self._pieces[at]
        rows = [first.text]
        for piece in self._pieces[at + 1 :]:
            beside = piece.right != first.right or piece.line.column > first.line.column
            if beside or self._is_issuer(piece) or self._ends_subject(piece, rows[-1]):
                break
            rows.append(piece.text)
        return rows

    def _rows_after_title(self) -> list[str]:
        if self._title is None:
            return []
        rows: list[str] = []
        for piece in self._pieces[self._title + 1 :]:
            if not rows and _BY_LINE.match(piece.plain):
                continue
            if (rows and self._ends_subject(piece, rows[-1])) or self._is_issuer(piece):
                break
            if kinds.of_title(piece.text) or (rows and is_opening(piece.line) and not _is_capitals(piece.text)):
                break
            rows.append(piece.text)
        return rows

    def _is_issuer(self, piece: Piece) -> bool:
        """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …" above a decision's grounds."""
        issuer = bare(self.issuer or "")
        return bool(issuer) and _is_capitals(piece.text) and piece.plain.strip("* ").endswith(issuer)

    def _ends_subject(self, piece: Piece, last: str) -> bool:
        goes_on = piece.text[:1].islower() or last.rstrip().endswith((",", "-"))
        return (
            (piece.line.gap > 0 and not goes_on)
            or kinds.of_title(piece.text) is not None
            or piece.text.startswith("(")
            or bool(_NUMBER_LINE.match(piece.plain))
        )


def _read_date(rows: Sequence[str]) -> tuple[Date, list[str]]:
    """Place and day, which may stand over two rows; and the rows without them."""
    text = "\n".join(rows)
    found = _DAY.search(bare(text))
    if not found:
        return Date(), list(rows)
    own = text.rfind("\n", 0, found.start()) + 1
    left = own if text[own : found.start()].strip() else max(0, own - _PLACE_LENGTH)
    place = _PLACE.search(text[max(left, found.start() - _PLACE_LENGTH) : found.start()])
    first = found.start() - len(place.group()) if place else found.start()
    month = int(found["month"]) if found["month"].isdecimal() and 1 <= int(found["month"]) <= 12 else None
    year = int(found["year"]) if found["year"] and _YEARS[0] <= int(found["year"]) <= _YEARS[1] else None
    day = _day(found["day"], found["month"], found["year"] or "")
    date = Date(squeeze(place.group()) if place else None, day, year, month)
    return date, _blanked(text, [(first, found.end())]).split("\n")


def _without_motto(rows: Sequence[str]) -> list[str]:
    """The state's name and motto, which may stand over two rows, become blanks."""
    text = "\n".join(rows)
    plain = bare(text)
    spans = sorted(found.span() for pattern in (_MOTTO, _INDEPENDENCE) for found in pattern.finditer(plain))
    return _blanked(text, spans).split("\n")


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """Blanks instead of the letters in `spans`; line ends stay."""
    parts, at = [], 0
    for first, last in spans:
        start = max(first, at)
        parts += [text[at:start], _LETTER.sub(" ", text[start:last])]
        at = max(last, at)
    return "".join([*parts, text[at:]])


def _day(day: str, month: str, year: str) -> datetime.date | None:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if _YEARS[0] <= date.year <= _YEARS[1] else None


def _rejoined(pieces: list[Piece]) -> list[Piece]:
    """A blank number leaves a gap inside its line: "Số:          /UBND-NC"."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last
            and last.line is piece.line
            and (piece.text.startswith("/") or re.fullmatch(r"s[oa]\s?[:.]?", last.plain))
        ):
            joined[-1] = Piece(f"{last.text} {piece.text}", piece.line, piece.right)
        else:
            joined.append(piece)
    return joined


def _read_number(pieces: Sequence[Piece]) -> tuple[Number, int | None]:
    for at, piece in enumerate(pieces):
        label = _NUMBER_LINE.match(piece.plain)
        if label and piece.text[0] == "S":
            rest = piece.text[label.end() :]
            found = _PARTY_NUMBER.match(rest) or _NUMBER.match(rest)
            if found:
                return _number(found["number"], found["notation"]), at
    for at, piece in enumerate(pieces):
        titled = _TITLE_NUMBER.search(piece.plain)
        if titled and _is_capitals(piece.text):
            whole = piece.text[titled.start("all") : titled.end("all")]
            return _number(*whole.split("/", 1)), None if at else at
    return Number(), None


def _number(number: str, notation: str) -> Number:
    """Handwriting leaves strokes around a number ("//74//UBND- KSTTHC")."""
    notation = re.split(r"(?i)v/v", notation)[0].strip(" /.,;:*")
    first, slash, rest = notation.partition("/")
    if not re.search(r"\w", number) and slash and re.search(r"\d", first) and len(first) <= 6:
        number, notation = first, rest.strip(" /")
    digits = re.sub(r"^\W+|\W+$", "", number)
    return Number(digits if re.search(r"\d", digits) else None, notation or None)


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def _clean(text: str) -> str:
    return text.strip(" *_-–—.:;|")


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
