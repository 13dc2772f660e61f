"""When the work that repeats last ran, and who did it: the heartbeat of worker, beat and cron."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class TickName(models.TextChoices):
    PLAN = "lap-nhac", "Lập thư nhắc"
    SEND = "gui-thu", "Gửi thư"
    SEAL = "niem-phong", "Niêm phong nhật ký"


class Tick(models.Model):
    """One row for each kind of work: its last run. `by`: the machine and the program."""

    name = models.CharField(max_length=20, choices=TickName.choices, unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        verbose_name = "nhịp chạy"
        verbose_name_plural = "nhịp chạy"
        constraints = (models.CheckConstraint(condition=Q(name__in=TickName.values), name="tick_name_known"),)

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.at:%d/%m/%Y %H:%M}"
