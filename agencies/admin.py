"""Accounts and the directory, for system administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from import_export.admin import ImportExportModelAdmin

from agencies.models import Agency, AgencyGroup, User
from agencies.resources import AgencyGroupResource, AgencyResource


class _Kept:
    """What the directory and the accounts refer to is never deleted: it ends or is switched off."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Agency)
class AgencyAdmin(_Kept, ImportExportModelAdmin):
    resource_classes = [AgencyResource]
    list_display = ("short_name", "code", "kind", "is_subordinate", "valid_from", "valid_to")
    list_filter = ("kind", "is_subordinate")
    search_fields = ("search",)
    ordering = ("sort_key", "pk")
    autocomplete_fields = ("successors",)

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm[Agency], change: bool) -> None:
        obj.describe()
        super().save_model(request, obj, form, change)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Agency], search_term: str
    ) -> tuple[QuerySet[Agency], bool]:
        return queryset.filter(pk__in=Agency.objects.matching(search_term)), False


@admin.register(AgencyGroup)
class AgencyGroupAdmin(_Kept, ImportExportModelAdmin):
    resource_classes = [AgencyGroupResource]
    list_display = ("name", "code", "valid_from", "valid_to")
    ordering = ("code",)


@admin.register(User)
class UserAdmin(_Kept, BaseUserAdmin):
    """Django's own account pages (they set passwords too), with the portal's fields."""

    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        ("Người dùng", {"fields": ("full_name", "position", "email", "role", "agency", "is_coordinator")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "role", "agency", "email", "usable_password")}),
        ("Mật khẩu", {"fields": ("password1", "password2")}),
    )
    list_display = ("username", "full_name", "role", "agency", "is_active")
    list_filter = ("role", "is_coordinator", "is_active")
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    autocomplete_fields = ("agency",)
    list_select_related = ("agency",)
