"""Sửa nội dung: other words, number, day and signer; the figures stay."""

import re
from datetime import date
from html import unescape

import pytest

from reports.content.composing import compose
from reports.content.edition import Edition
from reports.models import Report, ReportKind, ReportState
from reports.snapshots import Snapshot
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "woken")]


@pytest.fixture
def draft(make_report, stp, dung):
    AssignmentFactory.create(agency=stp, overdue=True)
    return make_report(by=dung, state=ReportState.DONE)


def typed(browser, report, **changes):
    """What the form of the page sends when nothing but `changes` was typed."""
    form = browser.get(f"/bao-cao/{report.pk}/sua/").context["form"]
    return {name: "" if (value := form[name].value()) is None else str(value) for name in form.fields} | changes


def composed(report):
    report = Report.objects.get(pk=report.pk)
    return compose(Snapshot.from_data(report.snapshot), Edition.from_data(report.edition))


def test_an_officer_writes_other_words_and_the_file_is_made_again(draft, dung, client_of, woken):
    browser = client_of(dung)
    before = draft.snapshot
    words = {
        "ket-thuc": "Văn phòng UBND tỉnh kính báo cáo./.",
        "so": "7",
        "ngay": "5/3/2023",
        "nguoi_ky": "Vũ Hùng",
    }
    answer = browser.post(f"/bao-cao/{draft.pk}/sua/", typed(browser, draft, **words))
    assert answer.status_code == 302
    draft.refresh_from_db()
    now = composed(draft)
    assert now.text.closing == "Văn phòng UBND tỉnh kính báo cáo./."
    assert now.blanks == ("07", "05", "3")
    assert now.edition == Edition({"ket-thuc": (now.text.closing,)}, "7", date(2023, 3, 5), "", "Vũ Hùng")
    assert (draft.state, draft.snapshot, draft.content_key) == (ReportState.WAITING, before, None)
    assert woken == [draft.pk]
    edit = draft.edits.get()
    assert (edit.number, edit.by, edit.at, edit.edition) == (1, dung, NOW, draft.edition)


def test_saving_without_a_change_is_no_edit(draft, dung, client_of):
    browser = client_of(dung)
    assert browser.post(f"/bao-cao/{draft.pk}/sua/", typed(browser, draft)).status_code == 302
    draft.refresh_from_db()
    assert (draft.edition, draft.state, draft.edits.count()) == ({}, ReportState.DONE, 0)


def test_lines_are_paragraphs(draft, dung, client_of):
    browser = client_of(dung)
    browser.post(f"/bao-cao/{draft.pk}/sua/", typed(browser, draft, chung="Một.\r\n\r\n  Hai   dòng. "))
    assert composed(draft).text.parts[0].paragraphs == ("Một.", "Hai dòng.")


def test_somebody_else_saved_first_is_a_conflict_that_keeps_what_was_typed(draft, dung, client_of):
    browser = client_of(dung)
    stale = typed(browser, draft, **{"ket-thuc": "Bản của tôi./."})
    browser.post(f"/bao-cao/{draft.pk}/sua/", typed(browser, draft, **{"ket-thuc": "Bản trước./."}))
    answer = browser.post(f"/bao-cao/{draft.pk}/sua/", stale)
    assert answer.status_code == 409
    page = unescape(answer.content.decode())
    assert "Chưa lưu: báo cáo vừa được người khác sửa" in page
    assert "Trần Văn Dũng đã sửa lúc 08:00 ngày 20/02/2023" in page
    assert "Bản của tôi./." in page
    again = re.search(r'name="seen" value="(\d+)"', page)
    assert again is not None
    assert browser.post(f"/bao-cao/{draft.pk}/sua/", stale | {"seen": again[1]}).status_code == 302
    assert composed(draft).text.closing == "Bản của tôi./."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ket-thuc": "  "}, "Đoạn này không để trống được"),
        ({"ket-thuc": "x" * 20_001}, "Đoạn kết dài quá 20.000 ký tự (thừa 1 ký tự)"),
        ({"so": "1" * 21}, "Số dài quá 20 ký tự (thừa 1 ký tự)"),
        ({"ngay": "31/2/2023"}, "Không có ngày 31/2/2023"),
        ({"seen": "x"}, "Trang này đã cũ. Mở lại báo cáo rồi sửa lại"),
    ],
)
def test_a_faulty_form_is_answered_with_what_to_do(changes, sentence, draft, dung, client_of):
    browser = client_of(dung)
    answer = browser.post(f"/bao-cao/{draft.pk}/sua/", typed(browser, draft, **changes))
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert not draft.edits.exists()


def test_what_was_issued_cannot_be_edited(draft, dung, client_of):
    browser = client_of(dung)
    sent = typed(browser, draft, so="8")
    browser.post(f"/bao-cao/{draft.pk}/phat-hanh/", {"seen": 0})
    answer = browser.post(f"/bao-cao/{draft.pk}/sua/", sent, follow=True)
    assert "Báo cáo đã phát hành, không sửa được." in unescape(answer.content.decode())
    assert composed(draft).edition.number == ""


def test_an_agency_edits_its_own_report_only(make_report, stp, an, dung, client_of):
    AssignmentFactory.create(agency=stp)
    own, of_the_office = make_report(agency=stp, by=an, kind=ReportKind.OWN), make_report(agency=stp, by=dung)
    assert client_of(an).get(f"/bao-cao/{own.pk}/sua/").status_code == 200
    assert client_of(an).get(f"/bao-cao/{of_the_office.pk}/sua/").status_code == 404
    assert client_of(dung).get(f"/bao-cao/{own.pk}/sua/").status_code == 404
    assert client_of(dung).get(f"/bao-cao/{of_the_office.pk}/sua/").status_code == 200


def test_a_leader_does_not_edit(draft, giang, client_of):
    assert client_of(giang).get(f"/bao-cao/{draft.pk}/sua/").status_code == 403
