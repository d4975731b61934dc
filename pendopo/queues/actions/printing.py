"""A ticket on paper. The ticket stands before; whatever the printer does, nothing of it is lost.

The bytes go out in the web process, after the commit of "printing" and before the answer, two seconds at most. A job
would come later and, retried after a kill, print twice; here a print that was cut off stays "printing", counts as
failed after ten seconds, and the next one says that it is a copy.
"""

import contextlib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.queues.errors import EnoughCopies
from pendopo.queues.models import Slip, Ticket
from pendopo.queues.printing import Paper, PaperOut, SlipText, Unreachable
from pendopo.queues.printing.network import printer_at
from pendopo.queues.queries.slips import is_lost, last_slip, next_copy
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

MOST_COPIES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The slip, and whether whoever asked is to deliver it now."""

    slip: Slip
    is_new: bool


@transaction.atomic
def ask(ticket: Ticket, *, printer: Device, copy: int, by: Who | None, at: datetime) -> Asked:
    """Ask for a ticket's slip (copy 0), or for a copy of it; the same one again is not printed again.

    Raises NotUnderstood for a number out of turn, EnoughCopies after the third.
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    last = last_slip(ticket)
    if last and is_lost(last, at):
        _end(last, Slip.Problem.INTERRUPTED, by=by, at=at)
    elif last and last.state == Slip.State.PRINTING:
        return Asked(last, is_new=False)
    following = next_copy(last)
    if copy > following:
        raise NotUnderstood(_("Salinan ini bukan yang berikutnya; muat ulang halaman."))
    if last and copy < following:
        return Asked(last, is_new=False)
    if copy > MOST_COPIES:
        raise EnoughCopies(_("Nomor ini sudah dicetak berkali-kali. Foto kodenya, atau tanyakan ke petugas."))
    slip, _is_first = Slip.objects.update_or_create(
        mall_id=ticket.mall_id,
        ticket=ticket,
        copy=copy,
        defaults={"device": printer, "state": Slip.State.PRINTING, "problem": "", "asked_at": at, "ended_at": None},
    )
    audit.record("slip.asked", f"ticket:{ticket.pk}", by=by, at=at, after={"copy": copy, "device": printer.pk})
    return Asked(slip, is_new=True)


def deliver(slip: Slip, text: SlipText, *, by: Who | None, at: datetime) -> Slip:
    """Print a slip that was asked for, and note how it ended. Call it outside every transaction, once a slip."""
    began = time.monotonic()
    problem, paper = _send(slip.device, text)
    ended = at + timedelta(seconds=time.monotonic() - began)
    with wall.inside(slip.mall_id):
        _note_paper(slip.device, paper, ended)
        _end(slip, problem, by=by, at=ended)
    return slip


def look(printer: Device, *, at: datetime) -> None:
    """Ask a printer for its paper, so that the hall knows before a visitor does. Call it outside every transaction."""
    try:
        paper = printer_at(printer.address, printer.paper_mm).look()
    except Unreachable as trouble:
        paper = trouble.paper or Paper.SILENT
    with wall.inside(printer.mall_id):
        _note_paper(printer, paper, at)


def _send(printer: Device, text: SlipText) -> tuple[Slip.Problem | None, Paper]:
    try:
        return None, printer_at(printer.address, printer.paper_mm).print(text)
    except PaperOut:
        return Slip.Problem.PAPER_OUT, Paper.OUT
    except Unreachable as trouble:
        return Slip.Problem.UNREACHABLE, trouble.paper or Paper.SILENT


def _note_paper(printer: Device, paper: Paper, at: datetime) -> None:
    if paper is Paper.SILENT:
        tenancy.miss_printer(printer.mall, printer.pk)
        return
    # Taken out of service in the meantime: its paper matters to nobody.
    with contextlib.suppress(NotFound):
        tenancy.heartbeat(printer.mall, printer.pk, at=at, paper=paper)


def _end(slip: Slip, problem: Slip.Problem | None, *, by: Who | None, at: datetime) -> None:
    slip.state = Slip.State.FAILED if problem else Slip.State.PRINTED
    slip.problem = problem or ""
    slip.ended_at = at
    slip.save(update_fields=["state", "problem", "ended_at"])
    what = "slip.failed" if problem else "slip.printed"
    audit.record(what, f"ticket:{slip.ticket_id}", by=by, at=at, reason=slip.problem, after={"copy": slip.copy})
