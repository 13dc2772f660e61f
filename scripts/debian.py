"""Installs the Debian packages that are missing: `debian.py run` for the portal, `debian.py test` for its tests too.

Asks dpkg first, so a second call changes nothing and needs no network. As root it installs directly, otherwise
through sudo. Where it may not install, it names the packages: the portal starts all the same, the tests do not.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys

PORTAL = {
    "libpango-1.0-0": "WeasyPrint sets the text of PDF reports with it",
    "libpangoft2-1.0-0": "the part of Pango that finds fonts",
    "libharfbuzz0b": "shapes letters",
    "libharfbuzz-subset0": "embeds only the letters that a report uses",
    "fonts-croscore": "Tinos, with the measures of Times New Roman and all Vietnamese letters",
}
TESTS = {
    "chromium": "browser tests",
    "poppler-utils": "reads the text of finished PDF reports",
    "qpdf": "checks the structure of finished PDF reports",
    "libreoffice-writer": "opens docx reports as a user's Word would",
    "libreoffice-calc": "opens xlsx reports as a user's Excel would",
}
SERVICES = {
    "postgresql-15": "the second pass of the tests",
    "redis-server": "the second pass of the tests",
}


def needed(purpose: str) -> dict[str, str]:
    """Package name → what it is for."""
    packages = dict(PORTAL)
    if importlib.util.find_spec("ensurepip") is None:  # Debian's own Python comes without it
        packages["python3-venv"] = "makes the virtual environment"
    if purpose == "test":
        packages |= TESTS
        if os.environ.get("SERVICES") != "none":
            packages |= SERVICES
    return packages


def installed(packages: list[str]) -> set[str]:
    """Those of the packages that dpkg knows as installed."""
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}


def as_root() -> list[str] | None:
    """The words before a command that make it run as root; None when there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asking = [] if sys.stdin.isatty() else ["--non-interactive"]
    return ["sudo", *asking]


def install(packages: list[str]) -> bool:
    """Whether apt-get could install them; it is quiet unless something goes wrong."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--quiet"]
    subprocess.run([*apt, "update"], check=False)  # an old list may still do
    command = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def main(purpose: str) -> int:
    """Exit code: 0 when everything is there, or when the portal can start without it."""
    packages = needed(purpose)
    if not shutil.which("dpkg-query"):
        print(f"This is not Debian. Make sure that the likes of these are installed: {', '.join(packages)}.")
        return 0
    missing = sorted(set(packages) - installed(list(packages)))
    if not missing:
        return 0
    print(f"Installing from Debian: {', '.join(missing)} …", flush=True)
    if install(missing):
        return 0
    print("\nThese Debian packages are missing and could not be installed:", file=sys.stderr)
    for name in missing:
        print(f"  {name:18} {packages[name]}", file=sys.stderr)
    print(f"Ask an administrator for: apt-get install {' '.join(missing)}\n", file=sys.stderr)
    return 1 if purpose == "test" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
