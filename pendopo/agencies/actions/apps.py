"""The register of agencies' apps: kept by each agency for itself, by the manager for all."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_own
from pendopo.agencies.errors import AlreadyThere, Circular, DatesCrossed, NotYet
from pendopo.agencies.models import Agency, App, AppOverlap
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class AppFacts:
    """What is told of an app; `users` is a claim of somebody, on a day."""

    name: str
    owner: str
    purpose: str
    users: int | None = None
    users_told_by: str = ""
    users_told_on: date | None = None
    link: str = ""
    sign_in: str = App.SignIn.OWN
    sign_in_with: str = ""
    shares_data_with: str = ""
    retire_by: date | None = None
    replaced_by: App | None = None


@transaction.atomic
def register_app(agency: Agency, facts: AppFacts, *, by: Actor, at: datetime) -> App:
    """Write an app of an agency into the register."""
    only_own(by, agency.pk)
    _check(agency, facts, None)
    app = App.objects.create(mall_id=agency.mall_id, agency=agency, **_columns(facts))
    audit.record("app.registered", f"app:{app.pk}", by=by, at=at, after=_told(facts))
    return app


@transaction.atomic
def change_app(app: App, facts: AppFacts, *, by: Actor, at: datetime) -> App:
    """Tell anew what an app is. One that is retired stays as it was."""
    only_own(by, app.agency_id)
    _lock(app.mall)
    app = App.objects.select_for_update(of=("self",)).select_related("agency", "mall", "replaced_by").get(pk=app.pk)
    if app.retired_on:
        raise AlreadyThere(_("%(name)s sudah dipensiunkan: catatannya tidak diubah lagi.") % {"name": app.name})
    _check(app.agency, facts, app)
    before = _told(AppFacts(**{name: getattr(app, name) for name in AppFacts.__slots__}))
    columns = _columns(facts)
    for name, value in columns.items():
        setattr(app, name, value)
    app.save(update_fields=list(columns))
    audit.record("app.changed", f"app:{app.pk}", by=by, at=at, before=before, after=_told(facts))
    return app


@transaction.atomic
def retire_app(app: App, *, on: date, reason: str, by: Actor, at: datetime) -> App:
    """Record that an app is switched off; whatever takes its place must be there."""
    only_own(by, app.agency_id)
    app = App.objects.select_for_update(of=("self",)).select_related("mall", "replaced_by").get(pk=app.pk)
    if app.retired_on:
        raise AlreadyThere(_("%(name)s sudah dipensiunkan.") % {"name": app.name})
    if not reason:
        raise ReasonMissing(_("Tulis mengapa dan bagaimana aplikasi ini dihentikan."))
    if on > app.mall.local(at).date():
        raise DatesCrossed(_("Penghentian dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    if app.replaced_by and app.replaced_by.retired_on:
        raise NotYet(_("Penggantinya, %(name)s, sudah dipensiunkan.") % {"name": app.replaced_by.name})
    app.retired_on, app.retired_because = on, reason
    app.save(update_fields=["retired_on", "retired_because"])
    audit.record("app.retired", f"app:{app.pk}", by=by, at=at, reason=reason, after={"on": on})
    return app


@transaction.atomic
def judge_overlap(app: App, other: App, *, is_overlap: bool, note: str, by: Actor, at: datetime) -> AppOverlap:
    """Say of two apps that they do the same, or that they do not; the last word counts."""
    if not (by.steers(app.agency_id) or by.steers(other.agency_id)):
        raise NotAllowed(_("Hanya pengelola MPP dan admin instansi salah satu aplikasi yang dapat menilai ini."))
    if app.pk == other.pk:
        raise NotUnderstood(_("Pilih aplikasi lain."))
    if not note:
        raise ReasonMissing(_("Tulis apa yang sama, atau apa bedanya."))
    first, second = sorted((app, other), key=lambda each: each.pk)
    told = {"is_overlap": is_overlap, "note": note, "account": by.account, "told_at": at}
    row, _is_new = AppOverlap.objects.update_or_create(mall_id=app.mall_id, first=first, second=second, defaults=told)
    after = {"apps": [first.pk, second.pk], "overlap": is_overlap}
    audit.record("app.overlap_judged", f"app:{app.pk}", by=by, at=at, reason=note, after=after)
    return row


def _check(agency: Agency, facts: AppFacts, app: App | None) -> None:
    others = App.objects.filter(mall_id=agency.mall_id, agency=agency, name__iexact=facts.name)
    if (others.exclude(pk=app.pk) if app else others).exists():
        raise AlreadyThere(_("%(name)s sudah tercatat untuk instansi ini.") % {"name": facts.name})
    if (facts.users is None) != (facts.users_told_on is None) or (facts.users is None) != (not facts.users_told_by):
        raise NotUnderstood(_("Jumlah pengguna ditulis bersama siapa yang menyebutkannya dan kapan."))
    if facts.link and not facts.link.startswith(("https://", "http://")):
        raise NotUnderstood(_("Tautan dimulai dengan https:// atau http://."))
    if (facts.sign_in == App.SignIn.SINGLE) != bool(facts.sign_in_with):
        raise NotUnderstood(_("Sebutkan nama masuk tunggalnya, hanya bila aplikasi ini memakainya."))
    if facts.replaced_by and facts.replaced_by.retired_on:
        raise NotYet(_("Penggantinya, %(name)s, sudah dipensiunkan.") % {"name": facts.replaced_by.name})
    if app:
        _refuse_circle(app, facts.replaced_by)


def _refuse_circle(app: App, by: App | None) -> None:
    """Refuse apps that would take each other's place: then none would be left."""
    rows = App.objects.filter(mall_id=app.mall_id, replaced_by__isnull=False)
    after: dict[int, int | None] = dict(rows.values_list("pk", "replaced_by"))
    after[app.pk] = by.pk if by else None
    seen, here = {app.pk}, after[app.pk]
    while here is not None:
        if here in seen:
            raise Circular(_("Aplikasi tidak dapat saling menggantikan."))
        seen.add(here)
        here = after.get(here)


def _lock(mall: Mall) -> None:
    """Let replacements be told one after the other: two at once could close a circle."""
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _columns(facts: AppFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in AppFacts.__slots__}


def _told(facts: AppFacts) -> dict[str, object]:
    known = {name: value for name, value in _columns(facts).items() if value not in {None, ""}}
    return known | {"replaced_by": facts.replaced_by.pk} if facts.replaced_by else known
