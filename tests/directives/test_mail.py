"""What messages say: Vietnamese, worst first, with the letter, the day and the way to the assignment."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from agencies.models import Agency, User
from directives import mail
from directives.models import Assignment, HistoryEntry, Notice, NoticeKind
from directives.states import Verb
from tests.directives.policies import lay_down
from tests.factories import TODAY, AssignmentFactory, DirectiveFactory, LetterFactory


def message(kind: NoticeKind, person: User, *assignments: Assignment, on: date = TODAY) -> tuple[str, str]:
    """Subject and text of an unsaved notice."""
    notice = Notice(recipient=person, kind=kind, occasion=on, message_id="<thu-1@langson.example>")
    written = mail.message_for(notice, assignments, on=on)
    return str(written.subject), str(written.body)


@pytest.fixture
def late(stp: Agency) -> Assignment:
    directive = DirectiveFactory.create(
        letter=LetterFactory.create(number="12"), position=1, title="Tham mưu phương án kinh phí"
    )
    return AssignmentFactory.create(agency=stp, directive=directive, due_on=date(2023, 2, 15))


@pytest.fixture
def soon(stp: Agency) -> Assignment:
    directive = DirectiveFactory.create(position=2, title="Cung cấp tài liệu tuyên truyền")
    return AssignmentFactory.create(agency=stp, directive=directive, due_on=TODAY + timedelta(days=3))


def test_a_late_assignment_is_chased_with_its_day_and_a_day_to_answer(an: User, late: Assignment) -> None:
    subject, text = message(NoticeKind.REMINDER, an, late)
    assert subject == "Đỏ đặc biệt – Đôn đốc: «Tham mưu phương án kinh phí» – hạn 15/02/2023, quá hạn 5 ngày"
    assert "Hạn 15/02/2023, quá hạn 5 ngày." in text
    assert "Công văn 12/UBND-KGVX ngày 05/01/2023, mục 2.1." in text
    assert f"http://127.0.0.1:8000/viec/{late.pk}/" in text
    assert "Đề nghị cập nhật trước 17:00 ngày 22/02/2023." in text


def test_a_coming_deadline_is_a_reminder(an: User, soon: Assignment) -> None:
    subject, text = message(NoticeKind.REMINDER, an, soon)
    assert subject == "Nhắc hạn: «Cung cấp tài liệu tuyên truyền» – hạn 23/02/2023, còn 3 ngày"
    assert "Đôn đốc" not in text


def test_the_due_day_itself_is_named_so(an: User, soon: Assignment) -> None:
    subject, _ = message(NoticeKind.REMINDER, an, soon, on=TODAY + timedelta(days=3))
    assert subject.endswith("hạn 23/02/2023, đến hạn hôm nay")


def test_a_digest_counts_and_puts_the_worst_first(an: User, late: Assignment, soon: Assignment) -> None:
    subject, text = message(NoticeKind.REMINDER, an, soon, late)
    assert subject == "Đỏ đặc biệt – Đôn đốc: 1 nhiệm vụ quá hạn, 1 nhiệm vụ sắp đến hạn"
    assert text.index("1. Tham mưu") < text.index("2. Cung cấp")


def test_days_are_those_of_the_day_of_sending(an: User, late: Assignment) -> None:
    subject, _ = message(NoticeKind.REMINDER, an, late, on=TODAY + timedelta(days=2))
    assert subject.endswith("quá hạn 7 ngày")


def test_a_day_to_answer_skips_the_weekend(an: User, late: Assignment) -> None:
    _, text = message(NoticeKind.REMINDER, an, late, on=date(2023, 2, 24))  # a Friday
    assert "trước 17:00 ngày 28/02/2023" in text


def test_an_assignment_is_announced_with_its_letter(an: User, late: Assignment) -> None:
    subject, text = message(NoticeKind.ASSIGNED, an, late)
    assert subject.startswith("Giao nhiệm vụ: 1 nhiệm vụ theo công văn 12/UBND-KGVX – tăng cường công tác")
    assert "công văn 12/UBND-KGVX ngày 05/01/2023 về tăng cường công tác truyền thông chính sách" in text


def test_a_letter_without_number_and_day_keeps_its_blanks(an: User, stp: Agency) -> None:
    letter = LetterFactory.create(number="", issued_on=None, effective_on=date(2023, 1, 1))
    _, text = message(NoticeKind.ASSIGNED, an, AssignmentFactory.create(agency=stp, directive__letter=letter))
    assert "công văn …/UBND-KGVX tháng 01/2023 về" in text


def test_a_returned_assignment_comes_with_the_offices_reason(
    an: User, dung: User, late: Assignment, now: datetime
) -> None:
    letter = late.directive.letter
    for hour, words in enumerate(["cũ", "Thiếu <báo cáo> & số liệu"]):
        HistoryEntry.objects.create(
            letter=letter, assignment=late, verb=Verb.RETURN, actor=dung, at=now + timedelta(hours=hour), note=words
        )
    subject, text = message(NoticeKind.RETURNED, an, late)
    assert subject == "Trả lại, cần bổ sung: «Tham mưu phương án kinh phí»"
    assert "Lý do: Thiếu <báo cáo> & số liệu" in text


def test_a_confirmation_names_what_is_done(an: User, late: Assignment) -> None:
    subject, text = message(NoticeKind.CONFIRMED, an, late)
    assert subject == "Đã xác nhận hoàn thành: «Tham mưu phương án kinh phí»"
    assert "quá hạn" not in text


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_is_plain_composed_text_in_one_subject_line(an: User, late: Assignment, kind: NoticeKind) -> None:
    late.directive.title = "Rà soát\nvăn bản & <hướng dẫn>"
    subject, text = message(kind, an, late)
    assert "\n" not in subject
    assert "&amp;" not in subject + text
    assert unicodedata.is_normalized("NFC", subject + text)
    assert "\n\n\n" not in text
    assert max(map(len, text.splitlines())) < 900


def test_a_title_as_long_as_allowed_leaves_the_subject_readable(an: User, late: Assignment) -> None:
    late.directive.title = "Ă" * 300
    subject, _ = message(NoticeKind.REMINDER, an, late)
    assert len(subject) < 160


def test_the_html_part_says_the_same_with_the_titles_as_links(an: User, late: Assignment, soon: Assignment) -> None:
    late.directive.title = "Rà soát <văn bản> & «hướng dẫn»"
    notice = Notice(recipient=an, kind=NoticeKind.REMINDER, occasion=TODAY, message_id="<thu-1@langson.example>")
    part, kind = mail.message_for(notice, [soon, late], on=TODAY).alternatives[0]
    html = str(part)
    assert kind == "text/html"
    title = "Rà soát &lt;văn bản&gt; &amp; «hướng dẫn»"
    assert f'<a href="http://127.0.0.1:8000/viec/{late.pk}/"><strong>{title}</strong></a>' in html
    assert '<strong class="late">Hạn 15/02/2023, quá hạn 5 ngày.</strong>' in html
    assert html.index("Rà soát") < html.index("Cung cấp tài liệu")
    assert html.startswith('<!doctype html>\n<html lang="vi">')
    assert "http://" not in html.replace("http://127.0.0.1:8000/viec/", "")  # nothing is fetched, nobody is tracked


def test_a_reminder_names_the_policy_it_goes_by(an: User, late: Assignment) -> None:
    words = "trước hạn 7 và 3 ngày, đúng ngày đến hạn, quá hạn 1, 3 và 5 ngày."
    assert f"Gửi theo chính sách nhắc hạn mặc định: {words}" in message(NoticeKind.REMINDER, an, late)[1]
    lay_down(since=date(2023, 1, 9))
    text = message(NoticeKind.REMINDER, an, late)[1]
    assert f"Gửi theo chính sách nhắc hạn số 1, áp dụng từ 09/01/2023: {words}" in text
    assert "chính sách nhắc hạn" not in message(NoticeKind.ASSIGNED, an, late)[1]


def test_a_link_leads_to_signing_in_and_from_there_straight_to_the_assignment(an: User, late: Assignment) -> None:
    an.set_password("Mat-khau-thu-nghiem-1")
    an.save()
    address = message(NoticeKind.REMINDER, an, late)[1].partition("http://127.0.0.1:8000")[2].partition("\n")[0]
    browser = Client()
    sign_in = browser.get(address)
    assert sign_in.headers["Location"] == f"/dang-nhap/?next={address}"
    fields = {"username": "an", "password": "Mat-khau-thu-nghiem-1"}
    answer = browser.post(sign_in.headers["Location"], fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_bodies_that_are_asked_are_asked_in_the_offices_words(late: Assignment, an: User) -> None:
    lay_down(asking="Kính đề nghị")
    Agency.objects.filter(pk=late.agency_id).update(is_subordinate=False)
    late.agency.refresh_from_db()
    subject, text = message(NoticeKind.REMINDER, an, late)
    assert subject.startswith("Kính đề nghị quan tâm thực hiện: «Tham mưu")
    assert "Kính đề nghị quý cơ quan quan tâm thực hiện nhiệm vụ sau đây" in text
    assert "Kính đề nghị cập nhật trước 17:00" in text
    assert "lãnh đạo" not in text


def test_a_long_digest_lists_so_many_and_leads_to_the_rest(
    an: User, stp: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LISTED", 3)
    letter = LetterFactory.create()
    many = [
        AssignmentFactory.create(
            agency=stp, directive=DirectiveFactory.create(letter=letter), due_on=TODAY + timedelta(days=3)
        )
        for _ in range(5)
    ]
    subject, text = message(NoticeKind.REMINDER, an, *many)
    assert subject == "Nhắc hạn: 5 nhiệm vụ sắp đến hạn"
    assert text.count("/viec/") == 4
    assert "Còn 2 nhiệm vụ nữa, xem tại http://127.0.0.1:8000/viec/\n" in text
