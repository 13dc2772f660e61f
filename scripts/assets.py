"""Fetches the one npm package, the font, and lays it where Django finds it: build/static/fonts and css/fonts.css.

Without it the pages use the reader's own fonts, so a failure is said and is no error. Only the two subsets that
Vietnamese needs are taken, with the licence text.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "node_modules/@fontsource-variable/noto-sans"
SUBSETS = ("latin", "vietnamese")
RULE = """@font-face {{
  font-family: "Noto Sans Variable";
  font-style: normal;
  font-display: swap;
  font-weight: 100 900;
  src: url("../fonts/noto-sans-{subset}.woff2") format("woff2");
  unicode-range: {characters};
}}
"""


def locked_version() -> str:
    """The version that package-lock.json names."""
    version: str = json.loads((ROOT / "package-lock.json").read_text())["packages"][PACKAGE]["version"]
    return version


def has_package() -> bool:
    """Whether node_modules holds the font in the locked version."""
    about = ROOT / PACKAGE / "package.json"
    return about.is_file() and json.loads(about.read_text())["version"] == locked_version()


def fetch() -> bool:
    """Whether npm could install what package-lock.json names."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    command = [npm, "ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000", "--silent"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def lay_out(target: Path) -> None:
    """Copies fonts and licence, then writes the style sheet that names them: its presence says that all is there."""
    characters = json.loads((ROOT / PACKAGE / "unicode.json").read_text())
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    (target / "css").mkdir(exist_ok=True)
    for subset in SUBSETS:
        source = ROOT / PACKAGE / "files" / f"noto-sans-{subset}-wght-normal.woff2"
        shutil.copyfile(source, target / "fonts" / f"noto-sans-{subset}.woff2")
    shutil.copyfile(ROOT / PACKAGE / "LICENSE", target / "fonts" / "OFL.txt")
    rules = (RULE.format(subset=subset, characters=characters[subset]) for subset in SUBSETS)
    (target / "css" / "fonts.css").write_text("\n".join(rules))


def main() -> int:
    if not has_package() and not fetch():
        print("The font could not be fetched with npm; pages will use the reader's own fonts.", file=sys.stderr)
        return 0
    lay_out(ROOT / "build" / "static")
    return 0


if __name__ == "__main__":
    sys.exit(main())
