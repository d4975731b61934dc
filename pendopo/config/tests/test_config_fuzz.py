"""The name under which we are called, and what a backup says of itself."""

from contextlib import suppress

import pytest
from django.test import Client, RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from pendopo.agencies.tests import make as agencies
from pendopo.config.backup import read_manifest
from pendopo.config.errors import Failed
from pendopo.config.middleware import live_origin
from tests.strange import BODIES, objects

HOSTS = st.from_regex(r"\A(\[[a-f0-9:.]{0,12}\]?|[a-z0-9.\-]{0,12}|[!-~]{0,12})(:[0-9]{0,6})?\Z")


@given(HOSTS)
def test_the_origin_of_events_can_be_named_for_any_host(host: str) -> None:
    assert live_origin(RequestFactory().get("/", headers={"host": host})).startswith("http")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["[abc:def.]", "[a:b]:80", "[::1", "contoh.test:99999999"])
@override_settings(ALLOWED_HOSTS=["*"])
def test_no_name_of_a_host_breaks_a_page(host: str) -> None:
    client = Client(raise_request_exception=False, headers={"host": host})

    assert client.get(f"/m/{agencies.mall().slug}/").status_code < 500


@given(BODIES | objects("format", "migrations", "made_at", "dump", "roles"))
def test_a_manifest_is_read_or_refused(text: bytes) -> None:
    with suppress(Failed):
        read_manifest(text)
