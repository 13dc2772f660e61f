"""The agency directory as a spreadsheet, in and out (django-import-export): the admin and `load_directory` share it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from import_export import fields, resources, widgets
from tablib import Dataset

from agencies.models import Agency, AgencyGroup
from agencies.text import nfc

DIRECTORY = files("agencies") / "data"


class WordsWidget(widgets.Widget):
    """A list of str, written in one cell with | between."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [nfc(word.strip()) for word in str(value or "").split("|") if word.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "|".join(value or [])


class YesNoWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        if value not in ("yes", "no"):
            raise ValueError("Cột này chỉ nhận yes hoặc no.")
        return bool(value == "yes")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class TextWidget(widgets.CharWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return nfc(str(value or "").strip())


def _text(name: str) -> fields.Field:
    return fields.Field(name, name, widget=TextWidget())


def _day(name: str) -> fields.Field:
    return fields.Field(name, name, widget=widgets.DateWidget(format="%Y-%m-%d"))


class AgencyResource(resources.ModelResource):
    code = _text("code")
    name = _text("name")
    short_name = _text("short_name")
    abbreviation = _text("abbreviation")
    aliases = fields.Field("aliases", "aliases", widget=WordsWidget())
    kind = _text("kind")
    subordinate = fields.Field("is_subordinate", "subordinate", widget=YesNoWidget())
    valid_from = _day("valid_from")
    valid_to = _day("valid_to")
    successors = fields.Field("successors", "successors", widget=widgets.ManyToManyWidget(Agency, "|", "code"))
    certainty = _text("certainty")
    source = _text("source")
    note = _text("note")

    class Meta:
        model = Agency
        import_id_fields = ("code", "valid_from")
        fields = (
            "code",
            "name",
            "short_name",
            "abbreviation",
            "aliases",
            "kind",
            "subordinate",
            "valid_from",
            "valid_to",
            "successors",
            "certainty",
            "source",
            "note",
        )
        skip_unchanged = True
        clean_model_instances = True

    def do_instance_save(self, instance: Agency, is_create: bool) -> None:
        instance.describe()
        instance.save()


class AgencyGroupResource(resources.ModelResource):
    code = _text("code")
    name = _text("name")
    phrases = fields.Field("phrases", "phrases", widget=WordsWidget())
    kinds = fields.Field("kinds", "kinds", widget=WordsWidget())
    valid_from = _day("valid_from")
    valid_to = _day("valid_to")

    class Meta:
        model = AgencyGroup
        import_id_fields = ("code",)
        fields = ("code", "name", "phrases", "kinds", "valid_from", "valid_to")
        skip_unchanged = True
        clean_model_instances = True


def load_directory() -> None:
    """Bring agencies and groups to what the project's two files say; rows that agree already stay untouched.

    The agencies are read twice: a body may name a successor that only a later row brings.
    """
    for resource, name in ((AgencyResource, "agencies"), (AgencyResource, "agencies"), (AgencyGroupResource, "groups")):
        rows = Dataset().load((DIRECTORY / f"{name}.csv").read_text("utf-8"), format="csv")
        resource().import_data(rows, raise_errors=True, use_transactions=True)
