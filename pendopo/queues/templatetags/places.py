"""Today's places on the pages of modules below, which do not know queues: they load this as they link to our pages."""

from collections.abc import Iterable, Mapping

from django import template
from django.template import Context
from django.utils import timezone

from pendopo.queues.queries.places import Places, places_of

register = template.Library()


@register.simple_tag(takes_context=True)
def places(context: Context, variants: Iterable[Mapping[str, str]]) -> dict[str, Places]:
    """Return the places of these cases, as whoever takes by phone sees them, by code; one query."""
    codes = [variant["code"] for variant in variants]
    return places_of(context["request"].mall, codes, timezone.now(), by_phone=True)


@register.filter
def at_code(found: Mapping[str, Places], code: str) -> Places | None:
    """Return the places of one code, if it has any limit."""
    return found.get(code)


@register.filter
def none_left(found: Mapping[str, Places], variants: Iterable[Mapping[str, str]]) -> bool:
    """Say whether not one of these cases gives a number now."""
    limits = [found.get(variant["code"]) for variant in variants]
    return bool(limits) and not any(limit is None or limit.can_take for limit in limits)
