from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def request_id() -> SafeString:
    """Put a fresh number for one act into a form, so that sending it twice is done once; works without JavaScript."""
    return format_html('<input type="hidden" name="id" value="{}">', uuid4())
