"""The font comes from npm when it can; without it the pages still have the reader's own."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "node_modules/@fontsource-variable/noto-sans"
CHARACTERS = {"latin": "U+0000-00FF", "vietnamese": "U+1EA0-1EF9", "greek": "U+0370-03FF"}


class Checkout:
    """A copy of the files that the font needs, with a stand-in for npm."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "scripts").mkdir()
        shutil.copy(ROOT / "scripts/assets.py", folder / "scripts")
        shutil.copy(ROOT / "package-lock.json", folder)
        lock = json.loads((folder / "package-lock.json").read_text())
        self.version = lock["packages"][PACKAGE]["version"]

    def lay_package(self, version: str) -> None:
        package = self.folder / PACKAGE
        (package / "files").mkdir(parents=True, exist_ok=True)
        (package / "package.json").write_text(json.dumps({"version": version}))
        (package / "unicode.json").write_text(json.dumps(CHARACTERS))
        (package / "LICENSE").write_text("SIL OPEN FONT LICENSE")
        for subset in CHARACTERS:
            (package / "files" / f"noto-sans-{subset}-wght-normal.woff2").write_text(f"{subset} {version}")

    def npm(self, script: str) -> None:
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "npm").write_text(f'#!/bin/sh\necho "$*" >> calls\n{script}\n')
        (self.folder / "bin" / "npm").chmod(0o755)

    def run(self) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.folder / "scripts/assets.py")]
        environment = {"PATH": str(self.folder / "bin")}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def built(self) -> dict[str, str]:
        built = self.folder / "build/static"
        return {str(file.relative_to(built)): file.read_text() for file in built.rglob("*") if file.is_file()}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_two_subsets_and_the_licence_are_laid_out(checkout: Checkout) -> None:
    checkout.lay_package(checkout.version)
    assert checkout.run().returncode == 0
    assert set(checkout.built()) == {
        "css/fonts.css",
        "fonts/noto-sans-latin.woff2",
        "fonts/noto-sans-vietnamese.woff2",
        "fonts/OFL.txt",
    }


def test_the_style_sheet_names_files_that_are_there(checkout: Checkout) -> None:
    checkout.lay_package(checkout.version)
    checkout.run()
    built = checkout.built()
    named = re.findall(r'url\("\.\./(.+?)"\)', built["css/fonts.css"])
    assert len(named) == 2 and set(named) <= set(built)
    assert re.findall(r"unicode-range: (.+);", built["css/fonts.css"]) == [
        CHARACTERS["latin"],
        CHARACTERS["vietnamese"],
    ]


def test_a_package_of_another_version_is_fetched_anew(checkout: Checkout) -> None:
    checkout.lay_package("0.0.1")
    checkout.npm(f"""printf '{{"version": "{checkout.version}"}}' > {PACKAGE}/package.json""")
    assert checkout.run().returncode == 0
    assert (checkout.folder / "calls").read_text().startswith("ci --ignore-scripts")
    assert "css/fonts.css" in checkout.built()


def test_a_package_that_is_there_needs_no_npm(checkout: Checkout) -> None:
    checkout.lay_package(checkout.version)
    checkout.npm("exit 1")
    checkout.run()
    assert not (checkout.folder / "calls").exists()


@pytest.mark.parametrize("script", ["exit 1", None])
def test_without_the_font_it_says_so_and_goes_on(checkout: Checkout, script: str | None) -> None:
    if script:
        checkout.npm(script)
    answer = checkout.run()
    assert answer.returncode == 0
    assert "The font could not be fetched with npm; pages will use the reader's own fonts." in answer.stderr
    assert checkout.built() == {}
