from django import template

from pendopo.agencies.models import Hotline
from pendopo.agencies.queries.hotlines import hotline_of
from pendopo.tenancy.models import Mall

register = template.Library()


@register.simple_tag
def hotline(mall: Mall, agency_code: str) -> Hotline | None:
    """Give the number at which a service's agency answers: `{% hotline mall service.agency_code as line %}`."""
    return hotline_of(mall, agency_code)
