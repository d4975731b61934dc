"""A proposal: begun, written in versions, submitted in time, withdrawn with a reason."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_own
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import AlreadyThere, Closed, Incomplete, NotADraft, ScoresFinal, TooLong, TooYoung
from pendopo.innovations.models import Competition, Innovation, Proposal, ProposalVersion
from pendopo.innovations.models.register import months_before
from pendopo.innovations.queries.scoring import is_complete
from pendopo.innovations.rulebook import rules, words_in
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, ReasonMissing


@transaction.atomic
def begin_proposal(
    innovation: Innovation, competition: Competition, *, group: str, by: Actor, at: datetime
) -> Proposal:
    """Put an innovation forward in an open round, as a draft that has nothing written in it yet."""
    only_own(by, innovation.agency_id)
    _refuse_outside(competition, at)
    if innovation.ended_on:
        raise Closed(_("Inovasi yang sudah dihentikan tidak diajukan."))
    others = Proposal.objects.filter(mall_id=innovation.mall_id, competition=competition, innovation=innovation)
    if others.exclude(state=Proposal.State.WITHDRAWN).exists():
        raise AlreadyThere(_("Inovasi ini sudah diajukan dalam lomba ini."))
    proposal = Proposal.objects.create(
        mall_id=innovation.mall_id, competition=competition, innovation=innovation, group=group
    )
    after = {"innovation": innovation.pk, "competition": competition.pk, "group": group}
    audit.record("proposal.begun", f"proposal:{proposal.pk}", by=by, at=at, after=after)
    return proposal


@transaction.atomic
def save_draft(proposal: Proposal, sections: Mapping[str, str], *, by: Actor, at: datetime) -> ProposalVersion:
    """Keep what is written so far as a new version; the same once more is no version.

    A draft may be too long: nobody's text is lost for that. Submitting refuses it.
    """
    proposal = _draft(proposal, by, at)
    if not set(sections) <= set(rules().groups[proposal.group]):
        raise NotUnderstood(_("Bagian ini tidak ada dalam usulan kelompok ini."))
    newest = proposal.versions.order_by("-number").first()
    if newest and newest.sections == dict(sections):
        return newest
    version = ProposalVersion.objects.create(
        mall_id=proposal.mall_id,
        proposal=proposal,
        number=newest.number + 1 if newest else 1,
        sections=dict(sections),
        account_id=by.account_id,
        written_at=at,
    )
    after = {"version": version.number, "sections": version.sections}
    audit.record("proposal.written", f"proposal:{proposal.pk}", by=by, at=at, after=after)
    return version


@transaction.atomic
def submit_proposal(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Hand a draft in: every section written and no longer than it may be, the innovation old enough, in time."""
    proposal = _draft(proposal, by, at)
    competition = proposal.competition
    newest = proposal.versions.order_by("-number").first()
    written = newest.sections if newest else {}
    for section in rules().of_group(proposal.group):
        words, most = words_in(written.get(section.code, "")), competition.limits[section.code]
        if not words:
            raise Incomplete(_("Bagian “%(section)s” belum diisi.") % {"section": section.name})
        if words > most:
            told = {"section": section.name, "words": words, "most": most}
            raise TooLong(_("Bagian “%(section)s” berisi %(words)s kata; paling banyak %(most)s.") % told)
    _refuse_young(proposal.innovation, competition, proposal.group)
    proposal.state, proposal.submitted_at = Proposal.State.SUBMITTED, at
    proposal.save(update_fields=["state", "submitted_at"])
    after = {"version": newest.number if newest else 0}
    audit.record("proposal.submitted", f"proposal:{proposal.pk}", by=by, at=at, after=after)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, reason: str, by: Actor, at: datetime) -> Proposal:
    """Take a proposal back, with a reason; until the deadline the innovation may be put forward again."""
    only_own(by, proposal.innovation.agency_id)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa usulan ini ditarik."))
    competition = Competition.objects.select_for_update().get(pk=proposal.competition_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state == Proposal.State.WITHDRAWN:
        raise NotADraft(_("Usulan ini sudah ditarik."))
    if is_complete(competition):
        raise ScoresFinal(_("Penilaian sudah selesai; usulan tidak ditarik lagi."))
    proposal.state, proposal.withdrawn_at, proposal.withdrawn_because = Proposal.State.WITHDRAWN, at, reason
    proposal.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    audit.record("proposal.withdrawn", f"proposal:{proposal.pk}", by=by, at=at, reason=reason)
    return proposal


def _draft(proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    only_own(by, proposal.innovation.agency_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("competition", "innovation")
    proposal = rows.get(pk=proposal.pk)
    if proposal.state != Proposal.State.DRAFT:
        raise NotADraft(_("Usulan yang sudah diajukan atau ditarik tidak diubah lagi."))
    _refuse_outside(proposal.competition, at)
    return proposal


def _refuse_outside(competition: Competition, at: datetime) -> None:
    if at < competition.opens_at:
        raise Closed(_("Lomba ini belum dibuka."))
    if at > competition.closes_at:
        raise Closed(_("Tenggat lomba ini sudah lewat."))


def _refuse_young(innovation: Innovation, competition: Competition, group: str) -> None:
    """Refuse what has not been used as long as the group asks, counted on the closing day (KIPP 2021: 2 years, 1 year).

    A start of which only the year is known counts from that year's last day.
    """
    months, closing = competition.ages[group], innovation.mall.local(competition.closes_at).date()
    began = innovation.started_at_latest
    if began is None:
        raise TooYoung(_("Tulis dahulu sejak kapan inovasi ini diterapkan."))
    if _months_after(began, months) > closing:
        told = {"months": months, "day": dates.short_day(began)}
        raise TooYoung(
            _("Pada tenggat, inovasi harus sudah diterapkan %(months)s bulan. Yang tercatat: sejak %(day)s.") % told
        )


def _months_after(day: date, months: int) -> date:
    first = months_before(day, -months)
    last = (months_before(first, -1) - date.resolution).day
    return first.replace(day=min(day.day, last))
