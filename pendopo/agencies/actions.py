"""Placing agencies in a mall: who they are, where and when they receive people, and who works for them."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.codes import agency_code, short_name
from pendopo.agencies.errors import HoursOfAVan
from pendopo.agencies.importing import agencies as agency_lines
from pendopo.agencies.importing import counters as counter_lines
from pendopo.agencies.importing import staff as staff_lines
from pendopo.agencies.importing.placing import Places, named, parent_of
from pendopo.agencies.importing.reading import Broken
from pendopo.agencies.models import (
    Agency,
    ApiToken,
    Closing,
    Counter,
    Membership,
    OpeningException,
    OpeningHours,
    Outlet,
)
from pendopo.agencies.queries import Directory
from pendopo.agencies.types import Hours, Role
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.crypto import Bearer, sign_bearer
from pendopo.kernel.errors import NotAllowed
from pendopo.kernel.ids import new_password
from pendopo.kernel.reports import Line, Outcome, Report, refusal, report
from pendopo.people import actions as people
from pendopo.people.models import Account, contact_hash
from pendopo.tenancy.models import Mall, Site, Zone

TOKEN_LIFE = timedelta(days=365)


@transaction.atomic
def add_agency(
    mall: Mall,
    *,
    code: str,
    name: str,
    at: datetime,
    short_name: str = "",
    parent: Agency | None = None,
    by: Who | None = None,
) -> Agency:
    """Add an agency to a mall under a code of at most 12 letters."""
    agency = Agency.objects.create(mall=mall, code=code, name=name, short_name=short_name or name[:40], parent=parent)
    audit.record("agency.added", f"agency:{agency.pk}", by=by, at=at, after={"code": code, "name": name})
    return agency


@transaction.atomic
def add_outlet(
    mall: Mall,
    site: Site,
    *,
    agency: Agency | None,
    at: datetime,
    observes_holidays: bool = True,
    by: Who | None = None,
) -> Outlet:
    """Give an agency an outlet at a site; without agency it is the mall's common desk."""
    outlet = Outlet.objects.create(mall=mall, site=site, agency=agency, observes_holidays=observes_holidays)
    audit.record("outlet.added", f"outlet:{outlet.pk}", by=by, at=at)
    return outlet


@transaction.atomic
def add_counter(outlet: Outlet, *, zone: Zone, number: int, at: datetime, by: Who | None = None) -> Counter:
    """Add a numbered counter of an outlet in a zone of its site."""
    counter = Counter.objects.create(mall_id=outlet.mall_id, outlet=outlet, zone=zone, number=number)
    audit.record("counter.added", f"counter:{counter.pk}", by=by, at=at)
    return counter


@transaction.atomic
def set_hours(outlet: Outlet, hours: Iterable[Hours], *, at: datetime, by: Who | None = None, reason: str = "") -> None:
    """Replace the weekly opening hours of an outlet; a weekday not named is closed. Raises HoursOfAVan."""
    if outlet.site.kind == Site.Kind.VAN:
        raise HoursOfAVan(_("Kendaraan keliling buka menurut jadwal singgahnya, bukan jam mingguan."))
    OpeningHours.objects.filter(outlet=outlet, mall_id=outlet.mall_id).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            mall_id=outlet.mall_id,
            outlet=outlet,
            weekday=day.weekday,
            opens=day.opens,
            closes=day.closes,
            break_from=day.break_from,
            break_until=day.break_until,
            break_name=day.break_name,
        )
        for day in hours
    )
    audit.record("hours.set", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)


@transaction.atomic
def except_day(
    outlet: Outlet,
    day: date,
    *,
    reason: str,
    at: datetime,
    opens: time | None = None,
    closes: time | None = None,
    by: Who | None = None,
) -> OpeningException:
    """Close an outlet on one day, or open it at other hours (also on a holiday), for a reason that all are told."""
    exception, _made = OpeningException.objects.update_or_create(
        mall_id=outlet.mall_id, outlet=outlet, day=day, defaults={"opens": opens, "closes": closes, "reason": reason}
    )
    audit.record("hours.excepted", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)
    return exception


@transaction.atomic
def announce_closing(
    outlet: Outlet,
    *,
    counter: Counter | None,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    at: datetime,
    by: Who | None = None,
) -> Closing:
    """Tell ahead that an outlet, or one counter of it, receives nobody for a while."""
    closing = Closing.objects.create(
        mall_id=outlet.mall_id, outlet=outlet, counter=counter, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    after = {"from": starts_at.isoformat(), "until": ends_at.isoformat()}
    audit.record("closing.announced", f"closing:{closing.pk}", by=by, at=at, reason=reason, after=after)
    return closing


@transaction.atomic
def change_closing(closing: Closing, *, at: datetime, by: Who | None = None) -> None:
    """Keep a closing's new hours, what was decided for those who wait, or that it has begun."""
    closing.save(update_fields=["starts_at", "ends_at", "decision", "begun_at"])
    hours = {"from": closing.starts_at.isoformat(), "until": closing.ends_at.isoformat()}
    after = hours | {"decision": closing.decision, "begun": closing.begun_at is not None}
    audit.record("closing.changed", f"closing:{closing.pk}", by=by, at=at, reason=closing.reason, after=after)


@transaction.atomic
def withdraw_closing(closing: Closing, *, at: datetime, by: Who | None = None) -> None:
    """Take back a closing that has not begun."""
    audit.record("closing.withdrawn", f"closing:{closing.pk}", by=by, at=at, reason=closing.reason)
    closing.delete()


@transaction.atomic
def grant(
    account: Account,
    mall: Mall,
    role: Role,
    *,
    at: datetime,
    agency: Agency | None = None,
    ends_on: date | None = None,
    by: Who | None = None,
) -> Membership:
    """Give an account a role in a mall from today on, for one agency or (None) for the whole mall."""
    membership, _made = Membership.objects.get_or_create(
        mall=mall,
        account=account,
        agency=agency,
        role=role.value,
        starts_on=mall.local(at).date(),
        defaults={"ends_on": ends_on},
    )
    audit.record("membership.granted", f"account:{account.pk}", by=by, at=at, after={"role": role.value})
    return membership


@transaction.atomic
def create_token(
    account: Account, mall: Mall, *, at: datetime, life: timedelta = TOKEN_LIFE, by: Who | None = None
) -> str:
    """Make a signed API token for an account in one mall and return it: it is kept nowhere.

    Raises NotAllowed when the account has no role there.
    """
    today = mall.local(at).date()
    if not Membership.objects.filter(mall=mall, account=account).valid_on(today).exists():
        raise NotAllowed(_("Akun ini tidak bertugas di MPP tersebut."))
    expires = at + life
    token = ApiToken.objects.create(mall=mall, account=account, created_at=at, expires_at=expires)
    audit.record("token.created", f"account:{account.pk}", by=by, at=at)
    return sign_bearer(Bearer("account", account.pk, mall.pk, str(token.number), int(expires.timestamp())))


@transaction.atomic
def revoke_token(token: ApiToken, *, at: datetime, by: Who | None = None) -> None:
    """End a token before its time."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    audit.record("token.revoked", f"account:{token.account_id}", by=by, at=at)


@transaction.atomic
def add_named_agencies(mall: Mall, names: Iterable[str], *, at: datetime, by: Who | None = None) -> Directory:
    """Add agencies under short names and codes made from their names; return all agencies of the mall."""
    directory = Directory(Agency.objects.select_for_update().filter(mall=mall).order_by("pk"))
    for name in names:
        if directory.get(name) is None:
            short = short_name(name)
            code = agency_code(short, directory.codes)
            directory.add(add_agency(mall, code=code, name=name, short_name=short, at=at, by=by))
    return directory


def import_agencies(
    mall: Mall, content: bytes, *, at: datetime, by: Who | None = None, skip_bad: bool = False
) -> Report:
    """Add or change agencies from a CSV or XLSX (instansi, singkatan, kode, induk); a code once given is kept.

    Known again by name or code. Keeps nothing when a line is broken, unless `skip_bad`. Raises NotUnderstood.
    """
    table, wanted, lines = agency_lines.read(content)
    with transaction.atomic():
        known = Directory(Agency.objects.select_for_update().filter(mall=mall).order_by("pk"))
        seen: dict[int, int] = {}
        placed: list[tuple[agency_lines.Wanted, Agency, Outcome]] = []
        for want in wanted:
            try:
                agency, outcome = _take_agency(mall, known, want, seen, at=at, by=by)
            except Broken as error:
                lines.append(refusal(want.line, error, want.name))
            else:
                placed.append((want, agency, outcome))
        # Parents last: a line may name one that stands further down.
        lines += [_place_below(known, *taken, at=at, by=by) for taken in placed]
        return _imported(
            "agencies.imported", mall, content, report(lines, table.notes, skip_bad=skip_bad), at=at, by=by
        )


def _take_agency(
    mall: Mall, known: Directory, want: agency_lines.Wanted, seen: dict[int, int], *, at: datetime, by: Who | None
) -> tuple[Agency, Outcome]:
    agency, of_code = known.get(want.name), known.codes.get(want.code)
    if agency and of_code and agency.pk != of_code.pk:
        raise Broken(_("Kode %(code)s milik %(agency)s.") % {"code": want.code, "agency": of_code.name})
    agency = agency or of_code
    if agency is None:
        short = want.short_name or short_name(want.name)
        code = want.code or agency_code(short, known.codes)
        agency = add_agency(mall, code=code, name=want.name, short_name=short, at=at, by=by)
        known.add(agency)
        seen[agency.pk] = want.line
        return agency, Outcome.TAKEN
    if agency.pk in seen:
        raise Broken(_("Instansi ini sudah ada di baris %(line)s.") % {"line": seen[agency.pk]})
    seen[agency.pk] = want.line
    name = agency.name if want.is_guessed else want.name
    short = want.short_name or agency.short_name
    if (name, short) == (agency.name, agency.short_name):
        return agency, Outcome.UNCHANGED
    agency.name, agency.short_name = name, short
    _change_agency(agency, at=at, by=by)
    known.add(agency)
    return agency, Outcome.CHANGED


def _place_below(
    known: Directory, want: agency_lines.Wanted, agency: Agency, outcome: Outcome, *, at: datetime, by: Who | None
) -> Line:
    notes: tuple[str, ...] = ()
    if want.code and want.code != agency.code:
        notes = (_("Kode tetap %(code)s: kode yang sudah diberikan tidak berubah.") % {"code": agency.code},)
    if want.parent:
        try:
            parent = parent_of(known, agency, want.parent)
        except Broken as error:
            return refusal(want.line, error, want.name)
        if agency.parent_id != parent.pk:
            agency.parent = parent
            _change_agency(agency, at=at, by=by)
            outcome = Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome
    return Line(want.line, outcome, f"{agency.code} {agency.name}", want.mended, notes)


def _change_agency(agency: Agency, *, at: datetime, by: Who | None) -> None:
    agency.save(update_fields=["name", "short_name", "parent"])
    after = {"name": agency.name, "short_name": agency.short_name, "parent": agency.parent_id}
    audit.record("agency.changed", f"agency:{agency.pk}", by=by, at=at, after=after)


def import_counters(
    mall: Mall, content: bytes, *, at: datetime, by: Who | None = None, skip_bad: bool = False
) -> Report:
    """Add counters from a CSV or XLSX (instansi, zona, nomor, lokasi), with the outlets that they need.

    A new outlet opens at the hours of the common desk of its site. Keeps nothing when a line is broken, unless
    `skip_bad`. Raises NotUnderstood.
    """
    table, wanted, lines = counter_lines.read(content)
    with transaction.atomic():
        agencies, places = Directory(Agency.objects.filter(mall=mall).order_by("pk")), Places(mall)
        for want in wanted:
            try:
                lines.append(_take_counter(mall, agencies, places, want, at=at, by=by))
            except Broken as error:
                lines.append(refusal(want.line, error, want.name))
        return _imported(
            "counters.imported", mall, content, report(lines, table.notes, skip_bad=skip_bad), at=at, by=by
        )


def _take_counter(
    mall: Mall, agencies: Directory, places: Places, want: counter_lines.Wanted, *, at: datetime, by: Who | None
) -> Line:
    zone = places.zone(want.zone, want.site)
    agency = named(agencies, want.agency)
    outlet = places.outlets.get((zone.site_id, agency.pk if agency else None))
    counter = places.counters.get((zone.pk, want.number))
    if counter is not None:
        if outlet is None or counter.outlet_id != outlet.pk:
            owner = counter.outlet.agency or _("loket bersama")
            raise Broken(_("Nomor ini sudah dipakai %(owner)s di zona yang sama.") % {"owner": owner})
        return Line(want.line, Outcome.UNCHANGED, want.name)
    if outlet is None:
        outlet = add_outlet(mall, zone.site, agency=agency, at=at, by=by)
        places.outlets[zone.site_id, outlet.agency_id] = outlet
        desk = places.outlets.get((zone.site_id, None))
        if desk is not None and desk != outlet:
            set_hours(outlet, _hours_of(desk), at=at, by=by)
    places.counters[zone.pk, want.number] = add_counter(outlet, zone=zone, number=want.number, at=at, by=by)
    return Line(want.line, Outcome.TAKEN, want.name)


def _hours_of(outlet: Outlet) -> list[Hours]:
    return [
        Hours(day.weekday, day.opens, day.closes, day.break_from, day.break_until, day.break_name)
        for day in OpeningHours.objects.filter(mall_id=outlet.mall_id, outlet=outlet)
    ]


def import_staff(mall: Mall, content: bytes, *, at: datetime, by: Who | None = None, skip_bad: bool = False) -> Report:
    """Open accounts and give roles from a CSV or XLSX (nama, surel, peran, instansi, kata_sandi).

    Where the file gives no password one is made and told once, in its line's `secret`. An account that exists keeps
    its own. Keeps nothing when a line is broken, unless `skip_bad`. Raises NotUnderstood.
    """
    table, wanted, lines = staff_lines.read(content)
    with transaction.atomic():
        agencies = Directory(Agency.objects.filter(mall=mall).order_by("pk"))
        handles = {contact_hash(want.email) for want in wanted}
        accounts = {account.handle: account for account in Account.objects.filter(handle__in=handles)}
        for want in wanted:
            try:
                lines.append(_take_member(mall, agencies, accounts, want, at=at, by=by))
            except Broken as error:
                lines.append(refusal(want.line, error, want.name))
        return _imported("staff.imported", mall, content, report(lines, table.notes, skip_bad=skip_bad), at=at, by=by)


def _take_member(
    mall: Mall,
    agencies: Directory,
    accounts: dict[str, Account],
    want: staff_lines.Wanted,
    *,
    at: datetime,
    by: Who | None,
) -> Line:
    agency = named(agencies, want.agency)
    account = accounts.get(contact_hash(want.email))
    if account is None:
        made = "" if want.password else new_password()
        account = people.open_account(want.email, name=want.name, password=want.password or made, at=at, by=by)
        accounts[account.handle] = account
        grant(account, mall, want.role, agency=agency, at=at, by=by)
        return Line(want.line, Outcome.TAKEN, want.name, secret=made)
    held = Membership.objects.filter(mall=mall, account=account, agency=agency, role=want.role.value)
    if held.valid_on(mall.local(at).date()).exists():
        return Line(want.line, Outcome.UNCHANGED, want.name)
    grant(account, mall, want.role, agency=agency, at=at, by=by)
    return Line(want.line, Outcome.TAKEN, want.name, notes=(_("Akun sudah ada; kata sandinya tidak diubah."),))


def _imported(what: str, mall: Mall, content: bytes, told: Report, *, at: datetime, by: Who | None) -> Report:
    """Witness an import, or undo it when a broken line keeps the file out. The last step of its transaction."""
    if not told.is_written:
        transaction.set_rollback(True)
    elif told.has_changed:
        file = hashlib.sha256(content).hexdigest()
        audit.record(what, f"mall:{mall.pk}", by=by, at=at, after={"file": file, "lines": told.totals})
    return told
