"""What the Office and the leaders say of an assignment, each in a voice of its own. Rows are added, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import User
from directives.models.assignment import Assignment


class Voice(models.TextChoices):
    """The agency's own voice is its updates (progress.py)."""

    OFFICE = "van-phong", "Đánh giá của Văn phòng UBND tỉnh"
    LEADER = "lanh-dao", "Ý kiến của lãnh đạo UBND tỉnh"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def of(self, assignment: Assignment) -> RemarkQuerySet:
        """Those on an assignment, and on those of other agencies that it took over."""
        return self.filter(Q(assignment=assignment) | Q(assignment__continued_by=assignment))


class Remark(models.Model):
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="remarks")
    voice = models.CharField("của ai", max_length=10, choices=Voice.choices)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    text = models.TextField("nội dung")
    key = models.UUIDField()  # idempotency: the same form sent twice makes one row

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá, ý kiến"
        verbose_name_plural = "đánh giá, ý kiến"
        constraints = (
            models.UniqueConstraint(fields=("assignment", "key"), name="remark_once_per_form"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="remark_voice_known"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.get_voice_display()}: {self.text[:60]}"
