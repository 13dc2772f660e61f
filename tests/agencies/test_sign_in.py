"""Signing in."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from agencies.models import Agency, User

SignIn = Callable[[User], Client]
PASSWORD = "mot mat khau du dai 2023"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_an_signs_in_and_comes_to_her_work(client: Client, an: User) -> None:
    with_password(an)
    answer = client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/viec/"
    assert answer.status_code == 200


def test_a_phone_that_writes_the_first_letter_large_is_understood(client: Client, an: User) -> None:
    with_password(an)
    assert client.post("/dang-nhap/", {"username": "An ", "password": PASSWORD}).status_code == 302


def test_after_signing_in_one_comes_to_where_one_wanted_to_go(client: Client, an: User) -> None:
    with_password(an)
    sent = client.get("/van-ban/?q=ke+hoach")
    assert sent["Location"] == "/dang-nhap/?next=/van-ban/%3Fq%3Dke%2Bhoach"
    answer = client.post(sent["Location"], {"username": "an", "password": PASSWORD})
    assert answer["Location"] == "/van-ban/?q=ke+hoach"


def test_nobody_is_sent_to_another_site(client: Client, an: User) -> None:
    with_password(an)
    answer = client.post("/dang-nhap/?next=https://example.com/", {"username": "an", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_said_in_one_sentence_and_the_name_is_kept(client: Client, an: User) -> None:
    answer = client.post("/dang-nhap/", {"username": "an", "password": "sai"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="an"' in page
    assert "Lỗi: " in page


def test_the_same_sentence_for_a_name_that_does_not_exist(client: Client, db: None) -> None:
    answer = client.post("/dang-nhap/", {"username": "khong-co", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()


def test_a_switched_off_account_gets_no_further(client: Client, an: User) -> None:
    an.is_active = False
    with_password(an)
    assert client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}).status_code == 422


def test_whoever_is_switched_off_is_out_with_the_next_click(an: User, client_of: SignIn, stp: Agency) -> None:
    browser = client_of(an)
    assert browser.get("/viec/").status_code == 200
    User.objects.filter(pk=an.pk).update(is_active=False)
    assert browser.get("/viec/").status_code == 302


def test_what_is_missing_is_named(client: Client, db: None) -> None:
    page = client.post("/dang-nhap/", {"username": "", "password": ""}).content.decode()
    assert "Nhập tên đăng nhập" in page
    assert "Nhập mật khẩu" in page
