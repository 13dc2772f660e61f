"""Files of evidence, given out only through here."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.models import Attachment

logger = logging.getLogger(__name__)


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def attachment(request: UserRequest, pk: UUID) -> FileResponse:
    """The file as a download; nothing in it can run in the portal's name, and no cache keeps it."""
    one = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        content = one.file.open("rb")
    except FileNotFoundError as error:
        logger.error("attachment %s is in the database but not on disk", one.pk)
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=one.name, content_type=one.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
