"""Moments that phones write, and cursors of lists: read, or refused in words."""

from contextlib import suppress
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pendopo.inspections.forms.parts import MomentField
from pendopo.inspections.queries import findings, inspections
from pendopo.kernel.errors import NotUnderstood
from tests.strange import TEXT

MOMENTS = TEXT | st.datetimes(timezones=st.timezones() | st.none()).map(datetime.isoformat)


@given(MOMENTS)
def test_a_moment_of_a_phone_is_read_or_refused(text: str) -> None:
    with suppress(ValidationError):
        at = MomentField(required=False).clean(text)
        assert at is None or at.astimezone(UTC) == at


@given(MOMENTS)
def test_a_cursor_of_inspections_is_read_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        assert inspections._moment(text).tzinfo
    with suppress(NotUnderstood):
        findings._refuse_no_day(text)
