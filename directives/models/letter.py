"""The official letter and the documents it cites."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import F, Q

from agencies.models import AGENCY_ROLES, Role, User
from agencies.permissions import Permission, allowed
from agencies.text import fold
from directives.drafting.cards import Head


class LetterKind(models.TextChoices):
    """Kinds of administrative documents and their abbreviations (NĐ 30/2020, điều 7 and PL III; DOMAIN §6)."""

    OFFICIAL_LETTER = "CV", "Công văn"  # its notation carries no kind
    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    DIRECTION = "CT", "Chỉ thị"
    REGULATION = "QC", "Quy chế"
    RULES = "QyĐ", "Quy định"
    ANNOUNCEMENT = "TC", "Thông cáo"
    NOTICE = "TB", "Thông báo"
    GUIDANCE = "HD", "Hướng dẫn"
    PROGRAMME = "CTr", "Chương trình"
    PLAN = "KH", "Kế hoạch"
    SCHEME = "PA", "Phương án"
    PROJECT = "ĐA", "Đề án"
    UNDERTAKING = "DA", "Dự án"
    REPORT = "BC", "Báo cáo"
    MINUTES = "BB", "Biên bản"
    SUBMISSION = "TTr", "Tờ trình"
    CONTRACT = "HĐ", "Hợp đồng"
    TELEGRAM = "CĐ", "Công điện"
    MEMORANDUM = "BGN", "Bản ghi nhớ"
    AGREEMENT = "BTT", "Bản thỏa thuận"
    MANDATE = "GUQ", "Giấy ủy quyền"
    INVITATION = "GM", "Giấy mời"
    INTRODUCTION = "GGT", "Giấy giới thiệu"
    LEAVE = "GNP", "Giấy nghỉ phép"
    SENDING_SLIP = "PG", "Phiếu gửi"
    TRANSFER_SLIP = "PC", "Phiếu chuyển"
    INFORMATION_SLIP = "PB", "Phiếu báo"
    OPEN_LETTER = "TCg", "Thư công"  # has no official abbreviation; the value is ours


class LetterState(models.TextChoices):
    DRAFT = "du-thao", "Đang nhập"
    ISSUED = "da-giao", "Đã giao"
    WITHDRAWN = "thu-hoi", "Đã thu hồi"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """Agencies see letters that give them something to do; the Office sees drafts too; unknown roles see none."""
        if not allowed(user, Permission.SEE_LETTERS):
            return self.none()
        if user.role in AGENCY_ROLES:
            theirs = Letter.objects.filter(directives__assignments__agency=user.agency_id)
            return self.filter(pk__in=theirs.values("pk")).exclude(state=LetterState.DRAFT)
        return self if user.role == Role.OFFICER else self.exclude(state=LetterState.DRAFT)

    def editable_by(self, user: User) -> LetterQuerySet:
        """Those an officer may correct or withdraw: everything that was given; the verbs refuse what was withdrawn."""
        return self.exclude(state=LetterState.DRAFT) if allowed(user, Permission.ENTER_LETTERS) else self.none()

    def like(self, head: Head) -> LetterQuerySet:
        """Those that may be the letter `head` speaks of: issuer, year, number and notation agree.

        Where the number is blank many letters share a notation, so the subject has to agree too.
        """
        same = self.filter(
            issuer__iexact=head.issuer,
            number=head.number,
            notation=head.notation,
            effective_on__year=head.effective_on.year,
        )
        return same if head.number else same.filter(subject=head.subject)

    def matching(self, words: str) -> LetterQuerySet:
        found = self
        for word in fold(words).split():
            found = found.filter(search__contains=word)
        return found


class Letter(models.Model):
    """One letter, verbatim. Number and day may be blank, as in letters that circulate before they are registered.

    Lengths follow the register of NĐ 30/2020 PL VI: notation 30, issuer 200, subject 500, position 100, name 50.
    """

    kind = models.CharField("loại văn bản", max_length=3, choices=LetterKind.choices)
    number = models.CharField("số", max_length=20, blank=True)
    notation = models.CharField("ký hiệu", max_length=30, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    # The day that counts where one is needed (group membership, first day of the duty): the letter's own, or the day
    # the Office puts in its place while the letter's is blank.
    effective_on = models.DateField("ngày tính")
    place = models.CharField("địa danh", max_length=100, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    subject = models.CharField("trích yếu", max_length=500)
    addressees = models.JSONField("kính gửi", default=list, blank=True)  # list of str, as printed
    recipients = models.JSONField("nơi nhận", default=list, blank=True)  # list of str, as printed
    signer_capacity = models.JSONField("quyền hạn ký", default=list, blank=True)  # list of str ("TM. …", "KT. …")
    signer_position = models.CharField("chức vụ người ký", max_length=100, blank=True)
    signer_name = models.CharField("người ký", max_length=50, blank=True)
    text = models.TextField("nguyên văn")
    correction_note = models.TextField("ghi chú đính chính", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập")
    entered_at = models.DateTimeField("nhập lúc")
    search = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        constraints = (
            models.UniqueConstraint(
                "issuer",
                "number",
                "notation",
                models.functions.ExtractYear("effective_on"),
                condition=~Q(number=""),
                name="letter_number_unique_per_issuer_and_year",
            ),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(issued_on=F("effective_on")),
                name="letter_counts_from_its_own_day",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(subject=""), name="letter_has_text_and_subject"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the letter is called: "125/UBND-KGVX", with the blank kept visible while it has no number."""
        return f"{self.number or '…'}/{self.notation}" if self.notation else self.number or self.get_kind_display()

    @property
    def head(self) -> Head:
        """The fields an officer checks when entering the letter, and may correct later."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(Head)}
        for name, one in values.items():
            values[name] = tuple(one) if isinstance(one, list) else one  # JSON knows no tuples
        return Head(**values)

    @property
    def dated(self) -> str:
        """The letter's day as it is known: dd/mm/yyyy, or only "tháng 01/2023" while the day is blank."""
        return f"{self.issued_on:%d/%m/%Y}" if self.issued_on else f"tháng {self.effective_on:%m/%Y}"

    def describe(self) -> None:
        """Fill the folded search column; whoever writes a letter calls it before saving."""
        self.search = fold(" | ".join([self.reference, self.subject, self.issuer]))


class Citation(models.Model):
    """A document that the letter, or one of its directives, cites; one duty can have several sources."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="citations")
    directive = models.ForeignKey(
        "directives.Directive", on_delete=models.PROTECT, related_name="citations", null=True, blank=True
    )
    reference = models.CharField("số, ký hiệu hoặc tên luật", max_length=200)
    issued_on = models.DateField("ngày", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("directive", "reference"), name="citation_once_per_directive"),
            models.UniqueConstraint(
                fields=("letter", "reference"), condition=Q(directive__isnull=True), name="citation_once_per_letter"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="citation_names_a_document"),
        )

    def __str__(self) -> str:
        return self.reference
