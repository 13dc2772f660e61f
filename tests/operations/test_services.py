"""The private PostgreSQL and Redis of the second pass: really there, and really gone afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = [sys.executable, str(ROOT / "scripts/services.py")]
TALK = """
import os, psycopg2, redis
with psycopg2.connect(os.environ["DATABASE_URL"]).cursor() as cursor:
    cursor.execute("select current_setting('data_directory'), pg_postmaster_start_time() is not null")
    print(cursor.fetchone()[0])
info = redis.from_url(os.environ["REDIS_URL"]).info("server")
print(info["process_id"])
print(redis.from_url(os.environ["REDIS_URL"]).config_get("save")["save"] == "")
"""
SLEEP = "import os, time; print(os.getpid(), os.environ['DATABASE_URL'], flush=True); time.sleep(600)"

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.environ.get("SERVICES") == "none", reason="SERVICES=none: no PostgreSQL and Redis here"),
]


def servers_left(folder: Path) -> list[str]:
    """Command lines of processes that still name the folder."""
    listed = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if f"{folder}/" in line]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for temporary files that the servers' user may enter (pytest's own are closed to it)."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def using(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder)}


def test_the_command_talks_to_both_and_nothing_is_left(folder: Path) -> None:
    command = [*SERVICES, "--", sys.executable, "-c", TALK]
    done = subprocess.run(command, env=using(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    data, redis_pid, saves_nothing = done.stdout.split()
    assert Path(data).is_relative_to(folder)
    assert saves_nothing == "True"
    assert not Path(f"/proc/{redis_pid}").exists()
    assert list(folder.iterdir()) == []
    assert servers_left(folder) == []


def test_the_exit_code_of_the_command_is_passed_on(folder: Path) -> None:
    command = [*SERVICES, "--", sys.executable, "-c", "import sys; sys.exit(7)"]
    assert subprocess.run(command, env=using(folder), check=False).returncode == 7
    assert servers_left(folder) == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(ending: signal.Signals, folder: Path) -> None:
    """As from a terminal for Ctrl-C, which reaches the command too, and as from `kill` for SIGTERM."""
    command = [*SERVICES, "--", sys.executable, "-c", SLEEP]
    with subprocess.Popen(command, env=using(folder), stdout=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stdout is not None
        command_pid = run.stdout.readline().split()[0]
        assert servers_left(folder) != []
        os.killpg(run.pid, ending) if ending == signal.SIGINT else run.send_signal(ending)
        assert run.wait(timeout=60) == 128 + ending
    assert not Path(f"/proc/{command_pid}").exists()
    assert servers_left(folder) == []
    assert list(folder.iterdir()) == []


def test_where_they_cannot_be_had_it_fails_and_says_so(folder: Path) -> None:
    script = "from scripts import services; import sys; services.FOLDERS = 'nowhere'; sys.argv[1:] = ['true']; "
    done = subprocess.run(
        [sys.executable, "-c", f"{script} sys.exit(services.main())"],
        cwd=ROOT,
        env={**using(folder), "PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PostgreSQL and Redis could not be had." in done.stderr
    assert "apt-get install postgresql-15 redis-server, or say SERVICES=none" in done.stderr
