"""A competition is called, and jurors are named for it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.models import Membership
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import AlreadyThere, DatesCrossed, NotAJuror, ScoresFinal
from pendopo.innovations.models import Competition, Juror
from pendopo.innovations.queries.scoring import is_complete
from pendopo.innovations.rulebook import rules
from pendopo.kernel.errors import ReasonMissing
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall


@transaction.atomic
def call_competition(
    mall: Mall,
    *,
    name: str,
    year: int,
    opens_at: datetime,
    closes_at: datetime,
    source: str,
    by: Actor,
    at: datetime,
    limits: Mapping[str, int] | None = None,
    ages: Mapping[str, int] | None = None,
) -> Competition:
    """Call a round. Limits of words and ages that are not given, and the criteria, are those of the rulebook."""
    only_manager(by)
    if closes_at <= opens_at:
        raise DatesCrossed(_("Tenggat setelah pembukaan, bukan sebelumnya."))
    if Competition.objects.filter(mall=mall, name=name, year=year).exists():
        raise AlreadyThere(_("Lomba ini sudah ada."))
    told = rules()
    competition = Competition.objects.create(
        mall=mall,
        name=name,
        year=year,
        opens_at=opens_at,
        closes_at=closes_at,
        limits=dict.fromkeys(told.sections, told.limit) | dict(limits or {}),
        ages=dict(told.ages) | dict(ages or {}),
        criteria=[{"code": code, "weight": weight} for code, weight in told.weights.items()],
        source=source,
    )
    after = {"name": name, "year": year, "opens": opens_at, "closes": closes_at, "limits": competition.limits}
    audit.record("competition.called", f"competition:{competition.pk}", by=by, at=at, after=after)
    return competition


@transaction.atomic
def name_juror(competition: Competition, account: Account, *, by: Actor, at: datetime) -> Juror:
    """Let a member of the mall's staff score a competition; whoever had left comes back."""
    only_manager(by)
    competition = Competition.objects.select_for_update().get(pk=competition.pk)
    today = competition.mall.local(at).date()
    if not Membership.objects.filter(mall_id=competition.mall_id, account=account).valid_on(today).exists():
        raise NotAJuror(_("Juri dipilih dari pegawai MPP ini."))
    if is_complete(competition):
        raise ScoresFinal(_("Penilaian sudah selesai; juri tidak ditambah lagi."))
    named = Juror.objects.filter(mall_id=competition.mall_id, competition=competition, account=account)
    if named.filter(left_at=None).exists():
        raise AlreadyThere(_("Orang ini sudah menjadi juri."))
    juror, _is_new = Juror.objects.update_or_create(
        mall_id=competition.mall_id,
        competition=competition,
        account=account,
        defaults={"left_at": None, "left_because": ""},
    )
    audit.record("juror.named", f"juror:{juror.pk}", by=by, at=at, after={"account": account.pk})
    return juror


@transaction.atomic
def dismiss_juror(juror: Juror, *, reason: str, by: Actor, at: datetime) -> Juror:
    """Take a juror off a competition: what the juror gave counts no more."""
    only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa juri ini berhenti."))
    competition = Competition.objects.select_for_update().get(pk=juror.competition_id)
    juror = Juror.objects.select_for_update().get(pk=juror.pk)
    if juror.left_at:
        raise AlreadyThere(_("Juri ini sudah berhenti."))
    if is_complete(competition):
        raise ScoresFinal(_("Penilaian sudah selesai; juri tidak diganti lagi."))
    juror.left_at, juror.left_because = at, reason
    juror.save(update_fields=["left_at", "left_because"])
    audit.record("juror.dismissed", f"juror:{juror.pk}", by=by, at=at, reason=reason)
    return juror
