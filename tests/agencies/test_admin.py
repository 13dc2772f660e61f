"""The administrator's pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agencies.models import Agency, Role, User

SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    "path", ["", "agencies/agency/", "agencies/agency/add/", "agencies/user/", "agencies/user/add/"]
)
def test_the_administrator_opens_the_pages(quan: User, stp: Agency, client_of: SignIn, path: str) -> None:
    assert client_of(quan).get(f"/quan-tri/{path}").status_code == 200


def test_nobody_else_gets_in(an: User, binh: User, dung: User, giang: User, client_of: SignIn) -> None:
    for person in (an, binh, dung, giang):
        assert client_of(person).get("/quan-tri/").status_code == 302
        assert client_of(person).get("/quan-tri/agencies/user/").status_code == 302


def test_an_account_is_made_and_its_password_set(quan: User, stp: Agency, client_of: SignIn) -> None:
    browser = client_of(quan)
    password = "mot mat khau du dai 2023"
    fields = {"username": "canbo.moi", "full_name": "Cán bộ mới", "role": Role.AGENCY_STAFF, "agency": stp.pk}
    answer = browser.post(
        "/quan-tri/agencies/user/add/",
        fields | {"usable_password": "true", "password1": password, "password2": password},
    )
    assert answer.status_code == 302
    new = User.objects.get(username="canbo.moi")
    assert new.check_password(password)
    assert browser.get(f"/quan-tri/agencies/user/{new.pk}/password/").status_code == 200


def test_agencies_are_found_without_diacritics(quan: User, stp: Agency, stttt: Agency, client_of: SignIn) -> None:
    page = client_of(quan).get("/quan-tri/agencies/agency/?q=so tu phap").content.decode()
    assert "Sở Tư pháp" in page
    assert "Sở Thông tin và Truyền thông" not in page


def test_the_directory_is_exported(quan: User, stp: Agency, client_of: SignIn) -> None:
    answer = client_of(quan).post("/quan-tri/agencies/agency/export/", {"format": "0", **_all_fields()})
    assert answer.status_code == 200
    assert "Sở Tư pháp" in answer.content.decode()


def _all_fields() -> dict[str, str]:
    return {"agencyresource_code": "on", "agencyresource_short_name": "on"}


def test_nothing_is_deleted(quan: User, stp: Agency, client_of: SignIn) -> None:
    assert client_of(quan).get(f"/quan-tri/agencies/agency/{stp.pk}/delete/").status_code == 403
