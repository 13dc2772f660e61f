"""Support agencies: invited by an explicit act, with a contribution of their own; the directive stays the lead's."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from agencies.models import Kind
from directives import delivery
from directives.actions.assignments import Progress, confirm, report_progress
from directives.actions.support import invite_support
from directives.models import Assignment, Claim, HistoryEntry, Notice, NoticeKind, PartyRole
from directives.states import NotAllowed, Status, Verb
from reports import queries
from tests.directives.submissions import evidence, submit, submit_again
from tests.factories import NOW, TODAY, AgencyFactory, AgencyGroupFactory, AssignmentFactory, PartyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOTE = "Cung cấp số liệu tuyên truyền quý I."


@pytest.fixture
def lead(stp):
    return AssignmentFactory.create(agency=stp)


@pytest.fixture
def part(lead, stttt, dung):
    return invite_support(lead, by=dung, now=NOW, agencies=[stttt], note=NOTE)[0]


def press(client, lead, **fields):
    return client.post(f"/viec/{lead.pk}/moi-phoi-hop/", {"note": NOTE, **fields})


@pytest.mark.parametrize("person", ["an", "dung"])
def test_the_lead_or_an_officer_invites_and_the_invited_is_told(
    client_of, request, lead, stttt, chi, person, mailoutbox
):
    inviting = request.getfixturevalue(person)
    assert press(client_of(inviting), lead, other=stttt.pk).status_code == 302
    part = Assignment.objects.get(role=PartyRole.SUPPORT)
    assert (part.agency, part.directive, part.due_on, part.status) == (
        stttt,
        lead.directive,
        lead.due_on,
        Status.NOT_STARTED,
    )
    entry = HistoryEntry.objects.get(verb=Verb.INVITE)
    assert (entry.actor, entry.note, entry.assignment) == (inviting, NOTE, part)
    delivery.send_all(clock=lambda: NOW)
    assert [mail.to for mail in mailoutbox] == [[chi.email]]
    assert "phối hợp thực hiện nhiệm vụ" in mailoutbox[0].body
    who = {"an": "Sở Tư pháp", "dung": "Văn phòng UBND tỉnh"}[person]
    page = client_of(chi).get(f"/viec/{part.pk}/").text
    assert f"{who} mời Sở Thông tin và Truyền thông phối hợp." in page
    assert NOTE in page


def test_those_the_letter_names_are_offered_first(client_of, an, lead, stttt):
    member = AgencyFactory.create(kind=Kind.PRESS)
    group = AgencyGroupFactory.create(kinds=[Kind.PRESS.value])
    PartyFactory.create(directive=lead.directive, phrase="Sở TT&TT", agency=stttt)
    PartyFactory.create(directive=lead.directive, phrase="các cơ quan báo chí", group=group)
    PartyFactory.create(directive=lead.directive, phrase="các cơ quan có liên quan")
    form = client_of(an).get(f"/viec/{lead.pk}/moi-phoi-hop/").context["form"]
    assert set(form.fields["named"].queryset) == {stttt, member}
    assert not form.fields["other"].queryset.filter(pk__in=[stttt.pk, member.pk, lead.agency_id]).exists()
    press(client_of(an), lead, named=[stttt.pk, member.pk])
    assert Assignment.objects.supports().count() == 2
    assert Assignment.objects.filter(agency=stttt, party__phrase="Sở TT&TT").count() == 1


def test_invited_twice_is_invited_once(lead, stttt, dung):
    for _ in range(2):
        invite_support(lead, by=dung, now=NOW, agencies=[stttt], note=NOTE)
    assert Assignment.objects.supports().count() == 1
    assert HistoryEntry.objects.filter(verb=Verb.INVITE).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Chọn ít nhất một cơ quan phối hợp"),
        ({"other": 4711}, "Chọn cơ quan trong danh sách"),
        ({"other": "lead"}, "Chọn cơ quan trong danh sách"),
        ({"note": " "}, "Nhập nội dung cần phối hợp"),
    ],
)
def test_slips_of_the_pen_get_their_sentence_and_invite_nobody(client_of, an, lead, fields, sentence):
    fields = {name: lead.agency_id if value == "lead" else value for name, value in fields.items()}
    response = press(client_of(an), lead, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert not Assignment.objects.supports().exists()


def test_an_agency_that_leads_the_directive_too_is_not_invited(lead, stttt, dung):
    AssignmentFactory.create(directive=lead.directive, agency=stttt)
    with pytest.raises(NotAllowed, match="đang chủ trì"):
        invite_support(lead, by=dung, now=NOW, agencies=[stttt], note=NOTE)


def test_what_is_done_needs_no_help(client_of, an, dung, stttt):
    done = submit(an)
    confirm(done, by=dung, now=NOW)
    assert press(client_of(an), done, other=stttt.pk).status_code == 422
    assert "nên không mời phối hợp" in client_of(an).get(f"/viec/{done.pk}/moi-phoi-hop/").text


def test_the_support_cannot_invite_others(client_of, chi, part):
    assert client_of(chi).get(f"/viec/{part.pk}/moi-phoi-hop/").status_code == 404


def test_the_lead_reads_the_contribution_and_its_files_and_cannot_change_it(
    client_of, an, chi, part, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    progress = Progress(claim=Claim.IN_PROGRESS, result="Đã gửi số liệu.", percent=50, files=[evidence()])
    update = report_progress(part, by=chi, now=NOW, progress=progress, version=part.version, key=uuid4())
    page = client_of(an).get(f"/viec/{part.pk}/")
    assert "Đã gửi số liệu." in page.text
    assert page.context["form"] is None
    file = client_of(an).get(f"/tep/{update.attachments.get().pk}/")
    assert b"".join(file.streaming_content) == b"%PDF-1.4 minh chung"
    assert client_of(an).get(f"/viec/{part.pk}/lich-su/").status_code == 200
    assert client_of(an).get(f"/viec/{part.pk}/cap-nhat/").status_code == 404
    assert client_of(an).get(f"/viec/{part.pk}/danh-gia/").status_code == 403


def test_the_support_does_not_see_the_lead(client_of, chi, lead, part):
    assert client_of(chi).get(f"/viec/{lead.pk}/").status_code == 404


def test_a_contribution_needs_no_evidence(chi, part):
    submit_again(part, chi, days_ago=0)
    assert part.status == Status.SUBMITTED


def test_the_directive_s_state_and_the_figures_are_the_leads(client_of, chi, dung, lead, part):
    submit_again(part, chi, days_ago=0)
    confirm(part, by=dung, now=NOW)
    figures = queries.count(Assignment.objects.all(), TODAY)
    assert (figures.given, figures.done) == (1, 0)
    letter = client_of(dung).get(f"/van-ban/{lead.directive.letter_id}/")
    assert str(letter.context["tally"]) == "0/1"
    lead.refresh_from_db()
    assert lead.status == Status.NOT_STARTED


def test_lists_count_the_leads_and_show_contributions_when_asked(client_of, dung, chi, lead, part):
    client = client_of(dung)
    counts = [
        client.get("/nhiem-vu/", {"vai": role}).context["page_obj"].paginator.count
        for role in ("", "phoi-hop", "ca-hai")
    ]
    assert counts == [1, 1, 2]
    tag = '<span class="tag">Phối hợp</span>'
    assert [tag in client.get("/nhiem-vu/", {"vai": role}).text for role in ("", "phoi-hop")] == [False, True]
    assert tag in client_of(chi).get("/viec/").text
    submit_again(part, chi, days_ago=0)
    assert tag in client.get("/duyet/").text


def test_of_a_group_directive_the_page_tells_how_many_are_done(client_of, an, dung, chi, lead):
    other = submit(chi, directive=lead.directive)
    confirm(other, by=dung, now=NOW)
    assert "đã hoàn thành <b>1/2</b>" in client_of(an).get(f"/viec/{lead.pk}/").text


def test_late_contributions_are_no_exceptions_of_the_leaders(lead, part):
    Assignment.objects.filter(pk=part.pk).update(due_on=TODAY - timedelta(days=3))
    assert queries.longest_overdue(Assignment.objects.all(), TODAY, limit=5) == []
    assert not Notice.objects.exclude(kind=NoticeKind.INVITED).exists()


def test_the_lead_sees_who_was_invited_on_its_own_page(client_of, an, lead, part):
    page = client_of(an).get(f"/viec/{lead.pk}/")
    assert page.context["contributions"] == [part]
    assert f'href="/viec/{lead.pk}/moi-phoi-hop/"' in page.text
