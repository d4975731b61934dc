from django.http import HttpRequest

from pendopo.agencies.types import Actor
from pendopo.tenancy.models import Mall


class Request(HttpRequest):
    """A request after the middleware: `actor` always, `mall` where the URL names one."""

    mall: Mall
    actor: Actor
