"""Competitions, their proposals, and one proposal with its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.models import Membership
from pendopo.agencies.types import Actor
from pendopo.innovations.models import Competition, Innovation, Juror, Proposal, ProposalVersion
from pendopo.innovations.rulebook import rules, words_in
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.rows import row_of
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000
MOST_STAFF = 500


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a proposal: its text, how many words it has, and how many it may have."""

    code: str
    name: str
    text: str
    words: int
    most: int

    @property
    def is_too_long(self) -> bool:
        """Whether it has more words than it may."""
        return self.words > self.most


def competitions(mall: Mall, *, cursor: str = "", size: int = PAGE) -> Page[Competition]:
    """Return the rounds by name with how many proposals were handed in. Raises NotUnderstood for a wrong cursor."""
    submitted = Count("proposals", filter=Q(proposals__state=Proposal.State.SUBMITTED))
    return page_of(Competition.objects.filter(mall=mall).annotate(submitted=submitted), cursor, size)


def standing_text(competition: Competition, now: datetime) -> str:
    """Say whether proposals may come now."""
    if now < competition.opens_at:
        return _("Belum dibuka")
    return _("Tenggat lewat") if now > competition.closes_at else _("Terbuka")


def competition(mall: Mall, number: int) -> Competition:
    """Return a round. Raises NotFound."""
    return row_of(Competition.objects.filter(mall=mall), number, _("Lomba tidak ditemukan."))


def open_rounds(mall: Mall, at: datetime) -> list[Competition]:
    """Return the rounds to which proposals may come now."""
    return list(Competition.objects.filter(mall=mall, opens_at__lte=at, closes_at__gte=at).order_by("closes_at", "pk"))


def _visible(mall: Mall, actor: Actor) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(mall=mall).select_related("innovation__agency", "competition")
    return rows if actor.overseen is None else rows.filter(innovation__agency__in=actor.overseen)


def proposals(
    competition: Competition, actor: Actor, *, state: str = "", cursor: str = "", size: int = PAGE
) -> Page[Proposal]:
    """Return a round's proposals by the innovation's name; an agency's admin sees the own ones."""
    rows = _visible(competition.mall, actor).filter(competition=competition)
    if state:
        rows = rows.filter(state=state)
    return page_of(rows, cursor, size, by="innovation__name")


def proposals_of(innovation: Innovation) -> list[Proposal]:
    """Return an innovation's proposals, the newest first."""
    rows = Proposal.objects.filter(mall_id=innovation.mall_id, innovation=innovation).select_related("competition")
    return list(rows.order_by("-pk"))


def proposal(mall: Mall, actor: Actor, number: int) -> Proposal:
    """Return a proposal. Raises NotFound, also for one that whoever asks may not see."""
    return row_of(_visible(mall, actor), number, _("Usulan tidak ditemukan."))


def any_proposal(mall: Mall, number: int) -> Proposal:
    """Return a proposal for its jurors, who may be of any agency. Raises NotFound."""
    rows = Proposal.objects.filter(mall=mall).select_related("innovation__agency", "competition")
    return row_of(rows, number, _("Usulan tidak ditemukan."))


def versions(proposal: Proposal) -> list[ProposalVersion]:
    """Return all that was saved, the newest first."""
    rows = ProposalVersion.objects.filter(mall_id=proposal.mall_id, proposal=proposal)
    return list(rows.select_related("account").order_by("-number"))


def sections(proposal: Proposal, texts: Mapping[str, str]) -> list[Section]:
    """Return a proposal's sections with a version's texts, counted."""
    limits = proposal.competition.limits
    return [
        Section(each.code, each.name, texts.get(each.code, ""), words_in(texts.get(each.code, "")), limits[each.code])
        for each in rules().of_group(proposal.group)
    ]


def may_be_jurors(competition: Competition) -> list[Account]:
    """Return the mall's staff who are no jurors of a round yet, by name."""
    named = Juror.objects.filter(mall_id=competition.mall_id, competition=competition, left_at=None)
    staff = Membership.objects.filter(mall_id=competition.mall_id).values("account")
    rows = Account.objects.filter(pk__in=staff, is_active=True).exclude(pk__in=named.values("account"))
    return list(rows.order_by("name", "pk")[:MOST_STAFF])


def rounds_to_score(mall: Mall, actor: Actor) -> Sequence[Competition]:
    """Return the rounds in which the actor is a juror, the newest first."""
    own = Juror.objects.filter(mall=mall, account=actor.account_id, left_at=None)
    return list(Competition.objects.filter(mall=mall, pk__in=own.values("competition")).order_by("-closes_at", "-pk"))


def to_score(competition: Competition) -> list[Proposal]:
    """Return a round's submitted proposals by name."""
    rows = Proposal.objects.filter(
        mall_id=competition.mall_id, competition=competition, state=Proposal.State.SUBMITTED
    ).select_related("innovation__agency")
    return list(rows.order_by("innovation__name", "pk"))
