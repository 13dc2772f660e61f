"""Ngừng lịch."""

from html import unescape

import pytest

from reports.models import ReportKind, ReportSchedule
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def yearly(dung):
    return ReportSchedule.objects.create(
        kind=ReportKind.PROGRESS, system="nd-09", length="nam", begins_on=TODAY, created_by=dung, created_at=NOW
    )


def test_an_officer_ends_it_once(yearly, dung, client_of):
    browser, url = client_of(dung), f"/bao-cao/lich/{yearly.pk}/ngung/"
    assert "Đã ngừng lịch." in unescape(browser.post(url, follow=True).content.decode())
    yearly.refresh_from_db()
    assert (yearly.ended_by, yearly.ended_at) == (dung, NOW)
    assert "Lịch này đã ngừng trước đó." in unescape(browser.post(url, follow=True).content.decode())


def test_a_leader_and_an_agency_do_not(yearly, giang, an, client_of):
    for person in (giang, an):
        assert client_of(person).post(f"/bao-cao/lich/{yearly.pk}/ngung/").status_code == 403
    yearly.refresh_from_db()
    assert yearly.ended_at is None


def test_looking_at_the_address_changes_nothing(yearly, dung, client_of):
    assert client_of(dung).get(f"/bao-cao/lich/{yearly.pk}/ngung/").status_code == 405
