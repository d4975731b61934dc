"""What is said when the database went away in the middle of a request."""

import pytest
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from psycopg.errors import AdminShutdown, IdleInTransactionSessionTimeout, InFailedSqlTransaction

from pendopo.config.middleware import Door

pytestmark = pytest.mark.django_db


def answer(raised: Exception, cause: Exception) -> int:
    """Let a view fail like that, and give the status of what the door says."""

    def view(_request: HttpRequest) -> HttpResponse:
        raise raised from cause

    door = Door(lambda _request: HttpResponse())
    response = door.process_view(RequestFactory().get("/api/v1/docs"), view, [], {})
    assert response
    return response.status_code


def test_a_server_that_is_gone_is_away() -> None:
    assert answer(OperationalError("gone"), AdminShutdown("gone")) == 503


def test_so_is_one_that_ended_a_transaction_in_which_the_machine_slept() -> None:
    assert answer(InternalError("ended"), IdleInTransactionSessionTimeout("ended")) == 503


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(InternalError):
        answer(InternalError("ours"), InFailedSqlTransaction("ours"))
