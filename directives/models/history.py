"""The append-only record of who did what when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.models import AGENCY_ROLES, User
from agencies.permissions import Permission, allowed
from directives.models.assignment import Assignment
from directives.models.directive import Directive
from directives.models.letter import Letter, LetterState
from directives.models.progress import ProgressUpdate
from directives.states import DECISIONS, MOVES, UNDO_WITHIN, Verb
from directives.turns import standing


class HistoryEntryQuerySet(models.QuerySet["HistoryEntry"]):
    def of(self, assignment: Assignment) -> HistoryEntryQuerySet:
        """The acts on an assignment, and on those of other agencies that it took over."""
        return self.filter(Q(assignment=assignment) | Q(assignment__continued_by=assignment))

    def visible_to(self, user: User) -> HistoryEntryQuerySet:
        """The acts on assignments one may see, or that these took over; those on a letter itself are the Office's."""
        if not allowed(user, Permission.SEE_ASSIGNMENTS):
            return self.none()
        if user.role not in AGENCY_ROLES:
            return self
        seen = Assignment.objects.open_to(user)
        return self.filter(Q(assignment__in=seen) | Q(assignment__continued_by__in=seen))

    def last_moves(self) -> HistoryEntryQuerySet:
        """The entries that gave their assignments the status these have now."""
        later = HistoryEntry.objects.filter(assignment=OuterRef("assignment"), verb__in=MOVES, pk__gt=OuterRef("pk"))
        return self.filter(verb__in=MOVES).exclude(Exists(later))

    def moves(self) -> HistoryEntryQuerySet:
        """The entries that gave a status, oldest first."""
        return self.filter(verb__in=MOVES).order_by("pk")

    def withdrawable(self) -> HistoryEntry | None:
        """Of one assignment: the line of the update that gave it the status it still has, if an update did."""
        return withdrawable_of(self.moves().select_related("assignment", "update__author"))

    def undoable_by(self, user: User, now: datetime) -> HistoryEntryQuerySet:
        """The decisions `user` took in the last minutes and on which nothing has followed.

        What was decided stands once the letter is taken back: nobody is asked for anything again.
        """
        if not allowed(user, Permission.REVIEW):
            return self.none()
        mine = self.last_moves().filter(actor=user, verb__in=DECISIONS, at__gt=now - UNDO_WITHIN)
        return mine.exclude(letter__state=LetterState.WITHDRAWN)


def withdrawable_of(moves: Iterable[HistoryEntry]) -> HistoryEntry | None:
    """Of the moves of one assignment, oldest first: the one by an update that gave it the status it still has."""
    kept = standing(moves)
    last = kept[-1] if kept else None
    if last is None or last.assignment is None or last.verb not in (Verb.REPORT, Verb.SUBMIT):
        return None
    return last if last.update and last.to_status == last.assignment.status else None


class HistoryEntry(models.Model):
    """One act. `note` holds the words that came with it (a reason); `details` what changed, as {field: [old, new]}."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="history")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, null=True, related_name="history")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="history")
    update = models.ForeignKey(ProgressUpdate, on_delete=models.PROTECT, null=True, related_name="history")
    verb = models.CharField(max_length=20)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = HistoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        indexes = (models.Index(fields=("assignment", "at"), name="history_of_assignment"),)
        constraints = (models.CheckConstraint(condition=~Q(verb=""), name="history_names_a_verb"),)

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.verb}"
