"""The watch itself: what it would say of an action that nobody called or witnessed."""

import pytest

from tests import audit_watch


def test_it_names_what_was_not_called_and_what_was_not_witnessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_watch, "_all", {"a.called", "a.silent", "a.heartbeat", "a.forgotten"})
    monkeypatch.setattr(audit_watch, "EXEMPT", {"a.heartbeat": "why"})

    faults = audit_watch.judge({"a.called", "a.silent", "a.heartbeat"}, {"a.called"})

    assert faults == ["a.forgotten was called by no test", "a.silent left no audit entry"]


def test_an_excuse_that_is_not_needed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_watch, "_all", {"a.called"})
    monkeypatch.setattr(audit_watch, "EXEMPT", {"a.called": "why", "a.gone": "why"})

    assert audit_watch.judge({"a.called"}, {"a.called"}) == [
        "a.called is excused but leaves an entry",
        "a.gone is excused but is no action",
    ]


def test_it_watches_the_actions_of_every_module() -> None:
    assert {"pendopo.queues.actions.taking.take", "pendopo.audit.actions.record"} <= audit_watch._all
