"""Killed at each step of issuing and of signing a batch, and gone on with: the end is the one of an undisturbed run.

Each step is one that reaches outside the process: a statement to the database, a file, an answer of the service. At
every one of them in turn a run dies, as a process does whose connection ends; then its owner goes on with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.documents import vault
from pendopo.documents.actions import batching, enrolling
from pendopo.documents.models import IssuedDocument, Register, SigningBatch, WaitingPaper
from pendopo.documents.queries import issued as shown
from pendopo.documents.signers.asking import Line
from pendopo.documents.signers.secret import Secret
from pendopo.documents.tests import make
from pendopo.kernel.attachments import write_whole
from pendopo.tenancy import sealing, wall
from pendopo.tenancy.models import Mall
from simulators.bsre import people
from simulators.bsre.server import SimulatedBsre

pytestmark = pytest.mark.usefixtures("committed")
PAPERS = 2


class Killed(BaseException):
    """What no `except` of the product catches: the process is gone."""


@contextmanager
def dying_at(step: int | None) -> Iterator[list[str]]:
    """Count steps, and die at one of them: before it is done, or (every second one) after it."""
    steps: list[str] = []

    def watched[**P, R](name: str, act: Callable[P, R]) -> Callable[P, R]:
        def acting(*args: P.args, **kwargs: P.kwargs) -> R:
            steps.append(name)
            is_last = len(steps) == step
            if is_last and len(steps) % 2:
                raise Killed
            result = act(*args, **kwargs)
            if is_last:
                raise Killed
            return result

        return acting

    def execute(run: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        return watched("sql", run)(sql, params, many, context)

    with (
        connection.execute_wrapper(execute),
        patch.object(sealing, "write_whole", watched("file", write_whole)),
        patch.object(Line, "ask", watched("service", Line.ask)),
    ):
        yield steps


def prepared(*, at_bsre: bool) -> tuple[Mall, Actor, SigningBatch]:
    mall = make_agencies.mall()
    with wall.inside(mall.pk):
        by = make_agencies.staff(mall, Role.SIGNER)
        if at_bsre:
            enrolling.name_nik(mall, nik=people.GOOD, by=by, at=make.AT)
        else:
            enrolling.make_certificate(mall, passphrase=Secret(people.PASSPHRASE), by=by, at=make.AT)
        papers = [make.waiting(mall, signer=by.account, number=number).pk for number in range(1, PAPERS + 1)]
        batch = batching.begin(mall, papers, request_id=uuid4(), by=by, at=make.AT)
    return mall, by, batch


def end_state(mall: Mall) -> dict[str, object]:
    with wall.inside(mall.pk):
        documents = list(IssuedDocument.objects.filter(mall=mall).order_by("number"))
        checked = [shown.check(mall, vault.content(each), at=make.AT) for each in documents]
        return {
            "documents": [(each.number, each.subject, each.state, each.is_personal) for each in documents],
            "signatures": [(each.is_ours, len(each.signatures), each.document is not None) for each in checked],
            "papers": list(
                WaitingPaper.objects.filter(mall=mall).order_by("pk").values_list("subject", "state", "problem")
            ),
            "batch": list(SigningBatch.objects.filter(mall=mall).values_list("state", "problem")),
            "last": list(Register.objects.filter(mall=mall).values_list("last", flat=True)),
        }


def run_and_die(by: Actor, batch: SigningBatch, step: int | None) -> list[str]:
    with dying_at(step) as steps:
        try:
            make.again(batch, by, people.PASSPHRASE)
        except Killed:
            connection.close()
            return steps
    return steps


@pytest.mark.parametrize("at_bsre", [False, True], ids=["local", "bsre"])
def test_a_batch_that_is_killed_at_any_step_ends_as_the_undisturbed_one(at_bsre: bool, tmp_path: Path) -> None:
    with SimulatedBsre(tmp_path).running() as service, override_settings(BSRE=service.address() if at_bsre else ""):
        mall, by, batch = prepared(at_bsre=at_bsre)
        steps = run_and_die(by, batch, None)
        undisturbed = end_state(mall)
        assert undisturbed["papers"] == [(f"application:{n}", "signed", "") for n in range(1, PAPERS + 1)]

        # At BSrE the statements are the same ones: what is its own, and every third of the others.
        walked = [step for step, name in enumerate(steps, 1) if not at_bsre or name != "sql" or step % 3 == 1]
        for step in walked:
            mall, by, batch = prepared(at_bsre=at_bsre)
            run_and_die(by, batch, step)
            with wall.inside(mall.pk):
                batch = batching.resume(batch, by=by, at=make.AT)
            make.again(batch, by, people.PASSPHRASE)
            assert end_state(mall) == undisturbed, (step, steps[step - 1])
    print(f"{len(walked)} of {len(steps)} steps: {sorted(set(steps))}")


def test_issuing_that_is_killed_at_any_step_leaves_no_gap_and_nothing_half() -> None:
    mall, wish = make_agencies.mall(), uuid4()
    with dying_at(None) as steps, wall.inside(mall.pk):
        make.issued(mall, request_id=wish)

    for step in range(1, len(steps) + 1):
        mall, wish = make_agencies.mall(), uuid4()
        try:
            with dying_at(step), wall.inside(mall.pk):
                make.issued(mall, request_id=wish)
        except Killed:
            connection.close()
        with wall.inside(mall.pk):
            assert IssuedDocument.objects.filter(mall=mall).count() == 0
            document = make.issued(mall, request_id=wish)
            assert (document.number, Register.objects.get(mall=mall).last) == (1, 1)
            assert shown.check(mall, vault.content(document), at=make.AT).is_ours
    print(f"{len(steps)} steps: {sorted(set(steps))}")
