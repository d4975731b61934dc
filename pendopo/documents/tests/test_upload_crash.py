"""`kill -9` at every step of a file's way: whoever goes on ends where the undisturbed run ends."""

import hashlib
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.models import Entry
from pendopo.documents import sandbox, shelf
from pendopo.documents.actions import examining, giving, sweeping
from pendopo.documents.errors import WrongOffset
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.pieces import Writer
from pendopo.documents.scanners.clamd import Clamd
from pendopo.documents.shelf import Slot
from pendopo.documents.tests import make_files
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Purpose
from pendopo.kernel import events
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.usefixtures("committed", "scanner")
CONTENT = make_files.picture(size=(900, 700)) + bytes(700_000)
SENT_AT_ONCE = 290_000

# After which call of what the process is killed.
STEPS: dict[str, tuple[object, str, int]] = {
    "a piece is written": (Writer, "_put", 1),
    "an unfinished piece is written": (Slot, "pause", 1),
    "another unfinished piece is written": (Slot, "pause", 2),
    "the last piece is written": (Writer, "finish", 1),
    "the row says that it is whole": (StoredFile, "move_to", 1),
    "the job is deferred": (giving, "_given", 1),
    "it is scanned": (Clamd, "scan", 1),
    "it is looked through": (sandbox, "clean", 1),
    "what is kept is written": (Slot, "keep", 1),
    "the row says what became of it": (StoredFile, "move_to", 2),
    "others are told": (events, "publish", 1),
    "the preview is drawn": (sandbox, "preview", 1),
    "the preview is written": (Slot, "keep", 2),
    "the preview has its row": (audit, "record", 4),
}


def go_on(mall: Mall, account: Account) -> None:
    """Do what the phone and the worker still have to do, from wherever the row says that they are."""
    with wall.inside(mall.pk):
        by = make_files.known(mall, account)
        file = StoredFile.objects.filter(mall=mall).first()
        if file is None:
            file = giving.begin(mall, length=len(CONTENT), name="ktp", purpose=Purpose.KTP, by=by, at=AT)
    while file.state == StoredFile.State.ARRIVING:
        file = _send_more(mall, file, by)
    examining.examine(mall.pk, file.pk, at=AT)
    examining.preview(mall.pk, file.pk, at=AT)


def _send_more(mall: Mall, file: StoredFile, by: Actor) -> StoredFile:
    piece = iter([CONTENT[file.offset : file.offset + SENT_AT_ONCE], b""])
    try:
        with wall.inside(mall.pk):
            return giving.append(mall, file.code, offset=file.offset, read=lambda most: next(piece), by=by, at=AT)
    except WrongOffset:
        # The server has not yet heard that the one before is dead: a phone asks again.
        time.sleep(0.1)
        return file


def ended(mall: Mall) -> dict[str, object]:
    """Return all that is left of a run, when what nobody needs was swept."""
    later = timezone.now() + timedelta(days=2)
    with wall.inside(mall.pk):
        sweeping.sweep(mall, at=later)
    # What is swept is erased when that is committed.
    with wall.inside(mall.pk):
        file = StoredFile.objects.get(mall=mall)
        drawn = Preview.objects.get(file=file)
        seen = [hashlib.sha256(b"".join(slot.read())).hexdigest() for slot in (shelf.kept(file), shelf.preview(drawn))]
        known = {file.kept_path, drawn.path}
        acts = Entry.objects.filter(subject=f"file:{file.pk}").order_by("pk").values_list("action", flat=True)
        told = [file.state, file.kind, file.offset, file.size, file.finding, file.refusal, file.raw_path, drawn.wide]
        left = {
            str(each.relative_to(settings.MEDIA_ROOT)) for each in Path(settings.MEDIA_ROOT).glob(f"given/{mall.pk}/*")
        }
        return {"row": told, "content": seen, "acts": list(acts), "astray": sorted(left - known)}


def killed_after(step: tuple[object, str, int], act: Callable[[], None]) -> int:
    """Act in a process of its own, which is killed by SIGKILL after the step; return the signal that ended it."""
    # A connection belongs to one process: the child opens its own.
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _die_after(*step)
            act()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _die_after(owner: object, name: str, count: int) -> None:
    original, calls = getattr(owner, name), iter(range(1, count + 1))

    def deadly(*args: object, **kwargs: object) -> object:
        result = original(*args, **kwargs)
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def test_a_file_that_was_killed_at_any_step_ends_as_if_it_was_not() -> None:
    def begin() -> tuple[Mall, Account]:
        return make_agencies.mall(), make_agencies.account("Warga Contoh")

    calm, account = begin()
    go_on(calm, account)
    expected = ended(calm)
    assert expected["acts"] == ["file.begun", "file.given", "file.examined", "file.drawn"]
    assert expected["astray"] == []

    wrong = []
    for what, step in STEPS.items():
        mall, account = begin()
        signalled = killed_after(step, lambda mall=mall, account=account: go_on(mall, account))  # type: ignore[misc]
        go_on(mall, account)
        if signalled != signal.SIGKILL or (found := ended(mall)) != expected:
            wrong.append(f"{what}: signal {signalled}, {found if signalled == signal.SIGKILL else ''}")
    assert wrong == []


def test_a_parser_killed_from_outside_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    mall, account = make_agencies.mall(), make_agencies.account("Warga Contoh")
    with wall.inside(mall.pk):
        file = make_files.give(mall, make_files.known(mall, account), make_files.picture())
    monkeypatch.setattr(sandbox, "MODULE", "pendopo.documents.tests.killing_itself")
    examining.look_at(mall.pk, file.pk)
    with wall.inside(mall.pk):
        assert StoredFile.objects.get(mall=mall).state == "waiting"

    monkeypatch.setattr(sandbox, "MODULE", "pendopo.documents.inside")
    assert examining.examine(mall.pk, file.pk, at=AT) == "clean"
