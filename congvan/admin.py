"""Django's admin, for system administrators only: accounts and the agency directory."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class PortalAdminSite(AdminSite):
    site_header = "Quản trị hệ thống"
    site_title = "Quản trị hệ thống"
    index_title = "Tài khoản và danh mục"

    def has_permission(self, request: HttpRequest) -> bool:
        # no import of the model: this module is read before the apps are loaded
        return getattr(request.user, "is_administrator", False)
