"""`manage.py load_directory`: the agencies and groups of the province, from the project's own files."""

from typing import Any

from django.core.management.base import BaseCommand

from agencies.models import Agency, AgencyGroup
from agencies.resources import load_directory


class Command(BaseCommand):
    help = "Load the agency directory (agencies/data/*.csv); running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_directory()
        self.stdout.write(f"{Agency.objects.count()} agencies, {AgencyGroup.objects.count()} groups")
