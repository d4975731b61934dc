from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel import nik

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "is_woman", "born"),
    [
        ("3576010101900001", False, date(1990, 1, 1)),
        ("3576014101900001", True, date(1990, 1, 1)),
        ("3576012211260001", False, date(2026, 11, 22)),
        ("3576012311260001", False, date(1926, 11, 23)),
        ("3576016902000001", True, date(2000, 2, 29)),
    ],
)
def test_a_nik_tells_where_when_and_for_whom(text: str, is_woman: bool, born: date) -> None:
    found = nik.read(text)

    assert (found.province, found.regency, found.district) == ("35", "35.76", "35.76.01")
    assert (found.is_woman, found.born_on(TODAY)) == (is_woman, born)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("357601010190001", nik.WrongLength),
        ("35760101019000012", nik.WrongLength),
        ("357601010190000A", nik.WrongLength),
        ("３５７６０１０１０１９００００１", nik.WrongLength),
        ("3576013201900001", nik.NoSuchDay),
        ("3576010013900001", nik.NoSuchDay),
        ("3576013002900001", nik.NoSuchDay),
        ("3576017201900001", nik.NoSuchDay),
        ("3576010101900000", nik.NoSerial),
    ],
)
def test_what_is_no_nik_says_why(text: str, error: type[nik.NotANik]) -> None:
    with pytest.raises(error):
        nik.read(text)


@given(st.text(max_size=20) | st.from_regex(r"\A[0-9]{16}\Z"))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        found = nik.read(text)
    except nik.NotANik:
        return
    assert found.born_on(TODAY) <= TODAY
