"""Requests made from the OpenAPI document, lawful and not, with and without a token: none is answered by a 5xx."""

import contextlib
from collections.abc import Callable
from typing import Protocol

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from pendopo.agencies.types import Role
from pendopo.config.wsgi import application
from tests.visitors import values
from tests.world import build


class Answer(Protocol):
    """What came back."""

    status_code: int


class Case(Protocol):
    """A request as schemathesis made it."""

    path_parameters: dict[str, str]
    body: object

    def call(self, *, headers: dict[str, str]) -> Answer:
        """Send it."""

    def as_curl_command(self) -> str:
        """Write it so that it can be sent again."""


# For each operation, with lawful and with unlawful input.
EXAMPLES = 60
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("committed")
def test_no_request_that_the_document_suggests_breaks_us(record_property: Callable[[str, object], None]) -> None:
    world = build()
    tokens = [None, world.kiosk_token, world.tokens[Role.OFFICER], world.tokens[Role.MANAGER], "pdp_x.y"]
    real = values(world) | {"key": world.waiting.key}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    answers: dict[int, int] = {}

    def attack(case: Case, names_what_is_there: bool, token: str | None) -> None:
        if names_what_is_there:
            # Else nearly everything ends at a mall that is not known.
            case.path_parameters |= {name: str(real[name]) for name in case.path_parameters if name in real}
            if isinstance(case.body, dict) and "service" in case.body:
                case.body["service"] = world.hall.service.code
        response = case.call(headers={"Authorization": f"Bearer {token}"} if token else {})
        answers[response.status_code] = answers.get(response.status_code, 0) + 1
        assert response.status_code < 500, f"{response.status_code}: {case.as_curl_command()}"

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in MODES:
            strategy = operation.as_strategy(generation_mode=mode)
            # Where any text is lawful, nothing is unlawful.
            with contextlib.suppress(Unsatisfiable):
                BOUNDED(given(strategy, st.integers(0, 3).map(bool), st.sampled_from(tokens))(attack))()

    tried = sum(answers.values())
    record_property("requests made from the OpenAPI document", tried)
    assert tried > 1000
    assert {200, 201, 401, 404, 422} <= set(answers)
