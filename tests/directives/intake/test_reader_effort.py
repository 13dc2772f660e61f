"""Long hostile texts: the work grows with the text's length, not with its square. Steps are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from directives import intake

# One kind of piece after another, as somebody would write who wants the reader to lose its way.
PIECES = {
    "blanks": "phối hợp   " + " " * 50,
    "commas": "các sở, ban, ngành, đơn vị, ",
    "ands": "Sở Nội vụ và ",
    "orders": "giao Sở Nội vụ ",
    "requests": "đề nghị ",
    "together": "phối hợp với ",
    "numbers": "\n1. Sở Nội vụ:",
    "nested numbers": "\n1. a:\n",
    "letters": "\na) rà soát;",
    "points": "(a) rà soát; ",
    "dashes": "\n- rà soát;",
    "brackets": "(((",
    "dates": "trước ngày 30/6/2023 ",
    "every month": "báo cáo hằng tháng ",
    "citations": "Kế hoạch số 91/KH-UBND ngày 25/4/2022 ",
    "half citations": "91/K-",
    "laws": "Luật Báo chí ",
    "references": "\n1. theo thời gian nêu tại khoản 1;",
    "mottos": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ",
    "number lines": "Số: ",
    "glue": "cụ thể như sau:1. Sở Nội vụ rà soátSở Y tế",
    "so so so": "số:số:",
    "rules": "\n-----",
    "page numbers": "\n\f2\n",
    "cells": "|a|",
    "capitals": "ỦY BAN NHÂN DÂN ",
    "closings": "./. ",
    "copies": "\nNơi nhận: ",
    "names": "Nguyễn Văn An ",
    "roles": "\n- Đơn vị chủ trì: Sở Nội vụ",
    "combining": "e\u0323\u0302",
}
HEAD = "Kính gửi: Sở Nội vụ\nChủ tịch UBND tỉnh yêu cầu:\n1. Sở Nội vụ "


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Counts the calls of Python functions and of C functions while it lasts."""
    steps = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        yield lambda: steps
    finally:
        sys.setprofile(None)


def effort(text: str) -> int:
    with counted() as steps:
        intake.read_text(text)
        return steps()


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_the_steps(piece: str) -> None:
    repeated = PIECES[piece]
    count = 3_000 // len(repeated) + 1
    effort(HEAD + repeated * count)  # what is compiled once is compiled now
    short, long = effort(HEAD + repeated * count), effort(HEAD + repeated * count * 4)
    assert long < 7 * short + 2_000


@pytest.mark.parametrize("piece", PIECES)
def test_a_hundred_thousand_letters_are_read_to_the_end(piece: str) -> None:
    """A pattern that backtracks does its work inside one step; it would not come back from this."""
    repeated = PIECES[piece]
    reading = intake.read_text(HEAD + repeated * (100_000 // len(repeated)))
    assert len(reading.text) >= 30_000
