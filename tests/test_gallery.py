"""The component gallery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.template import Context, Template
from django.test import Client

from agencies.models import User
from directives.deadlines import Label

COMPONENTS = Path(__file__).resolve().parent.parent / "templates/components"


def test_every_component_is_shown(an: User, client_of: Callable[[User], Client]) -> None:
    answer = client_of(an).get("/kieu-mau/")
    shown = {template.name for template in answer.templates}
    assert {f"components/{path.name}" for path in COMPONENTS.glob("*.html")} <= shown


def test_every_label_has_its_colours_and_its_symbol(an: User, client_of: Callable[[User], Client]) -> None:
    page = client_of(an).get("/kieu-mau/").content.decode()
    static = COMPONENTS.parent.parent / "static"
    colours, symbols = (static / "css/tokens.css").read_text(), (static / "icons.svg").read_text()
    for label in Label:
        assert f'class="chip s-{label}"' in page
        assert f".s-{label} {{" in colours or f".s-{label},\n" in colours
        assert f'<symbol id="{label}"' in symbols


def test_a_page_beyond_the_last_shows_the_last(an: User, client_of: Callable[[User], Client]) -> None:
    page = client_of(an).get("/kieu-mau/?trang=99").content.decode()
    assert '<span aria-current="page">9</span>' in page


def test_numbers_are_written_as_offices_write_them() -> None:
    assert Template("{{ n }}").render(Context({"n": 1234567})) == "1.234.567"
