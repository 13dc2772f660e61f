"""A report: a frozen snapshot of figures and rows, the words people gave it, and the file rendered from both."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Coalesce

from agencies.models import AGENCY_ROLES, Agency, User
from agencies.permissions import Permission, allowed
from agencies.text import fold
from directives.models import Letter
from reports.models.kinds import TITLES, Denominator, Focus, ReportFormat, ReportKind, ReportState, kinds_on

TRIES = 3  # to make a file, before it has failed; `attempt` counts on through all rounds of so many


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """The Office and leaders see all but agencies' own drafts; an agency what it made, its own, and what
        was issued about it alone."""
        if not allowed(user, Permission.MAKE_REPORTS):
            return self.none()
        if user.role not in AGENCY_ROLES:
            return self.exclude(kind=ReportKind.OWN, issued_at__isnull=True)
        theirs = Q(kind=ReportKind.OWN) | Q(issued_at__isnull=False) | Q(requested_by=user)
        return self.filter(theirs, agency=user.agency_id)

    def editable_by(self, user: User) -> ReportQuerySet:
        """Whose words and issue are theirs: an agency's its own report, the Office's all others."""
        if not allowed(user, Permission.EDIT_REPORTS):
            return self.none()
        if user.role in AGENCY_ROLES:
            return self.taken().filter(kind=ReportKind.OWN, agency=user.agency_id)
        return self.taken().exclude(kind=ReportKind.OWN)

    def taken(self) -> ReportQuerySet:
        """Those whose figures are there; the others wait for somebody to take them."""
        return self.filter(taken_at__isnull=False)

    def listed(self) -> ReportQuerySet:
        """Each report once: without the requests that ended with another."""
        return self.filter(same_as__isnull=True)

    def matching(self, words: str) -> ReportQuerySet:
        """Those whose agency, letter, number or code holds every word, diacritics folded."""
        found = self
        for word in fold(words).split():
            found = found.filter(
                Q(agency__search__contains=word)
                | Q(letter__search__contains=word)
                | Q(edition__number=word)
                | Q(snapshot_hash__startswith=word.replace("-", ""))
            )
        return found

    def in_the_making(self) -> ReportQuerySet:
        return self.filter(state__in=(ReportState.WAITING, ReportState.RENDERING))

    def ended_in_vain(self) -> ReportQuerySet:
        """Those whose file was not made, and that nobody is at."""
        return self.filter(state__in=(ReportState.FAILED, ReportState.STOPPED))

    def make_again(self, **fields: Any) -> int:
        """Have files made afresh, in a new round of tries; how many."""
        begun = (F("attempt") + (TRIES - 1)) / TRIES * TRIES
        clean = {"problem": "", "parts_done": 0, "parts_total": 0, "lease_until": None, "finished_at": None}
        return self.update(state=ReportState.WAITING, attempt=begun, **clean, **fields)

    def current(self) -> ReportQuerySet:
        """What was issued and no later version has taken the place of."""
        return self.filter(issued_at__isnull=False).exclude(replaced_by__issued_at__isnull=False)

    def for_lists(self) -> ReportQuerySet:
        """The newest first, with whose it is, without the frozen rows."""
        named = self.select_related("agency", "letter", "requested_by", "replaces", "issued_by")
        heavy = ("snapshot", "letter__text", "letter__search", "agency__search", "replaces__snapshot")
        return named.defer(*heavy).order_by("-requested_at", "pk")

    def for_its_page(self) -> ReportQuerySet:
        """With how often it was edited and when last."""
        edits = ReportEdit.objects.filter(report=OuterRef("pk")).order_by("-number")
        return self.for_lists().annotate(  # type: ignore[no-redef]  # these are declared on the model
            seen=Coalesce(Subquery(edits.values("number")[:1]), 0),
            edited_at=Subquery(edits.values("at")[:1]),
        )


class Report(models.Model):
    """`snapshot` holds every figure and row that is printed, so that printing again months later gives the same. It is
    taken at `taken_at`: at once, or of very many assignments by whoever makes the file.

    Until the report is issued people may put other words in place of those written from the figures, and fill in
    number, day and signer: `edition`, as content.edition writes it. What was issued never changes again; a correction
    is another report that `replaces` it. `content_key` is the same for two requests whose reports would say the same,
    until the figures are taken for two that ask the same; it is empty once a report has gone its own way. A request
    that turned out to say what another report says leads there: `same_as`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("loại", max_length=20, choices=ReportKind.choices, default=ReportKind.PROGRESS)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # the scope
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # the scope
    window_from = models.DateField("từ ngày")
    window_to = models.DateField("đến ngày")
    on = models.DateField("số liệu đến ngày")
    leading = models.CharField(max_length=20, choices=Denominator.choices, default=Denominator.FALLEN_DUE)
    snapshot: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)  # None until taken
    snapshot_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the canonical JSON
    taken_at = models.DateTimeField("số liệu lấy lúc", null=True, blank=True)
    content_key = models.CharField(max_length=64, null=True, unique=True)  # several may have none
    edition = models.JSONField(default=dict, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay thế"
    )
    same_as = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="doubles")
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts_total = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="reports/%Y/%m", blank=True)
    word_file = models.FileField(upload_to="reports/%Y/%m", blank=True)
    workbook_file = models.FileField(upload_to="reports/%Y/%m", blank=True)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)  # bytes of `file`, the PDF
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    seen: int  # these only where fetched `for_its_page`
    edited_at: datetime | None

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        constraints = (
            models.CheckConstraint(condition=Q(window_from__lte=F("window_to")), name="report_window_in_order"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.DONE) | (~Q(file="") & Q(finished_at__isnull=False)),
                name="report_done_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=True, taken_at__isnull=True, snapshot_hash="")
                | Q(snapshot__isnull=False, taken_at__isnull=False) & ~Q(snapshot_hash=""),
                name="report_figures_taken_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.SAME, same_as__isnull=False)
                | ~Q(state=ReportState.SAME) & Q(same_as__isnull=True),
                name="report_same_says_as_which",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.DONE) | Q(taken_at__isnull=False), name="report_done_has_its_figures"
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=kinds_on(Focus.ALL), agency__isnull=True, letter__isnull=True)
                | Q(kind__in=kinds_on(Focus.AGENCY), agency__isnull=False, letter__isnull=True)
                | Q(kind__in=kinds_on(Focus.LETTER), agency__isnull=True, letter__isnull=False),
                name="report_is_on_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(issued_by__isnull=False), name="report_issued_by_somebody"
            ),
        )

    @property
    def files(self) -> dict[ReportFormat, FieldFile]:
        """Every file it may have; one that is not there (yet) is false."""
        return {
            ReportFormat.PDF: self.file,
            ReportFormat.WORD: self.word_file,
            ReportFormat.WORKBOOK: self.workbook_file,
        }

    @property
    def focus(self) -> str:
        """Whom or what the report is on, as lists say it."""
        if self.letter is not None:
            return f"{self.letter.reference}, {self.letter.dated}"
        return str(self.agency) if self.agency is not None else "Tất cả cơ quan"

    @property
    def title(self) -> str:
        return f"Báo cáo {TITLES[ReportKind(self.kind)]}"

    def __str__(self) -> str:
        return f"{self.title} {self.window_from:%d/%m/%Y} - {self.window_to:%d/%m/%Y}"


class ReportEdit(models.Model):
    """Who changed the words of a report, and into what. Rows are added, never changed.

    `edition`: the whole of it after the change, as content.edition writes it. `number` counts from 1 per report.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người sửa")
    at = models.DateTimeField("sửa lúc")
    edition = models.JSONField()

    class Meta:
        verbose_name = "lần sửa báo cáo"
        verbose_name_plural = "lần sửa báo cáo"
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="report_edit_numbered_once"),)

    def __str__(self) -> str:
        return f"{self.report}, lần sửa {self.number}"
