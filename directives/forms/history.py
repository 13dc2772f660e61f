"""What a history is narrowed to: read from the address, tolerant of anything that stands there."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from agencies.forms import DayField, DayForm
from agencies.models import User
from directives.models import HistoryEntryQuerySet


class HistoryFilter(DayForm):
    """Which act (`loai`, a verb), by whom (`nguoi`, an id), from (`tu`) and up to (`den`) which day.

    Offered are the acts and people of `entries`, each act by the words of `called`; what is not understood narrows
    nothing, and a day that cannot be read says so beside its field.
    """

    loai = forms.ChoiceField(label="Việc", required=False)
    nguoi = forms.ChoiceField(label="Người thực hiện", required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)

    def __init__(self, query: Any, *, entries: HistoryEntryQuerySet, called: Any, **kwargs: Any) -> None:
        super().__init__(query, use_required_attribute=False, **kwargs)
        verbs = entries.order_by().values_list("verb", flat=True).distinct()
        people = User.objects.filter(pk__in=entries.order_by().values("actor")).order_by("full_name", "pk")
        acts = sorted((called(verb), verb) for verb in verbs)
        self._offer("loai", "Tất cả các việc", [(verb, words[:1].upper() + words[1:]) for words, verb in acts])
        self._offer("nguoi", "Mọi người", [(str(one.pk), str(one)) for one in people])
        self.is_valid()

    def _offer(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrow(self, entries: HistoryEntryQuerySet) -> HistoryEntryQuerySet:
        wanted = self.cleaned_data
        if wanted.get("loai"):
            entries = entries.filter(verb=wanted["loai"])
        if wanted.get("nguoi"):
            entries = entries.filter(actor=wanted["nguoi"])
        zone = timezone.get_default_timezone()
        if wanted.get("tu"):
            entries = entries.filter(at__gte=datetime.combine(wanted["tu"], time.min, tzinfo=zone))
        if wanted.get("den"):
            entries = entries.filter(at__lte=datetime.combine(wanted["den"], time.max, tzinfo=zone))
        return entries
