"""A batch of signatures: chosen by one person, signed one by one, each in a transaction of its own.

No step is lost and none is done twice, wherever a process dies: a paper is signed when its document is there, and not
before; a batch that was broken off is gone on with by the same person, who types the passphrase again.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import typst
from django.db import connection, transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import papers as setting
from pendopo.documents.actions import _tries as tries
from pendopo.documents.actions import issuing
from pendopo.documents.actions._rights import may_sign
from pendopo.documents.errors import NoLongerWaiting
from pendopo.documents.models import WAITING_VALUES, BatchPaper, IssuedDocument, SigningBatch, WaitingPaper
from pendopo.documents.signers import Signer
from pendopo.documents.signers.problems import refusal
from pendopo.documents.types import Given, Kind, Shown
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotFound, NotUnderstood
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

MOST: Final = 100


@transaction.atomic
def begin(mall: Mall, chosen: Sequence[int], *, request_id: UUID, by: Actor, at: datetime) -> SigningBatch:
    """Put papers into a batch, in this order. A wish that comes again gets the batch of the first time.

    All wait for the seal, or all for the person who begins. Raises NotUnderstood, NotAllowed, NoLongerWaiting,
    AnotherBody, TooManyTries after many wrong passphrases.
    """
    if by.account is None:
        raise NotAllowed(_("Masuk dahulu."))
    numbers = list(dict.fromkeys(chosen))
    before = SigningBatch.objects.filter(mall=mall, request_id=request_id).first()
    if before:
        held = list(before.papers.order_by("position").values_list("paper_id", flat=True))
        if before.account_id != by.account.pk or held != numbers:
            raise AnotherBody(_("Permintaan ini sudah dipakai untuk pilihan lain. Muat ulang halaman ini."))
        return before
    if not numbers:
        raise NotUnderstood(_("Pilih paling sedikit satu berkas."))
    if len(numbers) > MOST:
        raise NotUnderstood(_("Pilih paling banyak %(most)s berkas sekaligus.") % {"most": MOST})
    found = {each.pk: each for each in WaitingPaper.objects.filter(mall=mall, pk__in=numbers)}
    papers = [found[number] for number in numbers if number in found and may_sign(by, found[number])]
    if len(papers) < len(numbers):
        raise NotFound(_("Sebagian berkas yang dipilih tidak menunggu Anda. Muat ulang halaman ini."))
    if any(each.state != WaitingPaper.State.WAITING for each in papers):
        raise NoLongerWaiting(_("Sebagian berkas yang dipilih tidak menunggu lagi. Muat ulang halaman ini."))
    if len({each.is_sealed for each in papers}) > 1:
        raise NotUnderstood(_("Tanda tangani berkas bersegel dan berkas atas nama Anda secara terpisah."))
    if not papers[0].is_sealed:
        tries.refuse_more(mall, by.account, at=at)
    batch = SigningBatch.objects.create(
        mall=mall, account=by.account, request_id=request_id, is_seal=papers[0].is_sealed, begun_at=at, moved_at=at
    )
    BatchPaper.objects.bulk_create(
        BatchPaper(mall=mall, batch=batch, paper=paper, position=place) for place, paper in enumerate(papers)
    )
    audit.record("batch.begun", f"batch:{batch.pk}", by=by, at=at, after={"papers": numbers})
    return batch


@transaction.atomic
def resume(batch: SigningBatch, *, by: Actor, at: datetime) -> SigningBatch:
    """Go on with a batch of one's own that stopped or was broken off. Raises NotAllowed, TooManyTries."""
    batch = SigningBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if by.account is None or by.account.pk != batch.account_id:
        raise NotAllowed(_("Hanya yang memulainya yang dapat melanjutkan."))
    if not batch.is_seal:
        tries.refuse_more(batch.mall, by.account, at=at)
    batch.state, batch.problem, batch.moved_at = SigningBatch.State.RUNNING, "", at
    batch.save(update_fields=["state", "problem", "moved_at"])
    audit.record("batch.resumed", f"batch:{batch.pk}", by=by, at=at)
    return batch


@transaction.atomic
def sign(
    batch: SigningBatch,
    paper: WaitingPaper,
    *,
    signer: Signer,
    address_of: Callable[[str], str],
    by: Actor,
    at: datetime,
    patience: int = 0,
) -> IssuedDocument | None:
    """Sign one paper: number, PDF, signature and file, or nothing of it. One that was signed before gives its document;
    None when another process signs it at this moment, or it was withdrawn.

    `patience`: how many seconds a service that is asked may take. Raises CannotSign.
    """
    if patience:
        # The number of a register is held while the service signs, longer than a transaction may stand still else.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [f"{patience}s"])
    waiting = WaitingPaper.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    held = waiting.select_related("mall").filter(pk=paper.pk).first()
    if held is None or held.state == WaitingPaper.State.WITHDRAWN:
        return None
    if held.document:
        return held.document
    if not may_sign(by, held):
        raise NotAllowed(_("Berkas ini tidak menunggu Anda."))
    document = issuing.issue(
        held.mall, Kind(held.kind, held.register, held.format, tuple(Shown(each) for each in held.shows)),
        subject=held.subject, title=held.title, request_id=held.request_id, set_paper=_setter(held),
        address_of=address_of, by=by, at=at, valid_until=held.valid_until, holder=held.holder,
        person=None if held.is_sealed else signer, seal=signer if held.is_sealed else None,
    )  # fmt: skip
    held.state, held.state_at, held.document = WaitingPaper.State.SIGNED, at, document
    held.problem, held.problem_at = "", None
    held.save(update_fields=["state", "state_at", "document", "problem", "problem_at"])
    SigningBatch.objects.filter(pk=batch.pk).update(moved_at=at)
    audit.record("paper.signed", f"paper:{held.pk}", by=by, at=at, after={"document": document.pk})
    return document


@transaction.atomic
def miss(batch: SigningBatch, paper: WaitingPaper, problem: str, *, by: Actor, at: datetime) -> None:
    """Remember why a paper was not signed; it goes on waiting."""
    waiting = WaitingPaper.objects.filter(pk=paper.pk, state=WaitingPaper.State.WAITING)
    waiting.update(problem=problem, problem_at=at)
    SigningBatch.objects.filter(pk=batch.pk).update(moved_at=at)
    audit.record("paper.missed", f"paper:{paper.pk}", by=by, at=at, after={"problem": problem})


@transaction.atomic
def end(batch: SigningBatch, *, problem: str = "", by: Actor, at: datetime) -> SigningBatch:
    """Close a batch: done, or stopped by what the rest would meet too; what was not signed goes on waiting."""
    batch = SigningBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    batch.state = SigningBatch.State.STOPPED if problem else SigningBatch.State.DONE
    batch.problem, batch.moved_at = problem, at
    batch.save(update_fields=["state", "problem", "moved_at"])
    if not batch.is_seal and problem in {"", "passphrase"}:
        tries.count(batch.mall, batch.account, is_wrong=bool(problem), by=by, at=at)
    if problem:
        rest = WaitingPaper.objects.filter(
            pk__in=batch.papers.values("paper_id"), state=WaitingPaper.State.WAITING, problem=""
        )
        rest.update(problem=problem, problem_at=at)
    audit.record("batch.ended", f"batch:{batch.pk}", by=by, at=at, after={"state": batch.state, "problem": problem})
    return batch


def _setter(paper: WaitingPaper) -> Callable[[Given], bytes]:
    values = setting.read(Sealer(paper.mall_id, WAITING_VALUES).unseal(bytes(paper.values)))

    def set_paper(given: Given) -> bytes:
        try:
            return setting.paper(paper.mall, paper.template, values, given)
        # Typst's own errors, and a template that an older version had: what they quote is personal.
        except (typst.TypstError, RuntimeError, NotUnderstood) as error:
            raise refusal("not_set") from _named(error)

    return set_paper


def _named(error: Exception) -> Exception:
    return RuntimeError(type(error).__name__)
