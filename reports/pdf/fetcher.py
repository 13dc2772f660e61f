"""What a report may fetch: the resources it was given in memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "congvan:"


class Refused(FatalURLFetchingError):
    """The document asked for something it was not given; rendering stops rather than go on without it."""


class MemoryFetcher(URLFetcher):
    """Serves `congvan:<name>` from memory; no file, no network, no data URI (WeasyPrint's own serves any local file).

    `resources`: name → (bytes, media type).
    """

    def __init__(self, resources: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._resources = dict(resources)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        found = self._resources.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if found is None:
            raise Refused(f"A report may not fetch {url}")
        content, media_type = found
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
