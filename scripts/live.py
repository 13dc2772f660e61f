"""Does the portal answer? `live.py ADDRESS` ends with an error when it does not: the web container's health check."""

import os
import sys
import urllib.request


def ask(address: str) -> None:
    """Asks /health/live under the portal's own name, since no other is served; OSError when it does not answer."""
    name = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].strip().removeprefix(".")
    request = urllib.request.Request(f"{address}/health/live", headers={"Host": name})
    urllib.request.urlopen(request, timeout=5).close()


if __name__ == "__main__":
    ask(sys.argv[1])
