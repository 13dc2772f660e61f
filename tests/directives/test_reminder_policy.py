"""The Office lays down how the portal reminds: first it sees what the next morning would send, then it saves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, Role, User
from directives import reminders
from directives.actions.policy import PolicyConflict, lay_down
from directives.models import Notice, ReminderPolicy
from directives.models.policy import ReminderPolicyQuerySet, reign_on
from directives.policy import DEFAULT, Hearer, Policy, Step
from directives.reminders import preview
from directives.states import NotAllowed
from tests.directives.policies import changed
from tests.factories import NOW, TODAY, AssignmentFactory, UserFactory

pytestmark = pytest.mark.usefixtures("clock")

URL = "/nhac-han/"
DAY = timedelta(days=1)
OpenAs = Callable[[User], Client]
STAFF = frozenset({Hearer.STAFF})


@pytest.fixture
def office(client_of: OpenAs, dung: User) -> Client:
    return client_of(dung)


def filled_in(browser: Client, **changes: Any) -> dict[str, Any]:
    """What a browser would post of the form as it is opened, with some fields changed."""
    form = browser.get(URL).context["form"]
    fields = {field.html_name: field.value() for field in form}
    fields |= {name: f"{fields[name]:%H:%M}" for name in ("opens", "closes")}
    data = {name: value for name, value in fields.items() if value is not None and value is not False}
    return {name: value for name, value in (data | changes).items() if value is not None}


def seen(browser: Client, data: dict[str, Any]) -> dict[str, Any]:
    """The same with what the page of the preview adds, and "Lưu" pressed."""
    form = browser.post(URL, data).context["form"]
    return data | {"seen": form["seen"].value(), "after": form["after"].value(), "luu": "1"}


def test_the_form_shows_the_default_until_somebody_changes_it(office: Client) -> None:
    page = office.get(URL)
    assert "Đang áp dụng chính sách mặc định: trước hạn 7 và 3 ngày, đúng ngày đến hạn" in page.text
    assert [(row.side.value(), row.day.value()) for row in page.context["form"].rows] == [
        ("truoc", 7),
        ("truoc", 3),
        ("dung", ""),
        ("sau", 1),
        ("sau", 3),
        ("sau", 5),
        (None, None),
        (None, None),
    ]
    assert "Chưa thay đổi lần nào." in page.text


def test_a_change_is_shown_before_it_is_saved(office: Client, dung: User, stp: Agency, an: User, binh: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    data = filled_in(office, day1="2")  # 2 days before instead of 3
    page = office.post(URL, data)
    assert page.status_code == 200
    assert page.context["changes"] == {
        "Mốc trước hạn 3 ngày": ("Cán bộ đầu mối", "không nhắc"),
        "Mốc trước hạn 2 ngày": ("không nhắc", "Cán bộ đầu mối"),
    }
    assert "Xem trước: sáng 21/02/2023 sẽ gửi 2 thư" in page.text
    assert "<strong>Nông Văn An</strong> – Sở Tư pháp: 1 nhiệm vụ (hạn 23/02/2023, mốc trước hạn 2 ngày)" in page.text
    assert "<strong>Trần Văn Dũng</strong>: tổng hợp buổi sáng" in page.text
    assert [(now.mails, then.mails) for now, then in page.context["columns"]] == [(0, 1), (0, 0), (1, 1), (0, 0)]
    assert not ReminderPolicy.objects.exists()
    assert not Notice.objects.exists()


def test_saved_it_holds_from_the_next_day_and_the_page_says_who_changed_what(office: Client, dung: User) -> None:
    data = seen(office, filled_in(office, closes="16h30", who4=["can-bo"], quiet_weekdays=["4"]))
    answer = office.post(URL, data, follow=True)
    assert "Đã lưu chính sách số 1, áp dụng từ ngày 21/02/2023." in answer.text
    saved = ReminderPolicy.objects.get()
    assert (saved.saved_by, saved.saved_at, saved.starts_on) == (dung, NOW, TODAY + DAY)
    assert saved.changes == {
        "Mốc quá hạn 3 ngày": ["Cán bộ đầu mối, Thủ trưởng cơ quan", "Cán bộ đầu mối"],
        "Gửi đến": ["17:00", "16:30"],
        "Không gửi vào": ["không có ngày nào", "thứ Sáu"],
    }
    assert reign_on(TODAY).policy == DEFAULT
    assert (reign_on(TODAY + DAY).policy.closes, reign_on(TODAY + DAY).number) == (time(16, 30), 1)
    assert "Gửi đến: 17:00 → <strong>16:30</strong>" in answer.text
    assert "Trần Văn Dũng" in answer.text


def test_a_rung_is_taken_away_and_another_added(office: Client) -> None:
    data = filled_in(office, side0="", day0=None, who0=None, side6="sau", day6="10", who6=["van-phong", "lanh-dao"])
    office.post(URL, seen(office, data))
    steps = ReminderPolicy.objects.get().policy.steps
    assert [step.day for step in steps] == [-3, 0, 1, 3, 5, 10]
    assert steps[-1].hearers == {Hearer.OFFICE, Hearer.LEADER}


def test_what_was_not_seen_is_not_saved(office: Client) -> None:
    data = seen(office, filled_in(office, day1="2"))
    page = office.post(URL, data | {"day1": "1"})  # changed again on the page of the preview
    assert (page.status_code, ReminderPolicy.objects.count()) == (200, 0)
    assert "Mốc trước hạn 1 ngày" in page.context["changes"]
    page = office.post(URL, data | {"seen": "la"})
    assert (page.status_code, ReminderPolicy.objects.count()) == (200, 0)


def test_saving_without_a_change_is_refused(office: Client) -> None:
    data = filled_in(office)
    assert "Chưa có thay đổi nào so với chính sách đang lưu." in office.post(URL, data).text
    answer = office.post(URL, seen(office, data))
    assert answer.status_code == 422
    assert "Chưa có thay đổi nào so với chính sách đang lưu." in answer.text
    assert not ReminderPolicy.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day0": ""}, "Nhập số ngày từ 1 đến 60, ví dụ 7"),
        ({"day0": "bảy"}, "Nhập số ngày từ 1 đến 60, ví dụ 7"),
        ({"day0": "61"}, "Nhập số ngày từ 1 đến 60, ví dụ 7"),
        ({"day0": "0"}, "Nhập số ngày từ 1 đến 60, ví dụ 7"),
        ({"day0": "3"}, "Đã có mốc trước hạn 3 ngày ở dòng trên"),
        ({"side0": ""}, "Chọn trước hạn hay quá hạn 7 ngày"),
        ({"who0": None}, "Chọn ít nhất một nơi nhận cho mốc trước hạn 7 ngày"),
        ({"who0": ["vua"]}, "Trang này đã cũ. Mở lại trang rồi làm lại"),
        ({"opens": "sáng"}, "Nhập giờ theo dạng giờ:phút, ví dụ 7:30"),
        ({"opens": "17:00"}, "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"quiet_weekdays": ["0", "1", "2", "3", "4"]}, "Để lại ít nhất một ngày trong tuần để gửi thư"),
        ({"digest": None}, "Chọn cách gửi"),
        ({"asking": "  "}, "Nhập lời văn, ví dụ: Trân trọng đề nghị"),
        ({"asking": "x" * 61}, "Lời văn dài quá 60 ký tự (thừa 1 ký tự)"),
        ({"standing_after": "0"}, "Nhập số ngày từ 1 đến 365, hoặc để trống"),
        ({"standing_after": None}, "Nhập số ngày nhắc cán bộ trước khi báo thủ trưởng"),
        ({"standing_head_after": "20"}, "Nhập số ngày từ 30 trở lên: thủ trưởng được báo sau cán bộ"),
        ({"after": "x"}, "Trang này đã cũ. Mở lại trang rồi làm lại"),
        (
            dict.fromkeys([f"{name}{n}" for name in ("side", "day", "who") for n in range(6)]),
            "Giữ ít nhất một mốc nhắc",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(office: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = office.post(URL, filled_in(office, **changes) | {"luu": "1"})
    assert answer.status_code == 422
    assert "Có thông tin cần sửa" in answer.text
    assert sentence in answer.text
    assert not ReminderPolicy.objects.exists()


def test_who_comes_second_sees_what_the_first_saved_and_can_save_after_all(office: Client, dung: User) -> None:
    data = seen(office, filled_in(office, closes="16:00"))
    lay_down(changed(opens=time(8)), by=UserFactory.create(role=Role.OFFICER, full_name="Lê Văn Em"), now=NOW, after=0)
    answer = office.post(URL, data)
    assert answer.status_code == 409
    assert "Lê Văn Em đã lưu chính sách số 1" in answer.text
    assert answer.context["changes"] == {"Gửi từ": ("08:00", "07:00"), "Gửi đến": ("17:00", "16:00")}
    form = answer.context["form"]
    again = data | {"after": form["after"].value(), "seen": form["seen"].value()}
    assert office.post(URL, again).status_code == 302
    assert ReminderPolicy.objects.newest() == ReminderPolicy.objects.get(number=2)


def test_of_two_at_once_one_is_told(db: None, dung: User) -> None:
    lay_down(changed(opens=time(8)), by=dung, now=NOW, after=0)
    with pytest.raises(PolicyConflict):
        lay_down(changed(opens=time(9)), by=dung, now=NOW, after=0)
    with pytest.raises(NotAllowed):
        lay_down(changed(opens=time(8)), by=dung, now=NOW, after=1)


def test_of_two_in_the_same_moment_one_is_told_too(db: None, dung: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both read that there is no policy yet; the number lets only one in."""
    lay_down(changed(opens=time(8)), by=dung, now=NOW, after=0)
    real, first = ReminderPolicyQuerySet.newest, iter([None])
    monkeypatch.setattr(ReminderPolicyQuerySet, "newest", lambda rows: next(first, real(rows)))
    with pytest.raises(PolicyConflict) as conflict:
        lay_down(changed(opens=time(9)), by=dung, now=NOW, after=0)
    assert conflict.value.current.number == 1
    assert ReminderPolicy.objects.count() == 1


# --- the preview says what the run then does ---


def previewed(policy: Policy, now: datetime = NOW) -> tuple[date, list[str]]:
    found = preview.next_run(policy, now=now)
    return found.on, sorted(letter.recipient.username for letter in found.letters.values())


@pytest.mark.parametrize("hour", [-2, 0, 5, 10])  # before, in and after the day's office hours
def test_the_run_sends_what_the_preview_said(
    stp: Agency, stttt: Agency, an: User, binh: User, chi: User, dung: User, giang: User, hour: int
) -> None:
    for days in (-6, -4, -1, 0, 2, 6, 13):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    AssignmentFactory.create(agency=stttt, due_on=TODAY + 11 * DAY)
    new = changed(steps=(Step(-10, STAFF), *DEFAULT.steps[1:]))
    now = NOW + timedelta(hours=hour)
    on, people = previewed(new, now)
    lay_down(new, by=dung, now=now, after=0)
    if hour < 9:  # today's own run goes on, by the policy of today
        reminders.queue_due(now=max(now, NOW))
    assert on == TODAY + DAY
    reminders.queue_due(now=NOW + DAY)
    told = Notice.objects.filter(occasion=on, key="").values_list("recipient__username", flat=True)
    assert sorted(told) == people
    assert "chi" in people  # by the new rung, 10 days before


def test_a_preview_of_single_mails_counts_them(stp: Agency, an: User) -> None:
    AssignmentFactory.create_batch(3, agency=stp, due_on=TODAY + DAY)
    assert preview.next_run(changed(digest=False, steps=(Step(0, STAFF),)), now=NOW).mails == 3
    assert preview.next_run(changed(steps=(Step(0, STAFF),)), now=NOW).mails == 1


def test_the_next_run_is_on_a_day_the_policy_allows(stp: Agency, an: User) -> None:
    assert previewed(changed(quiet_weekdays=frozenset({1, 2})))[0] == TODAY + 3 * DAY
    assert previewed(DEFAULT, datetime(2026, 2, 13, 9, tzinfo=NOW.tzinfo))[0] == date(2026, 2, 23)  # after Tết
