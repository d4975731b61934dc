"""Cursors of searches, fees as people write them, files of services: read, or refused in words."""

import base64
from contextlib import suppress
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.agencies.tests import make as agencies
from pendopo.catalogue.importing import fees, lines
from pendopo.catalogue.queries import searching
from pendopo.kernel.errors import NotUnderstood
from tests.strange import BODIES, TEXT

PLACES = st.tuples(
    st.sampled_from(["1", "0.37", "1e999999", "NaN", "-1", "٣", "9" * 400, 1]), TEXT, TEXT
).map(lambda place: repr(list(place)).replace("'", '"').encode(errors="replace"))  # fmt: skip
CURSORS = (BODIES | PLACES).map(lambda body: base64.urlsafe_b64encode(body).decode())


@given(CURSORS | TEXT)
def test_the_cursor_of_a_search_is_read_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        score, _name, _code = searching._read_cursor(text)
        assert 0 <= score < Decimal(10**6)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place", ['["1","\\ud800","x"]', '["1","\\u0000","x"]', '["1e999999","a","x"]', '["1",1,2]', "[" * 700, "{}"]
)
def test_no_cursor_breaks_the_list_of_services(place: str) -> None:
    address = f"/api/v1/malls/{agencies.mall().slug}/services"
    word = base64.urlsafe_b64encode(place.encode()).decode()
    client = Client(raise_request_exception=False)

    assert client.get(address, {"cursor": word}).status_code == 422
    assert client.get(address, {"cursor": word, "q": "ktp"}).status_code == 422


@given(TEXT | st.text("Rp0123456789., -", max_size=30) | st.text(max_size=60))
def test_a_fee_is_an_amount_or_unknown(text: str) -> None:
    found = fees.amount_of(text)

    assert found is None or 0 <= found <= fees.HIGHEST


LINE = st.lists(st.text('ab ;"=@<>-é', max_size=12), min_size=4, max_size=6).map(",".join)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, max_size=4).map("\n".join), st.sampled_from(["biaya", "persyaratan", "durasi", "x"]))
def test_a_file_of_services_is_read_or_refused(text: str, column: str) -> None:
    with suppress(NotUnderstood):
        table, wanted, refused = lines.read(f"instansi,layanan,dasar,{column}\n{text}".encode())
        assert len(wanted) + len(refused) == len(table.rows)
