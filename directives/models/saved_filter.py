"""A list narrowed once and kept under a name, each person's own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import User


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: User) -> SavedFilterQuerySet:
        return self.filter(owner=user.pk)


class SavedFilter(models.Model):
    """`query`: the choices as they stand in the address of /nhiem-vu/ ("tt=qua-han&cq=STP")."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_filters")
    name = models.CharField("tên bộ lọc", max_length=60)
    query = models.CharField("lựa chọn", max_length=1000)
    saved_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="saved_filter_named_once_per_person"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_is_named_and_narrow"),
        )

    def __str__(self) -> str:
        return self.name
