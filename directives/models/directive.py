"""One instruction of a letter and the parties it names."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agencies.models import AGENCY_ROLES, Agency, AgencyGroup, User
from agencies.permissions import Permission, allowed
from agencies.text import fold
from directives.deadlines import DueKind, DueRule, Period
from directives.models.letter import Letter, LetterState


class Modality(models.TextChoices):
    """Bodies that are not subordinate are asked, not ordered (DOMAIN §1, item 7)."""

    ORDER = "yeu-cau", "Yêu cầu"
    REQUEST = "de-nghi", "Đề nghị"


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, user: User) -> DirectiveQuerySet:
        """The Office and leaders see all, an agency's people what their agency was given, an unknown role none."""
        if not allowed(user, Permission.SEE_ASSIGNMENTS):
            return self.none()
        return self.filter(assignments__agency=user.agency_id).distinct() if user.role in AGENCY_ROLES else self

    def matching(self, words: str) -> DirectiveQuerySet:
        """Those whose label, title or text holds every word, diacritics folded."""
        found = self
        for word in fold(words).split():
            found = found.filter(search__contains=word)
        return found

    def recurring(self) -> DirectiveQuerySet:
        """Those that ask for a report in every period, of letters that are in force."""
        return self.filter(due_kind=DueKind.RECURRING, letter__state=LetterState.ISSUED)

    def editable_by(self, user: User) -> DirectiveQuerySet:
        """Those whose letter an officer may correct."""
        return self.filter(letter__in=Letter.objects.editable_by(user))


class Directive(models.Model):
    """The verbatim clause with its place in the letter: text == letter.text[start:end]."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="directives")
    position = models.PositiveSmallIntegerField("thứ tự")
    label = models.CharField("mục", max_length=20)  # "1.2": number of the section, number of the item
    title = models.CharField("tên nhiệm vụ", max_length=300)
    text = models.TextField("nguyên văn")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    modality = models.CharField("hình thức", max_length=10, choices=Modality.choices, default=Modality.ORDER)
    requires_evidence = models.BooleanField("yêu cầu minh chứng", default=True)
    due_kind = models.CharField("loại thời hạn", max_length=12, choices=DueKind.choices, default=DueKind.NONE)
    due_phrase = models.CharField("thời hạn trong văn bản", max_length=300, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)  # the last day; only for dated rules
    due_details = models.JSONField(default=dict, blank=True)  # period, day, count … of the other kinds (DueRule)
    due_is_internal = models.BooleanField("hạn nội bộ do Văn phòng đặt", default=False)
    search = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ theo văn bản"
        verbose_name_plural = "nhiệm vụ theo văn bản"
        constraints = (
            models.UniqueConstraint(fields=("letter", "label"), name="directive_label_unique_in_letter"),
            models.UniqueConstraint(fields=("letter", "position"), name="directive_position_unique_in_letter"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="directive_span_not_empty"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(title=""), name="directive_has_text_and_title"),
            models.CheckConstraint(condition=Q(modality__in=Modality.values), name="directive_modality_known"),
            models.CheckConstraint(condition=Q(due_kind__in=DueKind.values), name="directive_due_kind_known"),
            models.CheckConstraint(
                condition=Q(due_kind=DueKind.DATE, due_on__isnull=False)
                | (~Q(due_kind=DueKind.DATE) & Q(due_on__isnull=True)),
                name="directive_dated_rule_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def rule(self) -> DueRule:
        """The due rule as stored: of a dated one the last day stands, not the printed one."""
        period = self.due_details.get("period")
        known = {name: value for name, value in self.due_details.items() if name != "period" and value is not None}
        return DueRule(
            DueKind(self.due_kind),
            self.due_phrase,
            printed_on=self.due_on,
            period=Period(period) if period else None,
            **known,
        )

    def describe(self) -> None:
        """Fill the folded search column; whoever writes a directive calls it before saving."""
        self.search = fold(" | ".join([self.label, self.title, self.text]))


class PartyRole(models.TextChoices):
    LEAD = "chu-tri", "Chủ trì"
    SUPPORT = "phoi-hop", "Phối hợp"


class Party(models.Model):
    """A phrase by which the directive names who acts, and what the Office took it for.

    An open set ("các cơ quan có liên quan") stays a phrase: neither agency nor group, never expanded (DOMAIN §5).
    """

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices)
    phrase = models.CharField("cách ghi trong văn bản", max_length=500)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(AgencyGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    struck_out = models.JSONField("không giao cho", default=list, blank=True)  # list of str: codes of members

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("directive", "role", "phrase"), name="party_phrase_once_per_directive"),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_known"),
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(group__isnull=True), name="party_is_an_agency_or_a_group"
            ),
            models.CheckConstraint(condition=~Q(phrase=""), name="party_keeps_its_phrase"),
        )

    def __str__(self) -> str:
        return self.phrase
