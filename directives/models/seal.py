"""The seals of the history: one for each line, in the order of sealing, each bearing the hash of the one before."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from directives.models.history import HistoryEntry, HistoryEntryQuerySet

LONGEST = timedelta(hours=1)  # no transaction lasts so long: whoever answers requests and tasks ends them in minutes


class HistorySealQuerySet(models.QuerySet["HistorySeal"]):
    def newest(self) -> HistorySeal | None:
        return self.order_by("-position").first()

    def head(self) -> str:
        """The hash that speaks for all that is sealed; blank when nothing is."""
        newest = self.newest()
        return newest.hash if newest else ""

    def waiting(self) -> HistoryEntryQuerySet:
        """The lines that are to be sealed: quick, however long the history is."""
        return HistoryEntry.objects.filter(pk__gt=self._settled(), seal=None)

    def _settled(self) -> int:
        """No line with this id or a smaller one is still to come.

        Ids are given before the commit, so a small one may show after a greater one was sealed: within LONGEST.
        """
        newest = self.newest()
        if newest is None:
            return 0
        old = self.filter(sealed_at__lte=newest.sealed_at - LONGEST)
        last = old.order_by("-sealed_at", "-position").first()
        return last.entry_id if last else 0


class HistorySeal(models.Model):
    """`hash`: SHA-256 (hex) over the line, this seal and the hash before it, in the `form` that chain.py gives."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(HistoryEntry, on_delete=models.PROTECT, related_name="seal")
    form = models.PositiveSmallIntegerField()
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    objects = HistorySealQuerySet.as_manager()

    class Meta:
        verbose_name = "niêm phong nhật ký"
        verbose_name_plural = "niêm phong nhật ký"
        indexes = (models.Index(fields=("sealed_at", "position"), name="seals_by_time"),)
        constraints = (models.CheckConstraint(condition=Q(position__gte=1), name="seal_position_from_one"),)

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:16]}"
