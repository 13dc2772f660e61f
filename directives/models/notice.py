"""The outbox: one row is one message to one person for one occasion. The row is the queue (RELIABILITY, reminders)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission, allowed
from agencies.text import fold
from directives.models.assignment import Assignment


class NoticeKind(models.TextChoices):
    REMINDER = "nhac-han", "Nhắc hạn"  # the day's digest of deadlines
    ASSIGNED = "giao-viec", "Giao nhiệm vụ"
    RETURNED = "tra-lai", "Trả lại để bổ sung"
    CONFIRMED = "xac-nhan", "Xác nhận hoàn thành"
    EXTENSION_ASKED = "xin-gia-han", "Đề nghị gia hạn"
    CHANGED = "thay-doi", "Thay đổi nhiệm vụ"  # paused, resumed, withdrawn, another due day: the entry says which
    EXTENSION_DECIDED = "gia-han", "Trả lời đề nghị gia hạn"
    GIVEN = "phan-cong", "Phân công xử lý"
    DECLINED = "khong-nhan", "Trả lời không thuộc thẩm quyền"
    KEPT = "giu-nguyen", "Giữ nguyên việc giao"
    HANDED_OVER = "chuyen-di", "Chuyển cho cơ quan khác"
    TAKEN_OVER = "nhan-chuyen", "Nhận chuyển giao"
    CORRECTED = "dieu-chinh", "Điều chỉnh nhiệm vụ"
    WITHDRAWN = "thu-hoi", "Thu hồi văn bản"
    CHASED = "don-doc", "Đôn đốc"
    EXPLANATION_WANTED = "giai-trinh", "Yêu cầu giải trình"
    EXPLANATION_DUE = "nhac-giai-trinh", "Nhắc trả lời giải trình"
    EXPLAINED = "da-giai-trinh", "Cơ quan đã giải trình"
    OPINION = "y-kien", "Ý kiến của lãnh đạo"
    REPORT = "bao-cao", "Báo cáo theo lịch"  # names no assignment: its `title` and `path` say what it is about
    INVITED = "moi-phoi-hop", "Mời phối hợp"


class NoticeState(models.TextChoices):
    PENDING = "cho-gui", "Chờ gửi"
    SENDING = "dang-gui", "Đang gửi"
    DOT = "da-chuyen", "Đã chuyển, chờ trả lời"  # the last byte may have reached the relay: never repeated blindly
    SENT = "da-gui", "Đã gửi"
    BOUNCED = "bi-tra", "Không gửi được"
    CANCELLED = "da-huy", "Không còn cần gửi"
    SKIPPED = "bo-qua", "Bỏ qua"
    UNCERTAIN = "chua-ro", "Chưa rõ đã đến hay chưa"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """The Office sees every message, anybody else those written to them."""
        return self if allowed(user, Permission.FOLLOW_MAIL) else self.filter(recipient=user)

    def matching(self, words: str) -> NoticeQuerySet:
        """Those whose recipient, address or agency holds every word; an agency's diacritics are folded."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(recipient__full_name__icontains=word)
                | Q(recipient__email__icontains=word)
                | Q(recipient__agency__search__contains=fold(word))
            )
        return found

    def undelivered(self) -> NoticeQuerySet:
        """Those somebody of the Office has to look at: refused for good, or nobody knows."""
        return self.filter(state__in=(NoticeState.BOUNCED, NoticeState.UNCERTAIN))

    def to_look_at_by(self, user: User) -> NoticeQuerySet:
        """The undelivered ones, for whoever follows the mail; none for anybody else."""
        return self.undelivered() if allowed(user, Permission.FOLLOW_MAIL) else self.none()

    def of(self, user: User) -> NoticeQuerySet:
        """Those written to `user`, whoever else may see them."""
        return self.filter(recipient=user)

    def shown(self, now: datetime) -> NoticeQuerySet:
        """What the portal shows its recipient whatever becomes of the mail.

        Not what can still be taken back or was, and not a reminder that another one took the place of.
        """
        held = Q(state=NoticeState.PENDING, attempt=0, next_at__gt=now)
        replaced = Q(kind=NoticeKind.REMINDER, state=NoticeState.SKIPPED)
        return self.exclude(held | replaced | Q(state=NoticeState.CANCELLED))

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def ready(self, now: datetime) -> NoticeQuerySet:
        """Those whose time has come and that nobody is sending."""
        return self.filter(state=NoticeState.PENDING, next_at__lte=now)

    def abandoned(self, now: datetime) -> NoticeQuerySet:
        """Those whose sender has gone: its lease is over and nothing was handed to the relay yet."""
        return self.filter(state=NoticeState.SENDING, lease_until__lte=now)

    def held_by(self, notice: Notice) -> NoticeQuerySet:
        """The row, if the attempt that claimed it is still the one that holds it."""
        return self.filter(pk=notice.pk, attempt=notice.attempt, state__in=(NoticeState.SENDING, NoticeState.DOT))

    def unanswered(self, now: datetime) -> NoticeQuerySet:
        """Those whose last byte left so long ago that no answer will come, and no relay still waits for anything."""
        return self.filter(state=NoticeState.DOT, lease_until__lte=now)


class Notice(models.Model):
    """A message. `key` says what it is about within its kind ("" for a day's digest, "letter:5", "update:17")."""

    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300, blank=True)  # what it tells of, where that is no assignment
    path = models.CharField(max_length=200, blank=True)  # the page in the portal that has it
    occasion = models.DateField()
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.PENDING)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()  # not before
    attempt = models.PositiveIntegerField(default=0)  # fencing token: only the attempt that claimed may settle
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # in the portal; the mail is another matter
    problem = models.CharField(max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        indexes = (
            models.Index(fields=("state", "next_at"), name="notice_queue"),
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=("recipient", "-created_at"), name="notice_inbox"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "kind", "key", "occasion"), name="notice_once_per_person_and_occasion"
            ),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENT) | Q(sent_at__isnull=False), name="notice_sent_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENDING) | Q(lease_until__isnull=False),
                name="notice_sending_has_a_lease",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.recipient} ({self.occasion:%d/%m/%Y})"


STANDING_STEP, CONDITION_STEP = "tx", "dk"  # of items that are about no deadline: a nudge, a check of a condition


class NoticeItem(models.Model):
    """One assignment a message speaks of; `step`: how many days from the due day the notice's occasion
    was ("-7" … "+3"), so that a deadline moved since then is seen; STANDING_STEP, CONDITION_STEP or "" where no
    deadline is meant."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="notice_items")
    step = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "assignment"), name="notice_names_an_assignment_once"),
        )

    def __str__(self) -> str:
        return f"{self.assignment} ({self.step})"

    @property
    def still_holds(self) -> bool:
        """Whether the deadline the step was counted from still stands, or still none where there was none."""
        if self.step == STANDING_STEP and self.assignment.reported_at is not None:
            reported_on = timezone.localtime(self.assignment.reported_at).date()
            return self.assignment.due_on is None and reported_on < self.notice.occasion
        if self.step in (STANDING_STEP, CONDITION_STEP):
            return self.assignment.due_on is None
        return not self.step or self.assignment.due_on == deadline_meant(self.notice.occasion, self.step)


def deadline_meant(occasion: date, step: str) -> date:
    """The due day a step was counted from."""
    return occasion - timedelta(days=int(step))
