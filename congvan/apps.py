"""Django's admin under the portal's own site; with it the portal's system checks are registered."""

from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from congvan.checks import sqlite_is_for_one_machine


class PortalAdminConfig(AdminConfig):
    default_site = "congvan.admin.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        register(sqlite_is_for_one_machine, Tags.database, deploy=True)
