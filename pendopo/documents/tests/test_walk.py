"""`kill -9` at each step of issuing and of signing a batch: whoever goes on with it ends where it would have ended.

Papers are not set here: the typesetter's threads do not live through a fork, and setting reaches nothing outside.
"""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.documents import papers, vault
from pendopo.documents.actions import batching, enrolling
from pendopo.documents.models import IssuedDocument, Register, SigningBatch, WaitingPaper
from pendopo.documents.queries import issued as shown
from pendopo.documents.signers.secret import Secret
from pendopo.documents.tests import make, make_files
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.bsre import people
from simulators.bsre.server import SimulatedBsre
from tests.killing import Walk

pytestmark = pytest.mark.usefixtures("committed")
PAPERS, PAPER = 2, make_files.pdf()
PARTS = {
    "issue": ["the document is numbered, set, sealed and kept"],
    "sign": ["the mall is given its own key", "a paper is signed", "another paper is signed", "the batch is closed"],
}


class Stage(NamedTuple):
    mall: Mall
    by: Actor
    batch: SigningBatch


def prepared(*, at_bsre: bool) -> Stage:
    mall = make_agencies.mall()
    with wall.inside(mall.pk):
        by = make_agencies.staff(mall, Role.SIGNER)
        if at_bsre:
            enrolling.name_nik(mall, nik=people.GOOD, by=by, at=make.AT)
        else:
            enrolling.make_certificate(mall, passphrase=Secret(people.PASSPHRASE), by=by, at=make.AT)
        waiting = [make.waiting(mall, signer=by.account, number=number).pk for number in range(1, PAPERS + 1)]
        batch = batching.begin(mall, waiting, request_id=uuid4(), by=by, at=make.AT)
    return Stage(mall, by, batch)


def end_state(stage: Stage) -> dict[str, object]:
    mall = stage.mall
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


def run(stage: Stage) -> None:
    make.again(stage.batch, stage.by, people.PASSPHRASE)


def go_on(stage: Stage) -> None:
    """Do what the signer does who finds the batch broken off: go on with it, and type the passphrase again."""
    with wall.inside(stage.mall.pk):
        batch = batching.resume(stage.batch, by=stage.by, at=make.AT)
    make.again(batch, stage.by, people.PASSPHRASE)


def signing(*, at_bsre: bool) -> Walk[Stage]:
    # At BSrE no mall has a key of its own.
    parts = PARTS["sign"][1:] if at_bsre else PARTS["sign"]
    return Walk("sign", lambda: prepared(at_bsre=at_bsre), run, go_on, end_state, parts)


@pytest.mark.parametrize("at_bsre", [False, True], ids=["local", "bsre"])
def test_a_batch_that_is_killed_at_any_step_ends_as_the_undisturbed_one(
    at_bsre: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "paper", lambda *given: PAPER)
    with SimulatedBsre(tmp_path).running() as service, override_settings(BSRE=service.address() if at_bsre else ""):
        undisturbed = signing(at_bsre=at_bsre).take()

    assert isinstance(undisturbed, dict)
    assert undisturbed["papers"] == [(f"application:{n}", "signed", "") for n in range(1, PAPERS + 1)]
    assert undisturbed["batch"] == [("done", "")]


class Wish(NamedTuple):
    mall: Mall
    number: UUID


def issue(wish: Wish) -> None:
    with wall.inside(wish.mall.pk):
        make.issued(wish.mall, request_id=wish.number, set_paper=lambda given: PAPER)


def issued(wish: Wish) -> dict[str, object]:
    with wall.inside(wish.mall.pk):
        document = IssuedDocument.objects.get(mall=wish.mall)
        return {
            "numbers": (document.number, Register.objects.get(mall=wish.mall).last),
            "is_ours": shown.check(wish.mall, vault.content(document), at=make.AT).is_ours,
            "acts": Entry.objects.filter(mall=wish.mall, action="document.issued").count(),
        }


def test_issuing_that_is_killed_at_any_step_leaves_no_gap_and_nothing_half() -> None:
    walk = Walk("issue", lambda: Wish(make_agencies.mall(), uuid4()), issue, issue, issued, PARTS["issue"])
    assert walk.take() == {"numbers": (1, 1), "is_ours": True, "acts": 1}
