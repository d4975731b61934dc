"""Two doors into one application: pages, and the API's operations, which need no session, message, language or form."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import django
from django.conf import settings
from django.core import signals
from django.core.cache import close_caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import reset_queries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
django.setup()

OPERATIONS = "/api/v1/malls/"


class Operations(WSGIHandler):
    """Django with the short chain of `API_MIDDLEWARE`: the long one costs as much as a ticket itself."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Load the short chain."""
        long_chain = settings.MIDDLEWARE
        settings.MIDDLEWARE = settings.API_MIDDLEWARE
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = long_chain


# Done at every request for what this house has not: a list of queries (only under DEBUG) and a cache to close.
signals.request_started.disconnect(reset_queries)
signals.request_finished.disconnect(close_caches)

pages = WSGIHandler()
operations = Operations()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request through the door that it needs."""
    door = operations if str(environ["PATH_INFO"]).startswith(OPERATIONS) else pages
    return door(environ, start_response)
