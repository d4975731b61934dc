from django import template
from django.template.context import Context
from django.utils import timezone

from pendopo.queues.queries.service_notes import notes_of_code
from pendopo.tenancy.models import Mall

register = template.Library()


@register.inclusion_tag("queues/service_notes.html", takes_context=True)
def service_notes(context: Context, service_code: str, opening: str) -> dict[str, object]:
    """Tell on a page of a module below what to know before taking a number; `opening` is what it says already."""
    mall = context["mall"]
    assert isinstance(mall, Mall)
    return {"notes": notes_of_code(mall, service_code, timezone.now()), "opening": opening}
