"""The demonstration's accounts: two for each agency that is given something, one for each role of the Office."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from agencies.models import Agency, Role, User

NAME_LENGTH = 50  # User.full_name
OFFICE = (
    ("kgvx", Role.OFFICER, "Chuyên viên phòng KGVX"),
    ("lanhdao", Role.LEADER, "Lãnh đạo UBND tỉnh"),
    ("quantri", Role.ADMINISTRATOR, "Quản trị hệ thống"),
)
AGENCY = (("canbo", Role.AGENCY_STAFF, "Cán bộ"), ("thutruong", Role.AGENCY_HEAD, "Thủ trưởng"))


def create_accounts(agencies: Iterable[Agency], password: str) -> None:
    """Accounts that do not exist yet; those that do keep their passwords. One hash serves all: it is one password."""
    hashed = make_password(password)
    people = [_person(name, role, title, hashed) for name, role, title in OFFICE]
    people += [_member(agency, *row, hashed) for agency in agencies for row in AGENCY]
    User.objects.bulk_create(people, ignore_conflicts=True)


def _person(username: str, role: Role, full_name: str, hashed: str, agency: Agency | None = None) -> User:
    address = f"{username}@langson.example"
    return User(username=username, role=role, full_name=full_name, agency=agency, email=address, password=hashed)


def _member(agency: Agency, prefix: str, role: Role, title: str, hashed: str) -> User:
    name = f"{title} {agency.short_name}"
    if len(name) > NAME_LENGTH:
        name = f"{title} {agency.abbreviation}"
    return _person(f"{prefix}.{agency.code.lower()}", role, name, hashed, agency)
