"""Words of reports in templates."""

from __future__ import annotations

from django import template

from reports.content import wording

register = template.Library()


@register.filter
def roman(n: int) -> str:
    """ "IV" of 4."""
    return wording.roman(n)


@register.filter
def in_narrow(fraction: str) -> str:
    return wording.in_narrow(fraction)
