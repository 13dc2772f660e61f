"""That what a directive waits for has come about, and by which document."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import User
from directives.models.directive import Directive


class ConditionMet(models.Model):
    """The Office's word, once for each directive, and the rule that begins with it: a day, or working days from it."""

    directive = models.OneToOneField(Directive, on_delete=models.PROTECT, related_name="condition_met")
    document = models.CharField("văn bản đáp ứng điều kiện", max_length=200)
    document_on = models.DateField("ngày văn bản")
    due_on = models.DateField("hạn", null=True)
    count = models.PositiveSmallIntegerField("số ngày làm việc", null=True)
    met_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người xác nhận")
    met_at = models.DateTimeField("xác nhận lúc")

    class Meta:
        verbose_name = "điều kiện đã có"
        verbose_name_plural = "các điều kiện đã có"
        constraints = (
            models.CheckConstraint(condition=~Q(document=""), name="condition_names_its_document"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, count__isnull=True)
                | Q(due_on__isnull=True, count__isnull=False, count__gte=1),
                name="condition_starts_one_rule",
            ),
        )

    def __str__(self) -> str:
        return f"{self.directive}: {self.document}"
