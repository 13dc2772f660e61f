"""A form sent after the session has ended: its words are still there after signing in again, and are sent once."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.kept_posts import KEPT, LARGEST
from directives.models import Claim, ProgressUpdate
from directives.states import Status
from tests.directives.submissions import submit
from tests.factories import AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PASSWORD = "mot mat khau du dai 2023"
WORDS = "Đã ban hành kế hoạch; còn «vướng» ở 2 xã.\nSẽ hoàn thành trong tháng."


@pytest.fixture(autouse=True)
def passwords(an, chi, dung):
    for person in (an, chi, dung):
        person.set_password(PASSWORD)
        person.save()


@pytest.fixture
def duty(an):
    return AssignmentFactory.create(agency=an.agency)


def address(duty):
    return f"/viec/{duty.pk}/cap-nhat/"


def carried(page):
    """The hidden inputs of the offer, as its button sends them."""
    form = page[page.index('<form class="actions"') :]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in pairs}


def typed(duty, person, client_of, **fields):
    page = client_of(person).get(f"/viec/{duty.pk}/").text
    return {
        **dict(re.findall(r'name="(version|key)" value="([^"]+)"', page)),
        "claim": Claim.IN_PROGRESS,
        "result": WORDS,
        "percent": "60",
        **fields,
    }


def sign_in(client, person, where):
    return client.post(f"/dang-nhap/?next={where}", {"username": person.username, "password": PASSWORD}, follow=True)


def test_the_words_wait_behind_the_sign_in_page_and_are_sent_with_one_button(client_of, client, an, duty):
    answer = client.post(address(duty), typed(duty, an, client_of), follow=True)
    assert "Phiên làm việc đã kết thúc." in answer.text
    assert not ProgressUpdate.objects.exists()
    offer = sign_in(client, an, address(duty))
    assert "Nội dung anh/chị vừa gửi chưa được lưu" in offer.text
    assert "còn «vướng» ở 2 xã." in offer.text
    assert offer["Cache-Control"] == "no-store"
    client.post(address(duty), carried(offer.text))
    assert ProgressUpdate.objects.get().result == WORDS
    assert KEPT not in client.session


def test_they_survive_a_reload_and_are_not_sent_twice(client_of, client, an, duty):
    client.post(address(duty), typed(duty, an, client_of))
    sign_in(client, an, address(duty))
    offer = client.get(address(duty)).text
    for _ in range(2):
        client.post(address(duty), carried(offer))
    assert ProgressUpdate.objects.count() == 1


def test_a_slip_of_the_pen_comes_back_as_always(client_of, client, an, duty):
    client.post(address(duty), typed(duty, an, client_of, percent="120"))
    offer = sign_in(client, an, address(duty))
    answer = client.post(address(duty), carried(offer.text))
    assert answer.status_code == 422
    assert "Nhập tiến độ là số nguyên từ 0 đến 100" in answer.text
    assert "còn «vướng» ở 2 xã." in answer.text


def test_files_are_asked_for_again_before_anything_is_saved(client_of, client, an, duty):
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4")
    client.post(address(duty), typed(duty, an, client_of, evidence=file))
    offer = sign_in(client, an, address(duty))
    assert "Tệp kèm theo không giữ được." in offer.text
    answer = client.post(address(duty), carried(offer.text))
    assert answer.status_code == 422
    assert "Chọn lại tệp kèm theo rồi lưu" in answer.text
    assert not ProgressUpdate.objects.exists()
    assert client.post(address(duty), typed(duty, an, client_of)).status_code == 302


def test_a_decision_of_the_office_is_kept_too(client, dung, an):
    waiting = submit(an)
    where = f"/duyet/{waiting.pk}/tra-lai/"
    client.post(where, {"version": waiting.version, "reason": "Bổ sung biên bản họp."})
    offer = sign_in(client, dung, where)
    assert "Bổ sung biên bản họp." in offer.text
    client.post(where, carried(offer.text))
    waiting.refresh_from_db()
    assert waiting.status == Status.RETURNED


def test_who_does_not_want_it_drops_it(client_of, client, an, duty):
    client.post(address(duty), typed(duty, an, client_of))
    offer = sign_in(client, an, address(duty))
    drop = re.findall(r'href="([^"]+khong-gui=1)"', offer.text)[0]
    answer = client.get(drop, follow=True)
    assert answer.redirect_chain == [(address(duty), 302)]
    assert "Nội dung anh/chị vừa gửi chưa được lưu" not in answer.text
    assert KEPT not in client.session


def test_another_agencys_person_at_the_same_pc_sees_none_of_it(client_of, client, an, chi, duty):
    client.post(address(duty), typed(duty, an, client_of))
    answer = sign_in(client, chi, address(duty))
    assert answer.status_code == 404
    assert "vướng" not in answer.text
    assert KEPT not in client.session


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client_of, client, an, duty):
    answer = client.post(address(duty), typed(duty, an, client_of), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"/dang-nhap/?next={address(duty)}"
    assert "còn «vướng» ở 2 xã." in sign_in(client, an, address(duty)).text


def test_a_forged_post_and_one_too_long_are_not_kept(client, duty):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(address(duty), {"result": WORDS}).status_code == 403
    assert KEPT not in stranger.session
    client.post(address(duty), {"result": "a" * (LARGEST + 1)})
    assert KEPT not in client.session


def test_signing_out_after_the_session_has_ended_keeps_nothing(client):
    client.post("/dang-xuat/", {"x": "1"})
    assert KEPT not in client.session
