"""Doors into one application: pages; the API's operations, without session, message, language or form; a fast lane."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, get_script_name
from django.db import close_old_connections
from django.http import HttpResponse
from django.urls import set_script_prefix

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
django.setup()

# Needs Django to be set up.
from pendopo.config import fast_lane  # noqa: E402

OPERATIONS = "/api/v1/malls/"


class Operations(WSGIHandler):
    """Django with the short chain of `API_MIDDLEWARE`: the long one costs as much as a ticket itself.

    It sends no signals of requests: who would hear looks for broken connections, which is done here, once a request.
    """

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request whose answer is whole: the API has no streams."""
        close_old_connections()
        set_script_prefix(get_script_name(environ))
        response = self.get_response(self.request_class(environ))
        assert isinstance(response, HttpResponse)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    def load_middleware(self, is_async: bool = False) -> None:
        """Load the short chain."""
        long_chain = settings.MIDDLEWARE
        settings.MIDDLEWARE = settings.API_MIDDLEWARE
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = long_chain


pages = WSGIHandler()
operations = Operations()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request through the door that it needs."""
    if str(environ["PATH_INFO"]).startswith(OPERATIONS):
        return fast_lane.answer(environ, start_response) or operations.answer(environ, start_response)
    return pages(environ, start_response)
