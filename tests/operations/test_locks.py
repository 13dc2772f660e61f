"""What is installed is named exactly, with hashes, and nothing says where it was fetched from."""

import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"


def pinned(lock: str) -> dict[str, str]:
    """Package name → version of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", (ROOT / lock).read_text(), re.MULTILINE))


def normal(requirement: str) -> str:
    """The name in a requirement, as package indexes write it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_every_line_of_a_lock_is_a_pin_a_hash_or_a_comment(lock: str) -> None:
    allowed = re.compile(r"#.*|[a-z0-9-]+==\S+ \\| {4}--hash=sha256:[0-9a-f]{64}( \\)?| {4}#.*|")
    odd = [line for line in (ROOT / lock).read_text().splitlines() if not allowed.fullmatch(line)]
    assert odd == []


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_a_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"/|--index-url|--find-links", (ROOT / lock).read_text())


def test_what_the_project_asks_for_is_locked() -> None:
    runtime, dev = PROJECT["dependencies"], PROJECT["optional-dependencies"]["dev"]
    assert {normal(one) for one in runtime} <= pinned(RUNTIME).keys()
    assert {normal(one) for one in runtime + dev} <= pinned(DEV).keys()


def test_tests_run_on_the_versions_that_serve() -> None:
    assert pinned(RUNTIME).items() <= pinned(DEV).items()


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.11.14"])
def test_the_lock_is_whole_on_every_python_of_the_line(python: str) -> None:
    """Debian 12 has 3.11.2; some packages need more on early versions, and a lock only knows where it was made."""
    environment = {"python_full_version": python, "python_version": "3.11", "extra": ""}
    locked = pinned(DEV)
    missing = {
        f"{distribution.name} → {requirement.name}"
        for distribution in importlib.metadata.distributions()
        if normal(distribution.name) in locked
        for requirement in map(Requirement, distribution.requires or ())
        if requirement.marker is None or requirement.marker.evaluate(environment)
        if normal(requirement.name) not in locked
    }
    assert missing == set()


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text().splitlines()]
    asked = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    without = [one for one in asked if not any(re.fullmatch(rf'"{re.escape(one)}", +# \S.*', line) for line in lines)]
    assert without == []


def test_npm_brings_one_locked_package_and_no_address_of_it() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = json.loads((ROOT / "package.json").read_text())["dependencies"]
    del packages[""]
    assert [f"node_modules/{name}" for name in asked] == list(packages)
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
