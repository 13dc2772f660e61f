"""What somebody sent after their session had ended is kept until they have signed in again, and offered to be sent.

It waits in the browser's own session on the server, never in the browser (shared PCs), and goes with it. Nothing is
sent by itself: whoever has signed in sees it first, and only at an address they may open. Files are not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

KEPT = "kept_post"
DROP = "khong-gui"  # in the address: the person does not want it any more
FILES_LOST = "thieu-tep"  # sent along when there had been files: the form then asks for them once
LARGEST = 100_000  # characters of one post
NEVER_KEPT = frozenset({"sign_out"})


class KeptPosts:
    """Middleware, inside those of sessions and authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _leads_to_sign_in(response):
            return _keep(request, response)
        kept = request.session.get(KEPT)
        if not kept or kept["path"] != request.path or not request.user.is_authenticated:
            return response
        if request.method == "GET" and DROP not in request.GET and response.status_code in (200, 302):
            return _offer(request, kept)
        del request.session[KEPT]
        return redirect(request.path) if DROP in request.GET else response


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    address = response.headers.get("Location", "")
    return response.status_code == 302 and address.startswith(f"{resolve_url(settings.LOGIN_URL)}?")


def _keep(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The way to the sign-in page, for htmx too, with the post kept beside it."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    fields = [[key, values] for key, values in request.POST.lists() if key != "csrfmiddlewaretoken"]
    size = sum(len(value) for _, values in fields for value in values)
    if request.method == "POST" and fields and size <= LARGEST and name not in NEVER_KEPT:
        request.session[KEPT] = {"path": request.path, "fields": fields, "files": bool(request.FILES)}
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(response.headers["Location"])
    return response


def _offer(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    pairs = [(key, value) for key, values in kept["fields"] for value in values]
    context = {
        "address": kept["path"],
        "pairs": [*pairs, (FILES_LOST, "1")] if kept["files"] else pairs,
        "texts": [value for _, value in pairs if " " in value.strip()],
        "files": kept["files"],
        "drop": DROP,
    }
    response = render(request, "agencies/kept_post.html", context)
    response["Cache-Control"] = "no-store"
    return response
