"""A juror scores a proposal, once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import Closed, NotAJuror, OwnAgency, ScoreOutOfRange, ScoresFinal
from pendopo.innovations.models import Competition, Juror, Proposal, Scoresheet
from pendopo.innovations.queries.scoring import agencies_of_jurors
from pendopo.innovations.rulebook import HIGHEST_SCORE


@transaction.atomic
def score_proposal(
    proposal: Proposal, scores: Mapping[str, int], *, by: Actor, at: datetime, words: str = ""
) -> Scoresheet:
    """Give a submitted proposal a juror's scores for all criteria, after the deadline. They are final."""
    competition = Competition.objects.select_for_update().get(pk=proposal.competition_id)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("innovation").get(pk=proposal.pk)
    juror = Juror.objects.filter(
        mall_id=proposal.mall_id, competition=competition, account=by.account_id, left_at=None
    ).first()
    if juror is None:
        raise NotAJuror(_("Hanya juri lomba ini yang menilai."))
    own = agencies_of_jurors(competition).get(juror.pk, frozenset())
    if proposal.innovation.agency_id in own:
        raise OwnAgency(_("Juri tidak menilai instansinya sendiri."))
    if proposal.state != Proposal.State.SUBMITTED or at <= competition.closes_at:
        raise Closed(_("Yang dinilai adalah usulan yang diajukan, setelah tenggat lewat."))
    if Scoresheet.objects.filter(mall_id=proposal.mall_id, proposal=proposal, juror=juror).exists():
        raise ScoresFinal(_("Nilai Anda untuk usulan ini sudah dikirim dan tetap."))
    wanted = {each["code"] for each in competition.criteria}
    if set(scores) != wanted or not all(0 <= score <= HIGHEST_SCORE for score in scores.values()):
        raise ScoreOutOfRange(_("Beri setiap kriteria nilai 0 sampai %(most)s.") % {"most": HIGHEST_SCORE})
    sheet = Scoresheet.objects.create(
        mall_id=proposal.mall_id, proposal=proposal, juror=juror, scores=dict(scores), words=words, given_at=at
    )
    audit.record("proposal.scored", f"proposal:{proposal.pk}", by=by, at=at, after={"scores": dict(scores)})
    return sheet
