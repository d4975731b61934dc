"""Days in addresses, and files of agencies, counters and staff: read, or refused in words."""

from collections.abc import Callable, Sized
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from pendopo.agencies.http import read_day
from pendopo.agencies.importing import agencies, counters, staff
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.tables import Table
from tests.strange import TEXT

CELL = st.text('abAB 01٣@.;"=<>-é', max_size=12)


@given(TEXT | st.dates().map(str) | st.from_regex(r"[0-9]{4}-?W?[0-9]{1,3}(-?[0-9]{1,2})?"))
def test_a_day_is_read_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        assert 2000 <= read_day(text).year < 2100


@given(st.lists(st.lists(CELL, min_size=5, max_size=5).map(",".join), max_size=4).map("\n".join))
def test_a_file_of_places_or_people_is_read_or_refused(text: str) -> None:
    heads: dict[Callable[[bytes], tuple[Table, Sized, Sized]], str] = {
        agencies.read: "instansi,singkatan,kode,induk,x",
        counters.read: "zona,nomor,instansi,lokasi,x",
        staff.read: "nama,surel,peran,instansi,kata_sandi",
    }
    for read, head in heads.items():
        with suppress(NotUnderstood):
            table, wanted, refused = read(f"{head}\n{text}".encode())
            assert len(wanted) + len(refused) == len(table.rows)
