"""U1, U2: people report on the same assignments at the same moment, through a real web server (RELIABILITY).

None of what was acknowledged is lost, nothing is saved twice, and who was too late is told. FAULT_POSTS in the
environment makes a longer run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from scripts.services import free_port
from tests.mail.portal import Portal, running_portal, wait_until

pytestmark = [pytest.mark.services, pytest.mark.faults]
POSTS = int(os.environ.get("FAULT_POSTS", "160"))
ENOUGH = 160  # posts to find a naive save out
PEOPLE, DUTIES = 8, 4  # the last one is kept for equal posts
TOKEN = "c" * 32  # the same in the cookie and in the header: what the CSRF check compares


@dataclass
class Web:
    """The portal's pages on a port of their own, and people who are signed in."""

    portal: Portal
    port: int
    sessions: list[str]
    duties: list[int]

    @contextmanager
    def connected(self) -> Iterator[HTTPConnection]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            yield connection

    def post(self, connection: HTTPConnection, person: int, duty: int, **fields: Any) -> tuple[int, str]:
        """Status and page of one update, as the browser of a person sends it."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.sessions[person]}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        body = urlencode({"claim": "dang-thuc-hien", "percent": "50", **fields})
        connection.request("POST", f"/viec/{duty}/cap-nhat/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def scene(self, name: str, **details: Any) -> Any:
        return json.loads(self.portal.run("python", "-m", "tests.faults.posts_scene", name, json.dumps(details)))


@contextmanager
def serving(folder: Path, application: str) -> Iterator[Web]:
    with running_portal(folder) as portal:
        port = free_port()
        options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
        portal.start("web", "gunicorn", application, *options)
        web = Web(portal, port, [], [])
        made = web.scene("prepare", people=PEOPLE, duties=DUTIES)
        web.sessions, web.duties = made["sessions"], made["duties"]
        wait_until(lambda: _answers(web), "the web server answers")
        yield web


def _answers(web: Web) -> bool:
    try:
        with web.connected() as connection:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == 200
    except OSError:
        return False


def compete(web: Web, posts: int) -> tuple[list[str], int]:
    """So many posts of all people at all assignments; the results that were acknowledged, and how many conflicts."""
    left = count()
    acknowledged: list[str] = []
    conflicts: list[int] = []

    def work(person: int) -> None:
        with web.connected() as connection:
            known = dict.fromkeys(web.duties, 1)
            while (number := next(left)) < posts:
                duty = web.duties[number % (DUTIES - 1)]
                result = f"Cập nhật {number}"
                status, page = web.post(connection, person, duty, version=known[duty], key=uuid4(), result=result)
                assert status in (302, 409), page[:2000]
                if status == 302:
                    acknowledged.append(result)
                    known[duty] += 1
                else:
                    conflicts.append(number)
                    assert f"{result}</textarea>" in page  # what was typed is still there
                    known[duty] = int(re.findall(r'name="version" value="(\d+)"', page)[0])

    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(work, range(PEOPLE)))
    return acknowledged, len(conflicts)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving(tmp_path_factory.mktemp("posts") / "portal", "congvan.wsgi:application") as one:
        yield one


def test_no_acknowledged_update_is_lost_or_doubled(web: Web) -> None:
    acknowledged, conflicts = compete(web, POSTS)
    stands = web.scene("standing")
    print(f"\n{POSTS} posts: {len(acknowledged)} acknowledged, {conflicts} told of a conflict")
    assert len(acknowledged) + conflicts == POSTS
    assert conflicts  # else nobody competed
    competed = web.duties[:-1]
    assert sorted(result for duty, result in stands["results"] if duty in competed) == sorted(acknowledged)
    assert sum(duty in competed for duty in stands["lines"]) == len(acknowledged)
    assert sum(stands["versions"][str(duty)] - 1 for duty in competed) == len(acknowledged)


def test_eight_equal_posts_are_one_update(web: Web) -> None:
    duty, key = web.duties[-1], uuid4()

    def press(_: int) -> int:
        with web.connected() as connection:
            return web.post(connection, 0, duty, version=1, key=key, result="Đã họp bàn.")[0]

    with ThreadPoolExecutor(8) as presses:
        answers = list(presses.map(press, range(8)))
    stands = web.scene("standing")
    assert answers == [302] * 8
    assert [result for row, result in stands["results"] if row == duty] == ["Đã họp bàn."]
    assert stands["versions"][str(duty)] == 2


def test_a_naive_save_is_found_out(tmp_path: Path) -> None:
    """The same posts at a save without a lock: updates are acknowledged over one another."""
    with serving(tmp_path / "portal", "tests.faults.naive_save:application") as web:
        acknowledged, _ = compete(web, ENOUGH)
        stands = web.scene("standing")
    lost = len(acknowledged) - sum(version - 1 for version in stands["versions"].values())
    print(f"\n{ENOUGH} posts at a naive save: {len(acknowledged)} acknowledged, {lost} of them over another")
    assert lost > 0
