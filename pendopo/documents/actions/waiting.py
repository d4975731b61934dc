"""Papers that wait for a signature: handed in by the modules above, withdrawn by the manager."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import papers
from pendopo.documents.errors import NoLongerWaiting
from pendopo.documents.models import WAITING_VALUES, WaitingPaper
from pendopo.documents.types import Kind
from pendopo.kernel.errors import AnotherBody, NotAllowed
from pendopo.kernel.reasons import stated
from pendopo.people.models import Account, Person
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer


@transaction.atomic
def ask(
    mall: Mall,
    kind: Kind,
    *,
    subject: str,
    title: str,
    template: str,
    values: Mapping[str, object],
    request_id: UUID,
    by: Actor,
    at: datetime,
    signer: Account | None = None,
    agency: Agency | None = None,
    holder: Person | None = None,
    valid_until: date | None = None,
) -> WaitingPaper:
    """Let a paper wait for the signature of one person, or (nobody named) for the seal. The caller has checked that
    `by` may. It gets its number when it is signed; once signed it is the issued document of the same
    `request_id` and `holder`.

    A wish that comes again gets the paper of the first time. `template` is one of the product (`papers.template`).
    Raises AnotherBody for a wish that was about something else, NotUnderstood for no such template.
    """
    papers.template(template)
    kept = Sealer(mall.pk, WAITING_VALUES).seal(papers.written(values))
    paper, is_new = WaitingPaper.objects.get_or_create(
        mall=mall, request_id=request_id,
        defaults={
            "kind": kind.code, "register": kind.register, "format": kind.format, "shows": list(kind.shows),
            "valid_until": valid_until, "subject": subject, "title": title, "template": template, "values": kept,
            "signer": signer, "agency": agency, "holder": holder, "asked_at": at, "asked_by": by.account,
            "state_at": at,
        },
    )  # fmt: skip
    if (paper.kind, paper.subject) != (kind.code, subject):
        raise AnotherBody(_("Permintaan ini sudah dipakai untuk dokumen lain. Muat ulang halaman ini."))
    if is_new:
        after = {"kind": kind.code, "subject": subject, "signer": signer.pk if signer else None}
        audit.record("paper.asked", f"paper:{paper.pk}", by=by, at=at, after=after)
    return paper


@transaction.atomic
def withdraw(paper: WaitingPaper, *, reason: str, by: Actor, at: datetime) -> WaitingPaper:
    """Take back a paper that nobody has signed yet. Raises NotAllowed, ReasonMissing, NoLongerWaiting."""
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat menarik berkas yang menunggu."))
    reason = stated(reason)
    paper = WaitingPaper.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.pk)
    if paper.state != WaitingPaper.State.WAITING:
        raise NoLongerWaiting(_("Berkas ini tidak menunggu lagi."))
    paper.state, paper.state_at, paper.state_reason = WaitingPaper.State.WITHDRAWN, at, reason
    paper.save(update_fields=["state", "state_at", "state_reason"])
    audit.record("paper.withdrawn", f"paper:{paper.pk}", by=by, at=at, reason=reason)
    return paper
