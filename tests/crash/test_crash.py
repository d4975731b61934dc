from tests.crash.run import crash


def test_nothing_acknowledged_is_lost_when_processes_are_killed() -> None:
    """The short form; `python -m tests.crash --kills 50` is the long one."""
    verdict = crash(kills=8, seed=1)

    print(verdict.text())
    assert verdict.wrong == []
    assert verdict.kills.total() == 8
    assert len(verdict.told.tickets) > 50
    assert len(verdict.told.calls) > 20
