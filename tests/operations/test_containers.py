"""No Docker engine runs the image in the tests, so the files are held to what settings, locks and make say."""

import re
import shlex
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from scripts import debian

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("build") == "."]
PROCFILE = dict(re.findall(r"^(\w+): (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))


def stages() -> list[str]:
    """The Dockerfile's stages, instructions joined to one line each."""
    return re.split(r"^(?=FROM )", re.sub(r"\s*\\\n\s*", " ", DOCKERFILE), flags=re.MULTILINE)[1:]


def images() -> dict[str, str]:
    """Image name → tag, of both files."""
    named = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    named += [service["image"] for service in SERVICES.values() if "build" not in service]
    return dict(image.split(":") for image in named)


def instructions(stage: str, word: str) -> list[str]:
    return re.findall(rf"^{word} (.+)$", stage, re.MULTILINE)


def test_every_program_of_make_run_has_its_container() -> None:
    assert set(OURS) - {"migrate"} == set(PROCFILE)


@pytest.mark.parametrize("name", sorted(PROCFILE))
def test_a_container_runs_the_command_of_make_run(name: str) -> None:
    inside = PROCFILE[name].replace("127.0.0.1:$PORT", "0.0.0.0:8000")
    assert shlex.split(SERVICES[name]["command"]) == shlex.split(inside)


def test_the_image_by_itself_serves_the_portal() -> None:
    (command,) = instructions(stages()[-1], "CMD")
    assert yaml.safe_load(command) == shlex.split(SERVICES["web"]["command"])


def test_every_variable_is_one_of_the_settings() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    given = {variable for name in OURS for variable in SERVICES[name]["environment"]}
    put_in = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert given | put_in <= explained
    assert {"DATABASE_URL", "REDIS_URL", "DEBUG"} <= given


def test_the_portal_talks_to_the_services_beside_it() -> None:
    environment = SERVICES["web"]["environment"]
    database, broker = SERVICES["database"], SERVICES["broker"]
    user, name = database["environment"]["POSTGRES_USER"], database["environment"]["POSTGRES_DB"]
    assert re.fullmatch(
        rf"postgres://{user}:\$\{{POSTGRES_PASSWORD.*\}}@database:5432/{name}", environment["DATABASE_URL"]
    )
    assert environment["REDIS_URL"] == "redis://broker:6379/0"
    assert database["image"].startswith("postgres:") and broker["image"].startswith("redis:")


def test_no_secret_stands_in_the_files() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items() if "environment" in service else ():
            without_interpolation = re.sub(r"\$\{[^}]+\}", "", value)
            assert not re.search(r"PASSWORD|SECRET|KEY|TOKEN", name) or without_interpolation == "", name
            assert not re.search(r"://[^:/@]*:[^@]+@", without_interpolation), name
    assert not re.search(r"^(?:ENV|ARG) .*(?:PASSWORD|SECRET|KEY|TOKEN)", DOCKERFILE, re.MULTILINE)
    assert all(SERVICES[name]["env_file"] == ".env" for name in OURS)


def test_images_have_the_versions_that_are_tested() -> None:
    tags = images()
    (postgresql,) = (name.removeprefix("postgresql-") for name in debian.SERVICES if name.startswith("postgresql-"))
    (python,) = re.findall(r"with Python (\S+)$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert tags["postgres"] == f"{postgresql}-bookworm"
    assert tags["python"] == f"{python}-slim-bookworm"
    assert tags["redis"] == "7-bookworm"
    assert tags["node"] == "20-bookworm-slim"


def test_the_image_installs_what_is_locked_and_nothing_else() -> None:
    installs = re.findall(r"\bpip install ([^&\n]+)", DOCKERFILE)
    assert [shlex.split(install) for install in installs] == [
        ["--no-cache-dir", "--require-hashes", "-r", "requirements.lock"]
    ]
    assert re.findall(r"\bnpm (\w+)", DOCKERFILE) == ["ci"]


def test_the_image_has_the_debian_packages_of_make_run() -> None:
    (packages,) = re.findall(r"apt-get install --yes --no-install-recommends ([^&]+) &&", stages()[-1])
    assert set(packages.split()) == set(debian.PORTAL)


def test_the_portal_does_not_run_as_root() -> None:
    last = stages()[-1]
    (user,) = instructions(last, "USER")
    assert re.search(rf"useradd --system --uid [1-9]\d+ {user}\b", last)
    assert last.index("USER ") > last.rindex("RUN ")


def test_what_is_written_goes_to_a_volume_or_a_folder_of_the_user() -> None:
    (owned,) = re.findall(r"install --directory --owner congvan (.+)", stages()[-1])
    (workdir,) = instructions(stages()[-1], "WORKDIR")
    for name in OURS:
        media = SERVICES[name]["environment"]["MEDIA_ROOT"]
        assert f"media:{media}" in SERVICES[name]["volumes"]
        assert media.removeprefix(f"{workdir}/") in owned.split()
    assert {"media", "database"} == COMPOSE["volumes"].keys()


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_a_lasting_container_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_containers_wait_for_a_condition_that_can_come_true() -> None:
    for service in SERVICES.values():
        for other, wait in service.get("depends_on", {}).items():
            healthy = wait["condition"] == "service_healthy"
            assert ("healthcheck" in SERVICES[other]) == healthy, other


def test_a_worker_is_given_longer_than_its_longest_task() -> None:
    grace = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_TASK_TIME_LIMIT


def let_in(path: str) -> bool:
    """Whether .dockerignore lets a file of the project into the image."""
    inside = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern, keeps = line.removeprefix("!"), line.startswith("!")
        if line and not line.startswith("#") and (pattern in ("*", path) or path.startswith(f"{pattern}/")):
            inside = keeps
    return inside


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_the_image_holds_the_portal_and_not_its_tests() -> None:
    for needed in ("manage.py", "congvan/settings.py", "requirements.lock", ".env.example", "scripts/live.py"):
        assert let_in(needed), needed
    for other in (".env", "var/portal.sqlite3", "tests/settings.py", ".git/config", "build/static/css/fonts.css"):
        assert not let_in(other), other


def test_every_named_file_of_the_image_exists_and_is_let_in() -> None:
    files = tracked()
    for stage in stages():
        for copy in instructions(stage, "COPY"):
            if not copy.startswith("--from") and copy != ". .":
                assert all(name in files and let_in(name) for name in copy.split()[:-1]), copy
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            assert any(fnmatch(name, line[1:]) or name.startswith(f"{line[1:]}/") for name in files), line
