"""Django's admin, for system administrators: the outbox to look at. What it holds is written by the verbs alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from directives.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """How each message stands, not what it says: that belongs to the agency and the Office."""

    list_display = ("recipient", "kind", "occasion", "state", "attempt", "next_at", "sent_at", "problem")
    list_filter = ("state", "kind", "occasion")
    list_select_related = ("recipient",)
    search_fields = ("recipient__username", "recipient__full_name", "recipient__email", "message_id")
    ordering = ("-created_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
