"""`kill -9` at every step of a file's way: whoever goes on ends where the undisturbed run ends."""

import hashlib
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor
from pendopo.audit.models import Entry
from pendopo.documents import sandbox, shelf
from pendopo.documents.actions import examining, giving, sweeping
from pendopo.documents.errors import WrongOffset
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.pieces import Writer
from pendopo.documents.tests import make_files
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Purpose
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from tests.killing import Calls, Walk

pytestmark = pytest.mark.usefixtures("committed", "scanner")
CONTENT = make_files.picture(size=(900, 700)) + bytes(700_000)
SENT_AT_ONCE = 290_000
PARTS = {
    "upload and scan": [
        "the upload is announced",
        "a piece comes in",
        "another piece comes in",
        "the last piece comes in",
        "the file is scanned, looked through and kept",
        "the preview is drawn",
    ]
}


class Stage(NamedTuple):
    mall: Mall
    account: Account


def begin() -> Stage:
    return Stage(make_agencies.mall(), make_agencies.account("Warga Contoh"))


def go_on(stage: Stage) -> None:
    """Do what the phone and the worker still have to do, from wherever the row says that they are."""
    mall, account = stage
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


def ended(stage: Stage) -> dict[str, object]:
    """Return all that is left of a run, when what nobody needs was swept."""
    mall, later = stage.mall, timezone.now() + timedelta(days=2)
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


def test_a_file_that_was_killed_at_any_step_ends_as_if_it_was_not(monkeypatch: pytest.MonkeyPatch) -> None:
    # All look through the same file, by a program that reaches nothing: what came out the first time is what comes out.
    monkeypatch.setattr(sandbox, "_run", cache(sandbox._run))
    go_on(begin())
    walk = Walk(
        "upload and scan", begin, go_on, go_on, ended, PARTS["upload and scan"],
        also=[Calls(Writer, "_put", "write a piece"), Calls(sandbox, "_run", "start a program")],
    )  # fmt: skip
    expected = walk.take()

    assert isinstance(expected, dict)
    assert expected["acts"] == ["file.begun", "file.given", "file.examined", "file.drawn"]
    assert expected["astray"] == []


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
