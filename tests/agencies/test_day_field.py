"""Days and texts as people type and paste them."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agencies.forms import DayField, DayForm, TextField

TODAY = date(2023, 2, 20)


class _Form(DayForm):
    day = DayField(required=False)


def day_of(typed: str) -> date | None:
    form = _Form({"day": typed}, today=TODAY)
    assert form.is_valid(), form.errors
    return form.cleaned_data["day"]


def sentence_for(typed: str) -> str:
    form = _Form({"day": typed}, today=TODAY)
    assert not form.is_valid()
    return str(form.errors["day"][0])


@pytest.mark.parametrize(
    "typed",
    [
        "27/3/2023",
        "27/03/2023",
        "27-3-23",
        "27.3.2023",
        " 27 / 3 / 2023 ",
        "ngày 27 tháng 3 năm 2023",
        unicodedata.normalize("NFD", "Ngày 27 tháng 3 năm 2023"),
    ],
)
def test_a_day_is_understood_however_it_is_written(typed):
    assert day_of(typed) == date(2023, 3, 27)


@pytest.mark.parametrize("typed", ["hôm nay", "Hôm nay", "hom nay", unicodedata.normalize("NFD", "hôm nay")])
def test_today_can_be_written_in_words(typed):
    assert day_of(typed) == TODAY


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_day_that_is_not_asked_for_may_stay_blank(typed):
    assert day_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["mai", "2023", "27/3", "27/3/202", "3/27/0023", "27//2023", "2023-03-27", "1/1/3023", "27/3/2023 08:00"]
)
def test_what_is_no_day_gets_the_form_to_follow(typed):
    assert sentence_for(typed) == "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 27/3/2023"


@pytest.mark.parametrize(
    ("typed", "named"), [("31/2/2023", "31/2/2023"), ("29-2-23", "29/2/2023"), ("0.5.2023", "0/5/2023")]
)
def test_a_day_the_calendar_does_not_have_is_named(typed, named):
    assert sentence_for(typed) == f"Không có ngày {named}. Kiểm tra lại ngày và tháng"


def test_a_day_that_is_asked_for_says_how_to_write_it():
    with pytest.raises(ValidationError, match="ví dụ 27/3/2023"):
        DayField().clean("")


def test_a_day_is_shown_with_two_digits_and_what_was_typed_is_kept():
    assert 'value="05/03/2023"' in str(_Form(initial={"day": date(2023, 3, 5)}, today=TODAY)["day"])
    assert 'value="31/2/2023"' in str(_Form({"day": "31/2/2023"}, today=TODAY)["day"])


def test_without_a_clock_today_is_not_guessed():
    with pytest.raises(ValidationError):
        DayField().clean("hôm nay")


def test_text_is_stored_as_nfc_with_plain_line_ends_and_nothing_invisible():
    pasted = unicodedata.normalize("NFD", "Đã ban hành\r\nkế\u00ad hoạch\u200b\x00\x07 số 91")
    assert TextField().clean(pasted) == "Đã ban hành\nkế hoạch số 91"


def test_text_of_invisible_characters_only_counts_as_blank():
    with pytest.raises(ValidationError) as refused:
        TextField(error_messages={"required": "Nhập kết quả đã thực hiện"}).clean("\u200b \x00")
    assert refused.value.messages == ["Nhập kết quả đã thực hiện"]


def test_text_that_is_too_long_says_by_how_much():
    field = TextField(label="Kết quả", max_length=2000)
    assert field.clean("ộ" * 2000) == "ộ" * 2000
    with pytest.raises(ValidationError) as refused:
        field.clean("ộ" * 2035)
    assert refused.value.messages == ["Kết quả dài quá 2.000 ký tự (thừa 35 ký tự)"]


def test_length_is_counted_after_decomposed_letters_are_joined():
    assert TextField(max_length=3).clean(unicodedata.normalize("NFD", "ộộộ")) == "ộộộ"
