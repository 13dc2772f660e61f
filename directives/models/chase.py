"""Chasing (đôn đốc): a numbered act whose recipients are frozen. Rows are added; the only change is a withdrawal."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Count, F, Max, Q
from django.db.models.functions import ExtractYear

from agencies.models import Agency, User
from agencies.permissions import Permission, allowed
from directives.models.assignment import Assignment
from directives.states import UNDO_WITHIN, ChaseKind


class ChaseQuerySet(models.QuerySet["Chase"]):
    def editable_by(self, user: User) -> ChaseQuerySet:
        """Those `user` may take back: officers their Office's chases, a leader his own demands."""
        if allowed(user, Permission.CHASE):
            return self.exclude(kind=ChaseKind.EXPLANATION)
        if allowed(user, Permission.DEMAND_EXPLANATION):
            return self.filter(kind=ChaseKind.EXPLANATION, chased_by=user)
        return self.none()

    def visible_to(self, user: User) -> ChaseQuerySet:
        """The Office and leaders see all; an agency reads of a chase in the history of its own assignments."""
        return self if allowed(user, Permission.SEE_CHASES) else self.none()

    def standing(self) -> ChaseQuerySet:
        """Those that were not taken back."""
        return self.filter(undone_at__isnull=True)

    def for_lists(self) -> ChaseQuerySet:
        """The newest first, with how many assignments and agencies each speaks of."""
        counted = self.annotate(  # type: ignore[no-redef]  # declared on the model
            assignments=Count("items", distinct=True), agencies=Count("items__agency", distinct=True)
        )
        return counted.select_related("chased_by").order_by("-chased_at", "-pk")


class Chase(models.Model):
    """One act of chasing. `text` holds the officer's or leader's own words; `key` makes one form one act.

    What the chase speaks of and who was written to stand in its items and recipients, as they were then.
    """

    kind = models.CharField("loại", max_length=12, choices=ChaseKind.choices)
    number = models.PositiveIntegerField("số")
    text = models.TextField("nội dung", blank=True)
    answer_by = models.DateField("trả lời trước ngày")
    chased_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người đôn đốc")
    chased_at = models.DateTimeField("lúc")
    chased_on = models.DateField("ngày")
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    key = models.UUIDField()

    objects = ChaseQuerySet.as_manager()

    assignments: int  # these two only where fetched `for_lists`
    agencies: int

    class Meta:
        verbose_name = "đôn đốc"
        verbose_name_plural = "đôn đốc"
        constraints = (
            models.UniqueConstraint("kind", ExtractYear("chased_on"), "number", name="chase_number_once_a_year"),
            models.UniqueConstraint(fields=("key", "kind"), name="chase_once_per_form"),
            models.CheckConstraint(condition=Q(kind__in=ChaseKind.values), name="chase_kind_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="chase_counts_from_one"),
            models.CheckConstraint(condition=Q(answer_by__gte=F("chased_on")), name="chase_leaves_time_to_answer"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="chase_undone_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.reference}"

    @property
    def reference(self) -> str:
        """ "05/2023": with the leading 0 that administrative numbers have below 10."""
        return f"{self.number:02d}/{self.chased_on.year}"

    @property
    def notice_key(self) -> str:
        """What its messages are about, in the outbox."""
        return f"chase:{self.pk}"

    def may_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.chased_at + UNDO_WITHIN


class ChaseItemQuerySet(models.QuerySet["ChaseItem"]):
    def standing(self) -> ChaseItemQuerySet:
        return self.filter(chase__undone_at__isnull=True)

    def demands(self) -> ChaseItemQuerySet:
        """What an agency was asked to explain."""
        return self.standing().filter(chase__kind=ChaseKind.EXPLANATION)

    def unanswered(self) -> ChaseItemQuerySet:
        return self.demands().filter(explanation__isnull=True)

    def by_agency(self) -> models.QuerySet[ChaseItem, dict[str, object]]:
        """Rows of `agency`, `chases` (how many acts spoke of it) and `latest` (day of the last one)."""
        chases = self.standing().exclude(chase__kind=ChaseKind.EXPLANATION)
        grouped = chases.values("agency")
        return grouped.annotate(chases=Count("chase", distinct=True), latest=Max("chase__chased_on")).order_by()


class ChaseItem(models.Model):
    """An assignment that was chased, with its agency and its due day as they were then."""

    chase = models.ForeignKey(Chase, on_delete=models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="chase_items")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("hạn", null=True)

    objects = ChaseItemQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chase", "assignment"), name="chase_names_an_assignment_once"),)

    def __str__(self) -> str:
        return f"{self.chase} – {self.assignment}"

    @property
    def days_late(self) -> int:
        """Days past the due day when it was chased; 0 when it was not late."""
        return max((self.chase.chased_on - self.due_on).days, 0) if self.due_on else 0


class ChaseRecipient(models.Model):
    """A person the chase was addressed to, with the mail address of that day ("" when there was none)."""

    chase = models.ForeignKey(Chase, on_delete=models.PROTECT, related_name="recipients")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chase", "person"), name="chase_addresses_a_person_once"),)

    def __str__(self) -> str:
        return f"{self.person} ({self.agency})"


class Explanation(models.Model):
    """An agency's answer to a demand: why it is late, and when it will be done. Added once, never changed."""

    item = models.OneToOneField(ChaseItem, on_delete=models.PROTECT, related_name="explanation")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField()
    text = models.TextField("nội dung giải trình")
    finish_by = models.DateField("cam kết hoàn thành trước ngày", null=True)
    document_reference = models.CharField("số, ký hiệu văn bản", max_length=50, blank=True)

    class Meta:
        verbose_name = "giải trình"
        verbose_name_plural = "giải trình"
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),)

    def __str__(self) -> str:
        return f"Giải trình: {self.text[:60]}"
