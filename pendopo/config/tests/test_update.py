import pytest

from pendopo.config.errors import Failed
from pendopo.config.update import Steps, update


class Installation:
    """Remembers what was done to it; the steps named in `broken` fail."""

    def __init__(self, *broken: str) -> None:
        self.done: list[str] = []
        self.said: list[str] = []
        self.broken = broken

    def step(self, name: str) -> None:
        self.done.append(name)
        if name in self.broken:
            raise Failed(f"{name} is broken.")

    def update(self) -> None:
        steps = Steps(
            backup=lambda: self.step("backup"),
            migrate=lambda: self.step("migrate"),
            check=lambda: self.step("check"),
            restart=lambda: self.step("restart"),
            await_ready=lambda: self.step("await_ready"),
            restore=lambda: self.step("restore"),
        )
        update(steps, say=self.said.append)


def test_new_code_is_taken_in_this_order() -> None:
    installation = Installation()

    installation.update()

    assert installation.done == ["backup", "migrate", "check", "restart", "await_ready"]
    assert installation.said[-1] == "Done."


@pytest.mark.parametrize(
    ("broken", "done"),
    [
        ("migrate", ["backup", "migrate", "restore"]),
        ("check", ["backup", "migrate", "check", "restore"]),
        ("restart", ["backup", "migrate", "check", "restart", "restore", "restart"]),
        ("await_ready", ["backup", "migrate", "check", "restart", "await_ready", "restore", "restart"]),
    ],
)
def test_a_failing_step_leads_back_to_the_backup(broken: str, done: list[str]) -> None:
    installation = Installation(broken)

    with pytest.raises(Failed, match=f"{broken} is broken"):
        installation.update()

    assert installation.done == done
    assert "Done." not in installation.said


def test_without_a_backup_nothing_is_touched() -> None:
    installation = Installation("backup")

    with pytest.raises(Failed, match="backup is broken"):
        installation.update()

    assert installation.done == ["backup"]


def test_when_the_way_back_fails_too_both_reasons_are_told() -> None:
    installation = Installation("migrate", "restore")

    with pytest.raises(Failed) as failure:
        installation.update()

    assert "migrate is broken" in str(failure.value)
    assert "restore is broken" in str(failure.value)
    assert "pendopo restore" in str(failure.value)
