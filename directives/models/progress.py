"""What an agency reported, and the files it gave as evidence. Rows are added; a withdrawal is noted on them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from agencies.models import User
from agencies.permissions import Permission, allowed
from directives.models.assignment import Assignment
from directives.models.extension import ExtensionRequest


class Claim(models.TextChoices):
    """What the update says about the work ("Tình trạng thực hiện")."""

    IN_PROGRESS = "dang-thuc-hien", "Đang thực hiện"
    COMPLETED = "da-hoan-thanh", "Đã hoàn thành, đề nghị xác nhận"
    OBSTRUCTED = "vuong-mac", "Có khó khăn, vướng mắc"


class ProgressUpdateQuerySet(models.QuerySet["ProgressUpdate"]):
    def standing(self) -> ProgressUpdateQuerySet:
        """Those that the agency has not withdrawn, the newest first."""
        return self.filter(withdrawn_at__isnull=True).order_by("-created_at", "-pk")

    def completed(self) -> ProgressUpdateQuerySet:
        """Of these, those that asked the Office to confirm."""
        return self.standing().filter(claim=Claim.COMPLETED)

    def of(self, assignment: Assignment) -> ProgressUpdateQuerySet:
        """What was reported on an assignment, and on those of other agencies that it took over."""
        return self.filter(Q(assignment=assignment) | Q(assignment__continued_by=assignment))


class ProgressUpdate(models.Model):
    """The agency's voice: result, obstacles, causes, proposals, percent (CV 2881/VP-KGVX 7/5/2025)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="updates")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    claim = models.CharField("tình trạng thực hiện", max_length=20, choices=Claim.choices)
    percent = models.PositiveSmallIntegerField("tiến độ")
    result = models.TextField("kết quả đã thực hiện")
    obstacles = models.TextField("khó khăn, vướng mắc", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    proposals = models.TextField("đề xuất, kiến nghị", blank=True)
    completed_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    document_reference = models.CharField("số, ký hiệu văn bản", max_length=50, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    key = models.UUIDField()  # idempotency: the same form sent twice makes one row
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = "cập nhật"
        verbose_name_plural = "cập nhật"
        constraints = (
            models.UniqueConstraint(fields=("assignment", "key"), name="update_once_per_form"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="update_percent_up_to_100"),
            models.CheckConstraint(condition=Q(claim__in=Claim.values), name="update_claim_known"),
            models.CheckConstraint(
                condition=~Q(claim=Claim.COMPLETED) | Q(completed_on__isnull=False), name="update_completed_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at")),
                name="update_withdrawn_after_it_was_made",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_claim_display()} ({self.percent} %)"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """A file is visible to whoever may see the assignment it belongs to, or the one that took it over."""
        if not allowed(user, Permission.SEE_ASSIGNMENTS):
            return self.none()
        seen = Assignment.objects.open_to(user)
        theirs = Q(update__assignment__in=seen) | Q(update__assignment__continued_by__in=seen)
        return self.filter(theirs | Q(extension__assignment__in=seen))


class Attachment(models.Model):
    """A file that came with an update, as evidence, or with a request for more time.

    Its address is its random id, its stored name never the sender's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    update = models.ForeignKey(ProgressUpdate, on_delete=models.PROTECT, null=True, related_name="attachments")
    extension = models.ForeignKey(ExtensionRequest, on_delete=models.PROTECT, null=True, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp kèm theo"
        verbose_name_plural = "tệp kèm theo"
        constraints = (
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            models.CheckConstraint(
                condition=Q(update__isnull=False, extension__isnull=True)
                | Q(update__isnull=True, extension__isnull=False),
                name="attachment_came_with_one_thing",
            ),
        )

    def __str__(self) -> str:
        return self.name
