"""Saved choices are thrown away by their owner."""

from __future__ import annotations

import pytest

from directives.models import SavedFilter
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def saved(dung):
    return SavedFilter.objects.create(owner=dung, name="Việc gấp", query="tt=qua-han", saved_at=NOW)


def test_its_owner_throws_it_away(client_of, dung, saved):
    answer = client_of(dung).post(f"/nhiem-vu/bo-loc/{saved.pk}/xoa/", follow=True)
    assert "Đã xoá bộ lọc «Việc gấp»." in answer.text
    assert not SavedFilter.objects.exists()


def test_a_link_deletes_nothing(client_of, dung, saved):
    assert client_of(dung).get(f"/nhiem-vu/bo-loc/{saved.pk}/xoa/")["Location"] == "/nhiem-vu/"
    assert SavedFilter.objects.exists()


def test_another_persons_is_not_found(client_of, giang, saved):
    assert client_of(giang).post(f"/nhiem-vu/bo-loc/{saved.pk}/xoa/").status_code == 404
    assert SavedFilter.objects.exists()
