"""One directive given to one agency: the thing that is tracked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce, TruncDate

from agencies.models import AGENCY_ROLES, Agency, User
from agencies.permissions import Permission, allowed
from agencies.text import fold
from directives import periods
from directives.deadlines import DueKind, Facts, Label, label_of, words_of
from directives.models.absence import Absence
from directives.models.directive import Directive, Party, PartyRole
from directives.models.labelling import label_case, urgency_case
from directives.states import OPEN, WITH_AGENCY, ChaseKind, Status


def done_by(person: User, on: date) -> Q:
    """Given to one person of the agency, or to somebody who is away on a day and whose deputy that is."""
    return Q(handler=person) | Q(handler__in=Absence.objects.on(on).filter(deputy=person).values("person"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        """The Office and leaders see all, an agency's people their agency's, an unknown role none."""
        if not allowed(user, Permission.SEE_ASSIGNMENTS):
            return self.none()
        return self.filter(agency=user.agency_id) if user.role in AGENCY_ROLES else self

    def open_to(self, user: User) -> AssignmentQuerySet:
        """Those whose page `user` may read: besides the visible ones, what others contribute to a duty one leads."""
        seen = self.visible_to(user)
        if user.role not in AGENCY_ROLES or not allowed(user, Permission.SEE_ASSIGNMENTS):
            return seen
        led = Assignment.objects.filter(agency=user.agency_id).leads().counted().values("directive")
        return seen | self.supports().filter(directive__in=led)

    def followed_by(self, officer: int) -> AssignmentQuerySet:
        """Those in the charge of an officer (id): theirs, or nobody's of a letter they entered."""
        return self.filter(Q(officer=officer) | Q(officer__isnull=True, directive__letter__entered_by=officer))

    def leads(self) -> AssignmentQuerySet:
        """Those that make up a directive's state and that figures count."""
        return self.filter(role=PartyRole.LEAD)

    def supports(self) -> AssignmentQuerySet:
        """The contributions of those who were invited to take part."""
        return self.filter(role=PartyRole.SUPPORT)

    def editable_by(self, user: User) -> AssignmentQuerySet:
        """Those on which `user` may report progress: their own agency's."""
        if not allowed(user, Permission.REPORT_PROGRESS):
            return self.none()
        return self.filter(agency=user.agency_id)

    def reviewable_by(self, user: User) -> AssignmentQuerySet:
        return self if allowed(user, Permission.REVIEW) else self.none()

    def locked(self) -> AssignmentQuerySet:
        """The rows until the transaction ends, in one order, so that two verbs at once never wait for each other."""
        return self.select_for_update(of=("self",)).select_related("directive", "agency").order_by("pk")

    def open(self) -> AssignmentQuerySet:
        return self.filter(status__in=OPEN)

    def with_agency(self) -> AssignmentQuerySet:
        """Those on which the agency, not the Office, has to act next."""
        return self.filter(status__in=WITH_AGENCY)

    def submitted(self) -> AssignmentQuerySet:
        return self.filter(status=Status.SUBMITTED)

    def unacknowledged(self) -> AssignmentQuerySet:
        """Those open of which the agency has not said that it has them."""
        return self.open().filter(acknowledged_at__isnull=True)

    def declined(self) -> AssignmentQuerySet:
        """Those that wait for the Office's answer to "không thuộc thẩm quyền"."""
        return self.filter(status=Status.DECLINED)

    def standing_silent(self, on: date, days: int) -> AssignmentQuerySet:
        """Standing ones with their agency on which nothing was reported for so many days; annotates `since`."""
        rows = self.with_agency().filter(directive__due_kind=DueKind.STANDING, due_on=None)
        silent = rows.annotate(since=Coalesce(TruncDate("reported_at"), F("assigned_on")))
        return silent.filter(since__lte=on - timedelta(days=days))

    def counted_open(self) -> AssignmentQuerySet:
        """Open ones whose due day was counted in working days: those a change of the calendar may move.

        Not those whose clock stands still: their days left are counted when they go on.
        """
        return self.open().filter(counted_from__isnull=False).exclude(status=Status.PAUSED)

    def counted(self) -> AssignmentQuerySet:
        """Those that figures count: everything that was given and not withdrawn."""
        return self.exclude(status=Status.WITHDRAWN)

    def labelled(self, on: date) -> AssignmentQuerySet:
        """Annotate `label` (a `deadlines.Label` value) as of a day."""
        return self.annotate(label=label_case(on))

    def with_label(self, on: date, labels: Iterable[Label]) -> AssignmentQuerySet:
        return self.labelled(on).filter(label__in=list(labels))  # type: ignore[misc]  # an annotation

    def overdue(self, on: date) -> AssignmentQuerySet:
        return self.with_label(on, [Label.OVERDUE])

    def chaseable(self) -> AssignmentQuerySet:
        """Those an agency can be chased about: it, not the Office, has to act."""
        return self.with_agency()

    def late_with_agency(self, on: date) -> AssignmentQuerySet:
        """Past their due day, and the agency has to act: what chasing is for."""
        return self.chaseable().filter(due_on__lt=on)

    def with_chases(self) -> AssignmentQuerySet:
        """Annotate `chases` (how often it was chased, explanations apart) and `chased_on` (the day of the last one)."""
        counted = Q(chase_items__chase__undone_at__isnull=True) & ~Q(chase_items__chase__kind=ChaseKind.EXPLANATION)
        return self.annotate(  # type: ignore[no-redef]  # declared on the model
            chases=Count("chase_items", filter=counted, distinct=True),
            chased_on=Max("chase_items__chase__chased_on", filter=counted),
        )

    def most_urgent_first(self, on: date) -> AssignmentQuerySet:
        by_time = F("due_on").asc(nulls_last=True)
        return self.order_by(urgency_case(on), by_time, "directive__position", "pk")

    def given_in(self, first: date, last: date) -> AssignmentQuerySet:
        """The assignments of a reporting window: given up to its last day, and not already done before its first."""
        done_before = Q(status=Status.DONE, stopped_on__lt=first)
        return self.counted().filter(assigned_on__lte=last).exclude(done_before)

    def matching(self, words: str) -> AssignmentQuerySet:
        """Those whose directive, letter or agency holds every word, diacritics folded."""
        found = self
        for word in fold(words).split():
            found = found.filter(
                Q(directive__search__contains=word)
                | Q(directive__letter__search__contains=word)
                | Q(agency__search__contains=word)
            )
        return found

    def for_lists(self) -> AssignmentQuerySet:
        """With what a line of a list shows; the long texts behind it are left out."""
        long = ("directive__text", "directive__search", "directive__letter__text", "directive__letter__search")
        return self.select_related("agency", "handler", "directive__letter").defer(*long, "agency__search")

    def with_officers(self) -> AssignmentQuerySet:
        """With whoever follows each."""
        return self.select_related("officer", "directive__letter__entered_by")

    def in_review_order(self) -> AssignmentQuerySet:
        """What waits for the Office, the longest waiting first."""
        return self.submitted().order_by("submitted_at", "pk")

    def after_in_review_order(self, row: Assignment) -> AssignmentQuerySet:
        """What comes behind `row`, which may have been decided in the meantime: it keeps the time it was submitted."""
        if row.submitted_at is None:
            return self.in_review_order()
        later = Q(submitted_at__gt=row.submitted_at) | Q(submitted_at=row.submitted_at, pk__gt=row.pk)
        return self.in_review_order().filter(later)

    def labels_by_letter(self, on: date) -> dict[int, Counter[Label]]:
        """Letter id → how many of its assignments stand under each label on a day: one query."""
        labelled = self.counted().annotate(label=label_case(on))
        grouped = labelled.values_list("directive__letter", "label").annotate(n=Count("pk"))
        counts: dict[int, Counter[Label]] = {}
        for letter, label, n in grouped.order_by():
            counts.setdefault(letter, Counter())[Label(label)] = n
        return counts


class Assignment(models.Model):
    """A directive × an agency (× a period when it recurs). Overdue is never stored: see `label_on`."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments", verbose_name="cơ quan")
    role = models.CharField(max_length=10, choices=PartyRole.choices, default=PartyRole.LEAD)
    period = models.CharField("kỳ", max_length=10, blank=True)  # "2023-Q1", "2023-04"; blank when it does not recur
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="assignments")
    # Who of the Office follows it; null: who entered the letter.
    officer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên viên theo dõi"
    )
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices, default=Status.NOT_STARTED)
    percent = models.PositiveSmallIntegerField("tiến độ", default=0)
    assigned_on = models.DateField("ngày giao")
    original_due_on = models.DateField("hạn ban đầu", null=True, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    # Who of the agency does it; the verbs see to it that it is one of its people (the rows are in two tables).
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )
    # Where `due_on` was counted, so many working days after a day: what a change of the calendar moves.
    counted_from = models.DateField("hạn đếm từ ngày", null=True, blank=True)
    counted_days = models.SmallIntegerField("số ngày làm việc của hạn", null=True, blank=True)
    acknowledged_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    reported_at = models.DateTimeField("cập nhật lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("gửi xác nhận lúc", null=True, blank=True)
    stopped_on = models.DateField("ngày dừng tính hạn", null=True, blank=True)
    completed_on = models.DateField("ngày hoàn thành theo minh chứng", null=True, blank=True)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    # Where it went when another agency took it over: always the row that stands for it now, never one in between.
    continued_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="continues")
    continued_on = models.DateField("ngày chuyển", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentQuerySet.as_manager()

    chases: int  # these two only where fetched `with_chases`
    chased_on: date | None

    class Meta:
        verbose_name = "nhiệm vụ giao cho cơ quan"
        verbose_name_plural = "nhiệm vụ giao cho cơ quan"
        indexes = (
            models.Index(fields=("agency", "status", "due_on", "stopped_on"), name="assignment_worklist"),
            models.Index(fields=("status", "submitted_at"), name="assignment_review_queue"),
            models.Index(fields=("due_on", "status"), name="assignment_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("directive", "agency", "role", "period"), name="assignment_once_per_agency_role_and_period"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="assignment_percent_up_to_100"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="assignment_status_known"),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="assignment_role_known"),
            models.CheckConstraint(
                condition=Q(original_due_on__isnull=True) | Q(due_on__isnull=False),
                name="assignment_keeps_a_due_day_once_set",
            ),
            models.CheckConstraint(
                condition=Q(counted_from__isnull=True, counted_days__isnull=True)
                | Q(counted_from__isnull=False, counted_days__isnull=False, due_on__isnull=False),
                name="assignment_counts_days_from_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SUBMITTED) | Q(submitted_at__isnull=False, stopped_on__isnull=False),
                name="assignment_submitted_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DONE) | Q(confirmed_at__isnull=False, stopped_on__isnull=False),
                name="assignment_done_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(status__in=[Status.DONE, Status.WITHDRAWN]),
                name="assignment_only_done_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(continued_by__isnull=True, continued_on__isnull=True)
                | Q(continued_by__isnull=False, continued_on__isnull=False, status=Status.WITHDRAWN),
                name="assignment_handed_over_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(continued_by__isnull=True) | ~Q(continued_by=F("id")),
                name="assignment_is_not_handed_to_itself",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DECLINED) | Q(acknowledged_at__isnull=False),
                name="assignment_declined_was_received",
            ),
        )

    def __str__(self) -> str:
        return f"{self.directive} – {self.agency}"

    @property
    def period_words(self) -> str:
        """ "tháng 04/2023"; "" when it does not recur."""
        return periods.words(self.period)

    @property
    def officer_in_charge(self) -> User:
        return self.officer or self.directive.letter.entered_by

    @property
    def needs_evidence(self) -> bool:
        """Whether completion has to be shown: by who leads, when the directive asks for it; a contribution is told."""
        return self.directive.requires_evidence and self.role == PartyRole.LEAD

    @property
    def facts(self) -> Facts:
        return Facts(self.status, self.due_on, self.stopped_on, self.directive.due_kind)

    def label_on(self, on: date) -> Label:
        return label_of(self.facts, on=on)

    def words_on(self, on: date) -> str:
        return words_of(self.facts, on=on)
