"""A letter that is being entered: nothing of it is given to anybody yet."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from agencies.models import User
from agencies.permissions import Permission, allowed
from directives.drafting.cards import Cards, Head, cards_from_json, cards_to_json, head_from_json, head_to_json, kept
from directives.models.letter import Letter


class DraftQuerySet(models.QuerySet["Draft"]):
    def editable_by(self, user: User) -> DraftQuerySet:
        """The officers' drafts belong to all of them; nobody else sees any."""
        return self if allowed(user, Permission.ENTER_LETTERS) else self.none()

    def open(self) -> DraftQuerySet:
        return self.filter(letter__isnull=True)

    def for_lists(self) -> DraftQuerySet:
        return self.defer("text").select_related("saved_by").order_by("-saved_at", "-pk")


class Draft(models.Model):
    """The text, and as JSON the head and the cards (drafting/cards.py) that officers make of it.

    `version` goes up with every save. From `sole_since` on all saves are by `saved_by`: who opened the page at a
    version below it, or is somebody else, has not seen what is there.
    """

    text = models.TextField("nguyên văn")
    source_name = models.CharField("tệp nguồn", max_length=200, blank=True)  # blank: pasted
    head = models.JSONField(encoder=DjangoJSONEncoder)  # object, see drafting.Head
    cards = models.JSONField(encoder=DjangoJSONEncoder, default=list)  # list of objects, see drafting.cards.Card
    warnings = models.JSONField(default=list)  # list of str: what the reader says of the letter as a whole
    version = models.PositiveIntegerField(default=1)
    sole_since = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập")
    created_at = models.DateTimeField("bắt đầu lúc")
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người lưu")
    saved_at = models.DateTimeField("lưu lúc")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="draft")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đang nhập"
        verbose_name_plural = "văn bản đang nhập"
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="draft_has_text"),
            models.CheckConstraint(condition=Q(sole_since__lte=F("version")), name="draft_sole_since_a_past_version"),
            models.CheckConstraint(condition=Q(saved_at__gte=F("created_at")), name="draft_saved_after_it_began"),
        )

    def __str__(self) -> str:
        return self.the_head.subject or self.source_name or "Văn bản chưa có trích yếu"

    @property
    def the_head(self) -> Head:
        return head_from_json(self.head)

    @property
    def the_cards(self) -> Cards:
        return cards_from_json(self.cards)

    @property
    def kept_count(self) -> int:
        """How many directives the draft would give."""
        return len(kept(self.the_cards))

    def is_stale(self, version: int, by: User) -> bool:
        """Whether somebody else has saved since `by` opened the draft at `version`."""
        if version >= self.version:
            return False
        return self.saved_by_id != by.pk or version < self.sole_since

    def put(self, head: Head | None = None, all_cards: Cards | None = None) -> bool:
        """Take in a new head or new cards; False when they say what is there already."""
        before: tuple[Any, Any] = self.the_head, self.the_cards
        if head is not None:
            self.head = head_to_json(head)
        if all_cards is not None:
            self.cards = cards_to_json(all_cards)
        return (head or before[0], all_cards if all_cards is not None else before[1]) != before
