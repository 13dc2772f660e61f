"""The official letter of an act of chasing, as an unsigned draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.models import Chase
from reports.content import chase_letter as content


@requires(Permission.SEE_CHASES)
@require_safe
@cache_control(private=True, no_store=True)
def chase_letter(request: UserRequest, pk: int) -> HttpResponse:
    # Here and not above: only who asks for a letter waits for WeasyPrint to be loaded.
    from reports.pdf.chase_letter import render_letter  # noqa: PLC0415

    act = get_object_or_404(Chase.objects.visible_to(request.user).standing().select_related("chased_by"), pk=pk)
    items = act.items.select_related("chase", "agency", "assignment__directive__letter")
    letter = content.write(act, list(items.order_by("agency__sort_key", "agency", "due_on", "pk")))
    name = f"Dự thảo công văn {act.get_kind_display().lower()} số {act.reference.replace('/', '-')}.pdf"
    answer = HttpResponse(render_letter(letter).content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
