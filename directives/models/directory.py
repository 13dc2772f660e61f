"""What the Office did to the directory of agencies: one ends, its work and its people go elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, User


class AgencyAct(models.TextChoices):
    FOUND = "thanh-lap", "Thành lập"
    END = "ket-thuc", "Kết thúc hoạt động"
    HAND_OVER = "chuyen-nhiem-vu", "Chuyển nhiệm vụ"
    CARRY_ON = "chuyen-dinh-ky", "Chuyển nhiệm vụ định kỳ"
    MOVE = "chuyen-nguoi", "Chuyển người dùng"


class AgencyChange(models.Model):
    """`on`: the first day on which it is so; `to`: who receives; `count`: of assignments, directives or people."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField("việc", max_length=20, choices=AgencyAct.choices)
    on = models.DateField("từ ngày")
    to = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="cơ quan nhận")
    count = models.PositiveIntegerField("số lượng", default=0)
    names = models.CharField("tên", max_length=1000, blank=True)  # successors or people, as they were called then
    reason = models.TextField("lý do, căn cứ")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người làm")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "thay đổi cơ quan"
        verbose_name_plural = "thay đổi cơ quan"
        constraints = (
            models.CheckConstraint(condition=Q(act__in=AgencyAct.values), name="agency_change_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="agency_change_has_its_reason"),
            models.CheckConstraint(
                condition=Q(act__in=[AgencyAct.FOUND, AgencyAct.END], to__isnull=True)
                | (~Q(act__in=[AgencyAct.FOUND, AgencyAct.END]) & Q(to__isnull=False)),
                name="agency_change_names_the_receiver",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=True) | ~Q(to=F("agency")), name="agency_change_goes_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """ "chuyển 12 nhiệm vụ cho Sở Khoa học và Công nghệ từ ngày 01/03/2025"."""
        since = f"từ ngày {self.on:%d/%m/%Y}"
        match self.act:
            case AgencyAct.FOUND:
                return f"bắt đầu hoạt động {since}"
            case AgencyAct.END:
                heirs = f"; kế thừa: {self.names}" if self.names else "; không có cơ quan kế thừa"
                return f"kết thúc hoạt động {since}{heirs}"
            case AgencyAct.CARRY_ON:
                return f"chuyển các kỳ sau của {self.count} nhiệm vụ định kỳ cho {self.to} {since}"
            case AgencyAct.HAND_OVER:
                return f"chuyển {self.count} nhiệm vụ cho {self.to} {since}"
        return f"chuyển {self.count} người dùng sang {self.to} {since}: {self.names}"
