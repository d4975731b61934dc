"""The API's document is a promise: it changes only on purpose, and people can read it under the strict CSP."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from pendopo.config.api import api

SNAPSHOT = Path(__file__).with_name("openapi.json")
RENEW = ".venv/bin/python -m tests.openapi"


def test_the_document_changes_only_on_purpose() -> None:
    document = json.loads(json.dumps(api.get_openapi_schema()))

    assert document == json.loads(SNAPSHOT.read_text()), f"Meant so? Then renew the snapshot: {RENEW}"


@pytest.mark.django_db
def test_it_is_served_as_it_stands() -> None:
    response = Client().get("/api/v1/openapi.json")

    assert response.json() == json.loads(SNAPSHOT.read_text())
    assert response.json()["openapi"].startswith("3.1")


def test_every_operation_says_who_may_and_how_it_refuses() -> None:
    document = json.loads(SNAPSHOT.read_text())
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]

    assert Counter(operation["operationId"] for operation in operations).most_common(1)[0][1] == 1
    assert all("default" in operation["responses"] and "security" in operation for operation in operations)
    assert all(operation["summary"] and operation["description"] for operation in operations)


@pytest.mark.django_db
def test_people_read_it_without_script_and_without_third_parties() -> None:
    response = Client().get("/api/v1/docs")
    page = response.content.decode()

    assert response.status_code == 200
    assert "script-src 'self';" in response["Content-Security-Policy"]
    for path, methods in json.loads(SNAPSHOT.read_text())["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    assert "<style" not in page
    assert " style=" not in page
    assert all(source.startswith("/static/") for source in _sources(page))
    assert len(page) < 60_000


def _sources(page: str) -> list[str]:
    return [part.split('"')[0] for name in ('src="', 'link rel="stylesheet" href="') for part in page.split(name)[1:]]
