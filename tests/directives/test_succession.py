"""An agency ends between two periods of a recurring report: whoever goes on for it gets the periods to come."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from directives.actions.handover import Way
from directives.actions.periods import open_periods
from directives.actions.succession import carry_on
from directives.deadlines import DueKind
from directives.models import AgencyChange, HistoryEntry, NoticeItem, Succession
from directives.states import NotAllowed, Status
from tests.factories import NOW, VIETNAM, AgencyFactory, AssignmentFactory, DirectiveFactory, UserFactory

pytestmark = [pytest.mark.django_db]
DECREE = "Nghị quyết số 04/NQ-HĐND ngày 18/02/2023"
LAST = date(2023, 2, 19)  # the window of February ends on the 14th: that of March had begun
NEXT = date(2023, 2, 20)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def heir():
    return AgencyFactory.create(short_name="Sở Pháp chế", valid_from=NEXT)


@pytest.fixture
def monthly(dung):
    return DirectiveFactory.create(
        label="1.3",
        letter__entered_by=dung,
        due_kind=DueKind.RECURRING,
        due_phrase="trước ngày 15 hằng tháng",
        due_details={"period": "month", "day": 15},
    )


@pytest.fixture
def ended(stp, monthly):
    """Sở Tư pháp has done its report of March early, and has ended."""
    stp.valid_to = LAST
    stp.save()
    return AssignmentFactory.create(directive=monthly, agency=stp, period="2023-03", done=True)


def way(to) -> Way:
    return Way(to, NEXT, DECREE)


def periods_of(directive, agency):
    return list(directive.assignments.filter(agency=agency).order_by("pk").values_list("period", flat=True))


def test_without_it_nobody_gets_the_periods_to_come(monthly, ended, stp):
    open_periods(now=at(date(2023, 4, 20)))
    assert periods_of(monthly, stp) == ["2023-03"]


def test_the_periods_to_come_open_for_the_successor(monthly, ended, stp, heir, dung):
    quyen = UserFactory.create(agency=heir)
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=NOW)
    assert periods_of(monthly, heir) == []  # April's has not begun
    open_periods(now=at(date(2023, 3, 15)))
    open_periods(now=at(date(2023, 3, 16)))
    assert (periods_of(monthly, stp), periods_of(monthly, heir)) == (["2023-03"], ["2023-04"])
    assert NoticeItem.objects.filter(notice__recipient=quyen, assignment__period="2023-04").exists()
    open_periods(now=at(date(2023, 5, 20)))
    assert periods_of(monthly, heir) == ["2023-04", "2023-05", "2023-06"]
    told = HistoryEntry.objects.get(directive=monthly, verb="carry-on")
    assert (told.note, told.details) == (DECREE, {"agency": ["Sở Tư pháp", "Sở Pháp chế"]})


def test_what_has_begun_meanwhile_opens_at_once(monthly, ended, stp, heir, dung):
    AssignmentFactory.create(directive=monthly, period="2023-04")  # another agency's: the clock has been here
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=at(date(2023, 4, 3)))
    assert periods_of(monthly, heir) == ["2023-04"]


def test_who_did_the_last_period_and_moved_along_does_the_next(monthly, ended, stp, heir, dung, an):
    ended.handler = an
    ended.save()
    an.agency = heir
    an.save()
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=at(date(2023, 3, 20)))
    assert monthly.assignments.get(agency=heir).handler == an


def test_a_successor_that_reports_already_reports_once(monthly, ended, stp, heir, dung):
    AssignmentFactory.create(directive=monthly, agency=heir, period="2023-03")
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=NOW)
    open_periods(now=at(date(2023, 4, 20)))
    assert periods_of(monthly, heir) == ["2023-03", "2023-04", "2023-05"]


def test_what_the_office_withdraws_from_the_successor_does_not_come_back(monthly, ended, stp, heir, dung):
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=at(date(2023, 3, 20)))
    monthly.assignments.filter(agency=heir).update(status=Status.WITHDRAWN)
    open_periods(now=at(date(2023, 6, 20)))
    assert periods_of(monthly, heir) == ["2023-04"]


def test_it_goes_on_to_the_successor_of_the_successor(monthly, ended, stp, heir, dung):
    third = AgencyFactory.create()
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=at(date(2023, 3, 20)))
    monthly.assignments.filter(agency=heir).update(status=Status.DONE, confirmed_at=NOW, stopped_on=NEXT)
    heir.valid_to = date(2023, 4, 30)
    heir.save()
    carry_on(heir, {monthly.pk}, Way(third, date(2023, 5, 1), DECREE), by=dung, now=at(date(2023, 5, 1)))
    open_periods(now=at(date(2023, 6, 1)))
    assert (periods_of(monthly, heir), periods_of(monthly, third)) == (["2023-04", "2023-05"], ["2023-06"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": Status.IN_PROGRESS, "confirmed_at": None, "stopped_on": None}, "còn kỳ đang mở"),
        ({"status": Status.WITHDRAWN}, "còn kỳ đang mở"),
        ({"period": "", "status": Status.DONE}, "còn kỳ đang mở"),
    ],
)
def test_only_what_was_left_between_two_periods_goes_on(monthly, ended, stp, heir, dung, change, sentence):
    monthly.assignments.update(**change)
    with pytest.raises(NotAllowed, match=sentence):
        carry_on(stp, {monthly.pk}, way(heir), by=dung, now=NOW)
    assert not Succession.objects.exists()


def test_nobody_goes_on_for_who_has_not_ended_nor_twice(monthly, ended, stp, heir, dung):
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=NOW)
    with pytest.raises(NotAllowed, match="đã có cơ quan tiếp tục"):
        carry_on(stp, {monthly.pk}, way(AgencyFactory.create()), by=dung, now=NOW)
    still = AssignmentFactory.create(directive=monthly, period="2023-02", done=True)
    with pytest.raises(NotAllowed):
        carry_on(still.agency, {monthly.pk}, way(heir), by=dung, now=NOW)


def test_the_wizard_offers_it_beside_the_open_work_and_hands_both_over(
    client_of, clock, monthly, ended, stp, heir, dung
):
    browser, url = client_of(dung), f"/danh-muc/co-quan/{stp.pk}"
    still_open = AssignmentFactory.create(agency=stp)
    page = browser.get(f"{url}/thay-doi/")
    assert page.context["later"] == [ended]
    assert "2. Chuyển nhiệm vụ đang mở (1) và định kỳ (1)" in page.text
    assert "tháng 03/2023, đã hoàn thành" in page.text
    posted = {
        "nv": f"{still_open.pk}:{still_open.version}",
        "dk": monthly.pk,
        "to": heir.pk,
        "on": f"{NEXT:%d/%m/%Y}",
        "reason": DECREE,
    }
    preview = browser.post(f"{url}/chuyen-nhiem-vu/", posted)
    assert "Chuyển 1 nhiệm vụ và 1 nhiệm vụ định kỳ của Sở Tư pháp cho Sở Pháp chế" in preview.text
    assert not Succession.objects.exists()
    fields = re.findall(r'name="(nv|dk|to|on|reason|chuyen)" value="([^"]*)"', preview.text)
    done = browser.post(f"{url}/chuyen-nhiem-vu/", dict(fields), follow=True)
    assert "Đã chuyển 1 nhiệm vụ và 1 nhiệm vụ định kỳ của Sở Tư pháp cho Sở Pháp chế." in done.text
    assert (done.context["movable"], done.context["later"]) == ([], [])
    assert Succession.objects.get().to == heir
    assert set(AgencyChange.objects.values_list("act", "count")) == {("chuyen-nhiem-vu", 1), ("chuyen-dinh-ky", 1)}
    assert "chuyển các kỳ sau của 1 nhiệm vụ định kỳ cho Sở Pháp chế" in done.text.replace("Chuyển các", "chuyển các")


def test_what_is_refused_leaves_the_ticks_and_nothing_half_done(client_of, clock, monthly, ended, stp, dung):
    gone = AgencyFactory.create(short_name="Sở Cũ", valid_to=LAST - timedelta(days=30))
    posted = {"dk": monthly.pk, "to": gone.pk, "on": f"{NEXT:%d/%m/%Y}", "reason": DECREE, "chuyen": "1"}
    answer = client_of(dung).post(f"/danh-muc/co-quan/{stp.pk}/chuyen-nhiem-vu/", posted)
    assert answer.status_code == 422
    assert "đã kết thúc" in answer.text
    assert f'name="dk" value="{monthly.pk}" checked' in answer.text
    assert not Succession.objects.exists()


def test_the_directory_names_who_ended_and_left_a_recurring_duty(client_of, monthly, ended, stp, heir, dung):
    browser = client_of(dung)
    said = "1 cơ quan đã kết thúc mà nhiệm vụ định kỳ chưa có cơ quan tiếp tục"
    assert said in browser.get("/danh-muc/co-quan/").text
    carry_on(stp, {monthly.pk}, way(heir), by=dung, now=NOW)
    assert said not in browser.get("/danh-muc/co-quan/").text
