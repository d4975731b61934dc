"""Cursors of lists of meetings and decisions: read, or refused in words."""

from contextlib import suppress
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.cursors import write_cursor
from pendopo.kernel.errors import NotUnderstood
from pendopo.meetings.queries import decisions, meetings
from tests.strange import TEXT

TIMES = TEXT | st.datetimes(timezones=st.timezones() | st.none()).map(datetime.isoformat) | st.dates().map(str)


@given((TIMES | TEXT).map(lambda text: write_cursor(text, 1)) | TEXT)
def test_a_cursor_of_meetings_is_read_or_refused(cursor: str) -> None:
    with suppress(NotUnderstood):
        assert meetings._place(cursor)[0].tzinfo
    with suppress(NotUnderstood):
        assert decisions._place(cursor)[1] >= 0
