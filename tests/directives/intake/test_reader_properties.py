"""What holds for any text: the reader never raises; what it proposes lies in the text, in order, without overlap."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directives import intake
from tests.directives.intake.directory import JANUARY_2023, langson
from tests.directives.intake.test_reader_letters import LETTERS
from tests.directives.intake.test_reader_seed import TEXT

# Pieces that letters are made of; put together at random they make the oddest letters.
_WORDS = (
    "Kính gửi:¦Nơi nhận:¦Số: 12/UBND-KT¦Số:      /TB-UBND¦V/v rà soát¦ngày tháng 01 năm 2023¦CÔNG ĐIỆN¦QUYẾT ĐỊNH:"
    "¦Điều 1. ¦I. ¦II. NHIỆM VỤ¦1. ¦2. ¦1.1. ¦a) ¦đ) ¦- ¦+ ¦* ¦(a) ¦; (b) ¦()¦Sở Nội vụ¦các sở, ban, ngành"
    "¦các sở: Nội vụ, Y tế¦UBND các huyện, thành phố¦và¦, ¦;¦:¦.¦./.¦chủ trì, phối hợp với¦yêu cầu¦đề nghị¦giao¦rà soát"
    "¦báo cáo¦trước ngày 30/6/2023¦định kỳ hằng tháng¦sau khi có hướng dẫn của Bộ Nội vụ"
    "¦trong 05 ngày làm việc kể từ ngày nhận¦Luật Báo chí năm 2016¦91/KH-UBND¦theo thời gian nêu tại khoản 1"
    "¦Đơn vị chủ trì: Sở Y tế¦\n¦\n\n¦\n\f¦|¦\t¦   ¦2\n¦(¦)¦“¦TM. ỦY BAN¦CHỦ TỊCH¦ngày 31/02/2023¦ngày 00/00/0000"
    "¦quý IX/2023¦năm 9999¦\u0300¦Ð¦\ufeff¦\u200b"
)
PIECES = st.sampled_from(_WORDS.split("¦"))
LETTERLIKE = st.lists(PIECES, max_size=80).map(" ".join) | st.lists(PIECES, max_size=80).map("".join)
WHOLE = st.sampled_from([path.read_text("utf-8") for path in LETTERS] + [TEXT])
CUT = st.tuples(WHOLE, st.integers(0, 4000), st.integers(1, 40)).map(
    lambda part: part[0][: part[1]] + part[0][part[1] + part[2] :]
)


def _glued(text: str, every: int, joint: str) -> str:
    """Every so many line ends are lost."""
    rows = text.split("\n")
    return "".join(row + (joint if number % every == 0 else "\n") for number, row in enumerate(rows, 1))


def _spoilt(text: str, places: list[int], marks: str) -> str:
    """What falls on a page: letters replaced here and there."""
    letters = list(text)
    for number, place in enumerate(places):
        letters[place % len(letters)] = marks[number % len(marks)]
    return "".join(letters)


def _crossed(one: str, two: str, rows: int) -> str:
    """The head of one letter on the body of another."""
    return "\n".join(one.split("\n")[:rows] + two.split("\n")[rows // 2 :])


def _deep(levels: int) -> str:
    """Numbers within numbers: 1., 1.1., 1.1.1. …"""
    return "\n".join(f"{'.'.join(['1'] * level)}. Sở Y tế rà soát:" for level in range(1, levels))


SPOILS = (
    "".join(map(chr, (0, 7, 11, 12, 27, 0x85, 0xA0, 0x2028, 0x200D, 0x202E, 0x301, 0xFFFD, 0x1F600))) + "|()/.:;-lO0"
)
HARMED = (
    st.builds(_glued, WHOLE, st.integers(1, 5), st.sampled_from(["", " ", "\t", "   "]))
    | st.builds(_spoilt, WHOLE, st.lists(st.integers(0, 5000), min_size=1, max_size=80), st.just(SPOILS))
    | st.builds(_crossed, WHOLE, WHOLE, st.integers(0, 40))
    | st.tuples(WHOLE, st.randoms(use_true_random=False)).map(
        lambda part: "\n".join(part[1].sample(part[0].split("\n"), part[0].count("\n") + 1))
    )
    | st.builds(_deep, st.integers(2, 60))
)
ANY = st.text(max_size=600) | LETTERLIKE | CUT | HARMED


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY)
@example("")
@example("\n")
@example("1.\n2.\n3.")
@example("Kính gửi:")
@example("Nơi nhận:")
@example("V/v")
@example("Số: /")
@example("ngày 99 tháng 99 năm 0000")
@example("trong quý I/0000")
@example("các sở:")
@example("các sở, ban, ngành \ufeff")
@example("(a)" * 50)
@example("\x00\x01\ud7ff\U0010ffff")
def test_any_text_reads_without_a_fault(text: str) -> None:
    reading = intake.read_text(text)
    assert unicodedata.is_normalized("NFC", reading.text)
    last = 0
    for found in reading.directives:
        assert last <= found.start < found.end <= len(reading.text)
        assert reading.text[found.start].strip() and reading.text[found.end - 1].strip()
        last = found.end
    json.dumps(reading.as_json())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LETTERLIKE | CUT | HARMED)
def test_so_it_does_with_a_directory(text: str) -> None:
    reading = intake.read_text(text, directory=langson(), on=JANUARY_2023)
    for found in reading.directives:
        for party in (*found.lead, *found.support):
            assert party.phrase.strip()
            assert party.resolution.certainty in ("certain", "group", "candidates", "open", "unknown")
            assert (party.resolution.certainty == "certain") <= (len(party.resolution.codes) == 1)


@settings(max_examples=60, deadline=None)
@given(CUT | HARMED)
def test_reading_twice_gives_the_same(text: str) -> None:
    once = intake.read_text(text)
    assert intake.read_text(once.text).as_json() == once.as_json()
