"""An agency ends: the page that leads through it, and the whole of it with the province's own directory."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from agencies.models import Agency, AgencyGroup
from agencies.resources import load_directory
from directives.actions.directory import hand_over_from, move_people
from directives.actions.handover import Way
from directives.deadlines import Label
from directives.models import AgencyChange, Assignment
from directives.states import NotAllowed, Status
from tests.factories import VIETNAM, AgencyFactory, AssignmentFactory, DirectiveFactory, UserFactory

pytestmark = [pytest.mark.django_db]

MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
DECREE = "Nghị quyết số 04/NQ-HĐND ngày 18/02/2025"


@pytest.fixture
def province(db):
    load_directory()
    return {one.code: one for one in Agency.objects.all()}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=VIETNAM)


def versions(*rows):
    return {row.pk: row.version for row in rows}


def figures(on: date) -> Counter[Label]:
    """All that figures count, label by label."""
    return sum(Assignment.objects.labels_by_letter(on).values(), Counter())


def test_the_department_of_information_ends_and_its_work_goes_two_ways(province, dung):
    """Press went elsewhere than the name's successor (DOMAIN §5)."""
    old, digital, press = (province[code] for code in ("STTTT", "SKHCN.2025", "SVHTTDL"))
    shared = DirectiveFactory.create(label="6.1")
    theirs = AssignmentFactory.create(directive=shared, agency=press, in_progress=True)
    open_ones = [AssignmentFactory.create(agency=old, **one) for one in ({"overdue": True}, {"in_progress": True})]
    joined = AssignmentFactory.create(directive=shared, agency=old)
    done = AssignmentFactory.create(agency=old, done=True)
    before = figures(MARCH)
    hand_over_from(old, versions(*open_ones), Way(digital, MARCH, DECREE), by=dung, now=at(MARCH))
    hand_over_from(old, versions(joined), Way(press, MARCH, DECREE), by=dung, now=at(MARCH))
    after = figures(MARCH)
    assert sum(after.values()) == sum(before.values()) - 1  # two of one directive became one
    assert set(Assignment.objects.open().values_list("agency__code", flat=True)) == {"SKHCN.2025", "SVHTTDL"}
    assert list(theirs.continues.all()) == [joined]
    done.refresh_from_db()
    assert (done.agency, done.status) == (old, Status.DONE)
    late = Assignment.objects.get(continues=open_ones[0])
    assert (late.due_on, late.label_on(MARCH)) == (open_ones[0].due_on, Label.OVERDUE)
    assert [str(one.sentence) for one in AgencyChange.objects.order_by("pk")] == [
        "chuyển 2 nhiệm vụ cho Sở Khoa học và Công nghệ từ ngày 01/03/2025",
        "chuyển 1 nhiệm vụ cho Sở Văn hóa, Thể thao và Du lịch từ ngày 01/03/2025",
    ]


def test_the_districts_end_and_their_communes_take_over(province, dung):
    districts = [one for one in province.values() if one.kind in ("huyen", "thanh_pho")]
    directive = DirectiveFactory.create(dated=True)
    rows = {one: AssignmentFactory.create(directive=directive, agency=one) for one in districts}
    heirs = {one: list(one.successors.valid_on(JULY).order_by("pk")) for one in districts}
    assert all(heirs.values())
    for one, row in rows.items():
        hand_over_from(one, versions(row), Way(heirs[one][0], JULY, DECREE), by=dung, now=at(JULY))
    assert sum(figures(JULY).values()) == len(districts) == 11
    assert {row.agency.kind for row in Assignment.objects.open().select_related("agency")} <= {"xa", "phuong"}


def test_groups_follow_by_their_rule(province):
    departments, districts = (AgencyGroup.objects.get(code=code) for code in ("G.SBN", "G.HTP"))
    before, after = (set(departments.members(day).values_list("code", flat=True)) for day in (date(2025, 2, 28), MARCH))
    assert before - after >= {"STTTT", "SKHCN", "BDT"}
    assert after - before >= {"SKHCN.2025", "SDTTG"}
    assert districts.members(date(2025, 6, 30)).count() == 11
    assert districts.members(JULY).count() == 0


@pytest.mark.parametrize(
    ("code", "on", "sentence"),
    [
        ("SKHCN", MARCH, "Sở Khoa học và Công nghệ đã kết thúc ngày 28/02/2025, trước ngày 01/03/2025"),
        ("SKHCN.2025", date(2025, 2, 28), "chỉ hoạt động từ ngày 01/03/2025, sau ngày 28/02/2025"),
        ("STTTT", date(2025, 2, 1), "Sở Thông tin và Truyền thông đang giữ nhiệm vụ"),
    ],
)
def test_each_wrong_receiver_has_its_sentence_and_nothing_moves(province, dung, code, on, sentence):
    rows = AssignmentFactory.create_batch(2, agency=province["STTTT"])
    with pytest.raises(NotAllowed, match=sentence):
        hand_over_from(province["STTTT"], versions(*rows), Way(province[code], on, DECREE), by=dung, now=at(MARCH))
    assert Assignment.objects.open().filter(agency=province["STTTT"]).count() == 2
    assert not AgencyChange.objects.exists()


def test_another_agency_s_work_does_not_go_along(province, dung):
    stranger = AssignmentFactory.create(agency=province["STP"])
    with pytest.raises(NotAllowed, match="Có nhiệm vụ không phải của Sở Thông tin và Truyền thông"):
        hand_over_from(
            province["STTTT"], versions(stranger), Way(province["SVHTTDL"], MARCH, DECREE), by=dung, now=at(MARCH)
        )


@pytest.mark.usefixtures("clock")
def test_the_page_leads_through_it(client_of, dung, an, stp):
    heir = AgencyFactory.create(short_name="Sở Pháp chế", valid_from=date(2023, 1, 1))
    stp.valid_to = date(2022, 12, 31)
    stp.save()
    stp.successors.add(heir)
    movable, waiting = AssignmentFactory.create(agency=stp), AssignmentFactory.create(agency=stp, submitted=True)
    response = client_of(dung).get(f"/danh-muc/co-quan/{stp.pk}/thay-doi/")
    page = response.text
    assert response.context["movable"] == [movable]
    assert f'<a href="/duyet/{waiting.pk}/">' in page
    assert f'<option value="{heir.pk}" selected>Sở Pháp chế (từ 01/01/2023)</option>' in page
    assert 'value="01/01/2023"' in page
    assert "Nông Văn An" in page


@pytest.mark.usefixtures("clock")
def test_all_that_a_search_finds_can_be_ticked_at_once(client_of, dung, stp):
    found = AssignmentFactory.create(agency=stp, directive__title="Bố trí nhân lực")
    AssignmentFactory.create(agency=stp)
    response = client_of(dung).get(f"/danh-muc/co-quan/{stp.pk}/thay-doi/", {"q": "bo tri nhan luc", "chon": "1"})
    assert response.context["movable"] == [found]
    assert response.context["chosen"] == {found.pk}


def test_an_unknown_agency_is_not_found(client_of, dung):
    assert client_of(dung).get("/danh-muc/co-quan/999/thay-doi/").status_code == 404


def test_people_take_along_what_they_do(province, dung):
    old, new = province["STTTT"], province["SKHCN.2025"]
    ha = UserFactory.create(agency=old)
    mine, other = AssignmentFactory.create_batch(2, agency=old, handler=ha)
    [taken] = hand_over_from(old, versions(mine), Way(new, MARCH, DECREE), by=dung, now=at(MARCH))
    move_people(old, [ha], by=dung, now=at(MARCH), to=new, reason=DECREE)
    taken.refresh_from_db()
    other.refresh_from_db()
    ha.refresh_from_db()
    assert (ha.agency, taken.handler, other.handler) == (new, ha, None)
