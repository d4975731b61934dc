"""What is over is not kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.people.actions import codes, limits
from pendopo.people.models import Code, Tally
from pendopo.people.tests.make import post


@pytest.mark.django_db
@pytest.mark.usefixtures("channels")
def test_codes_and_counts_that_are_over_are_removed() -> None:
    post(Client(), "/accounts/code/", contact="warga@contoh.test")
    code, later = Code.objects.get(), timezone.now() + timedelta(days=3)

    codes.note_refused(code.pk, at=timezone.now())
    code.refresh_from_db()
    assert bytes(code.digits_sealed) == b""
    assert (codes.forget(before=timezone.now()), codes.forget(before=later)) == (0, 1)
    assert limits.forget(before=later) > 0
    assert not Tally.objects.exists()
