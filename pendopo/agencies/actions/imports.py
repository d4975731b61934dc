"""Agencies, counters and staff from the lists that a mall has already."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding, memberships, opening_hours
from pendopo.agencies.codes import agency_code, short_name
from pendopo.agencies.importing import agencies as agency_lines
from pendopo.agencies.importing import counters as counter_lines
from pendopo.agencies.importing import staff as staff_lines
from pendopo.agencies.importing.placing import Places, named, parent_of
from pendopo.agencies.importing.reading import Broken
from pendopo.agencies.models import (
    Agency,
    Membership,
    OpeningHours,
    Outlet,
)
from pendopo.agencies.queries.directory import Directory
from pendopo.agencies.types import Hours
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.ids import new_password
from pendopo.kernel.reports import Line, Outcome, Report, refusal, report
from pendopo.people import actions as people
from pendopo.people.models import Account, contact_hash
from pendopo.tenancy.models import Mall


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
        agency = founding.add_agency(mall, code=code, name=want.name, short_name=short, at=at, by=by)
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
        outlet = founding.add_outlet(mall, zone.site, agency=agency, at=at, by=by)
        places.outlets[zone.site_id, outlet.agency_id] = outlet
        desk = places.outlets.get((zone.site_id, None))
        if desk is not None and desk != outlet:
            opening_hours.set_hours(outlet, _hours_of(desk), at=at, by=by)
    places.counters[zone.pk, want.number] = founding.add_counter(outlet, zone=zone, number=want.number, at=at, by=by)
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
        memberships.grant(account, mall, want.role, agency=agency, at=at, by=by)
        return Line(want.line, Outcome.TAKEN, want.name, secret=made)
    held = Membership.objects.filter(mall=mall, account=account, agency=agency, role=want.role.value)
    if held.valid_on(mall.local(at).date()).exists():
        return Line(want.line, Outcome.UNCHANGED, want.name)
    memberships.grant(account, mall, want.role, agency=agency, at=at, by=by)
    return Line(want.line, Outcome.TAKEN, want.name, notes=(_("Akun sudah ada; kata sandinya tidak diubah."),))


def _imported(what: str, mall: Mall, content: bytes, told: Report, *, at: datetime, by: Who | None) -> Report:
    """Witness an import, or undo it when a broken line keeps the file out. The last step of its transaction."""
    if not told.is_written:
        transaction.set_rollback(True)
    elif told.has_changed:
        file = hashlib.sha256(content).hexdigest()
        audit.record(what, f"mall:{mall.pk}", by=by, at=at, after={"file": file, "lines": told.totals})
    return told
