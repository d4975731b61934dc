"""What counts as a step of a walk, that a walk sees what is wrong, and that operators read of all steps."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection

from pendopo.documents.tests import test_upload_crash, test_walk
from pendopo.notifications.tests import test_send_crash
from pendopo.payments.tests import test_settle_crash
from tests import killing
from tests.killing import COMMIT, Walk
from tests.sources import CHECKOUT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)


def test_operators_read_of_each_part_of_each_walk() -> None:
    walked = {
        (name, part)
        for module in (test_upload_crash, test_walk, test_send_crash, test_settle_crash)
        for name, parts in module.PARTS.items()
        for part in parts
    }
    text = (CHECKOUT / "docs" / "operations.md").read_text()
    section = text.partition("## What happens when a process dies\n")[2].partition("\n## ")[0]
    told = [pair for pair in ROW.findall(section) if pair[0] not in {"way", "---"}]

    assert sorted(told) == sorted(walked)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ('INSERT INTO "a_b" ("id") VALUES (1)', "INSERT a_b"),
        ('UPDATE "a_b" SET "x" = 1', "UPDATE a_b"),
        ("DELETE FROM a_b", "DELETE a_b"),
        ('SELECT "a_b"."id" FROM "a_b" FOR UPDATE', ""),
        ("SELECT unnest(procrastinate_defer_jobs_v1(x))", "defer a job"),
    ],
)
def test_what_writes_is_a_step(sql: str, words: str) -> None:
    assert killing.what_writes(sql) == words


def test_steps_belong_to_the_commit_that_ends_them() -> None:
    steps = ["a", COMMIT, "erase .raw", "b", COMMIT, "c"]

    assert killing.parts_of(steps) == [["a", COMMIT, "erase .raw"], ["b", COMMIT], ["c"]]


def write(place: Path) -> None:
    """Write twice, so that who dies in between leaves one without the other."""
    for name in ("a", "b"):
        (place / name).write_text(name)


@pytest.mark.usefixtures("committed")
def test_a_walk_sees_what_nobody_mends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configured, "MEDIA_ROOT", str(tmp_path))
    stages = iter(range(100))

    def begin() -> Path:
        place = tmp_path / str(next(stages))
        place.mkdir()
        return place

    def end(place: Path) -> list[str]:
        return sorted(os.listdir(place))

    mended = Walk("write", begin, write, write, end, ["both"])
    assert mended.take() == ["a", "b"]
    left = Walk("write", begin, write, lambda place: None, end, ["both"])
    with pytest.raises(AssertionError, match=r"1 \(open  to write\): \[\]"):
        left.take()


@pytest.mark.usefixtures("committed")
def test_whoever_is_killed_takes_nothing_with_them_and_says_what_failed() -> None:
    def failing() -> None:
        connection.ensure_connection()
        raise LookupError("nothing there")

    with pytest.raises(AssertionError, match="LookupError: nothing there"):
        killing.counted(failing)
    with pytest.raises(AssertionError, match="0"):
        killing.killed(lambda: None, 5)
