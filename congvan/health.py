"""Whether the web process answers at all; touches nothing else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agencies.permissions import public


@public("the process supervisor has no account")
@require_safe
def health_live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")
