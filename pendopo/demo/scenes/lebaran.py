"""The first working day after Lebaran in Mojokerto: all open but one counter, everybody there, too many apps.

What the report leaves open (which counter, how long, how many use the apps) is chosen here or left empty, and said so.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from pendopo.agencies.actions import agreements, apps, capacity, closings, duty, memberships, opening_hours, presence
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.actions.apps import AppFacts
from pendopo.agencies.actions.duty import When
from pendopo.agencies.models import Agency, Agreement, Counter, Outlet, Signatory
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.queries.presence import presence_code
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.demo.scenes.visit import visit
from pendopo.demo.staff import officer_contact
from pendopo.meetings.actions import holding, planning
from pendopo.people.models import Account
from pendopo.queues.actions import sessions, vacancies
from pendopo.queues.types import SessionState
from pendopo.tenancy.models import Mall, Site

WIB = ZoneInfo("Asia/Jakarta")
DAY = date(2023, 4, 26)
# The report says that one counter stood empty and not which one, nor for how long.
EMPTY, FILLED = 7, time(8, 40)
WEEK = [Hours(weekday, time(8), time(15), time(12), time(13)) for weekday in range(1, 6)]
# By code, and by name where no counter is theirs.
FORKOPIMDA, MILITARY = {"POLRES": "Kapolres", "KEJARI": "Kajari"}, ("Komando Distrik Militer", "Dandim")


def moment(hour: int, minute: int = 0) -> datetime:
    """Return a moment of the day."""
    return datetime.combine(DAY, time(hour, minute), WIB)


def play(mall: Mall, by: Actor) -> None:
    """178 services of 24 agencies open full time, one counter empty for a while, all staff there; and a sidak."""
    _open(mall, by)
    _move_the_tax_office(mall, by)
    _two_apps(mall, by)
    _commit(mall, by)
    _meet(mall, by)


def _open(mall: Mall, by: Actor) -> None:
    dawn, morning, filled = moment(6), moment(7, 50), datetime.combine(DAY, FILLED, WIB)
    for outlet in Outlet.objects.filter(mall=mall).exclude(site__kind=Site.Kind.VAN).select_related("site"):
        opening_hours.set_hours(outlet, WEEK, at=dawn, by=by, reason="Jam layanan kantor")
    counters = Counter.objects.standing().filter(mall=mall).exclude(outlet__site__kind=Site.Kind.VAN).order_by("number")
    desks = []
    for counter in counters.select_related("outlet__agency", "outlet__site", "zone", "mall"):
        account = Account.objects.of_contact(officer_contact(counter.number)).get()
        # The demo's staff begin a year before it is made: on that day they were not here yet.
        memberships.grant(account, mall, Role.OFFICER, agency=counter.outlet.agency, ends_on=DAY, at=dawn)
        duty.assign(counter, account, When(time(8), time(15), day=DAY), by=by, at=dawn)
        officer = actor_of_account(mall, account)
        code = presence_code(counter.outlet.site_id, morning)
        presence.check_in(mall, by=officer, at=morning, code=code)
        if counter.number != EMPTY:
            sessions.set_session(counter, SessionState.OPEN, by=officer, at=morning)
        desks.append((counter, officer))
    vacancies.watch(mall, at=moment(8, 1))
    visit(mall, by, moment(8, 10))
    for counter, officer in desks:
        if counter.number == EMPTY:
            sessions.set_session(counter, SessionState.OPEN, by=officer, at=filled)
    vacancies.watch(mall, at=filled)
    for counter, officer in desks:
        sessions.set_session(counter, SessionState.CLOSED, by=officer, at=moment(15))
    _rest_until_today(mall, by)


def _rest_until_today(mall: Mall, by: Actor) -> None:
    """Close the days that are not played, so that nobody is told to have kept or broken a promise on them."""
    midnight = mall.local(timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    for outlet in Outlet.objects.filter(mall=mall):
        closings.announce_closing(
            outlet, counter=None, starts_at=moment(0) + timedelta(days=1), ends_at=midnight,
            reason="Hari ini tidak dimainkan dalam adegan", by=by, at=moment(16),
        )  # fmt: skip


def _move_the_tax_office(mall: Mall, by: Actor) -> None:
    at = moment(9)
    agency = Agency.objects.get(mall=mall, code="BAPENDA")
    site = Outlet.objects.filter(mall=mall, agency=agency).select_related("site").order_by("pk")[0].site
    counted = Counter.objects.filter(mall=mall, outlet__site=site).count()
    # What the building holds is invented: room for the counters there are, and for those that come.
    capacity.set_capacity(site, counters=counted + 4, seats=240, parking_cars=60, parking_motorcycles=300, by=by, at=at)
    capacity.plan_relocation(
        agency, from_place="Kantor pendapatan daerah", to_site=site, counters=2, parking_cars=10,
        reason="Tempat parkir kantor lama kurang", planned_on=date(2023, 6, 1), by=by, at=at,
    )  # fmt: skip


def _two_apps(mall: Mall, by: Actor) -> None:
    at = moment(9)
    # The hospital is a unit of the health office, and has no counter of its own in the mall.
    insurer, health = (Agency.objects.get(mall=mall, code=code) for code in ("BPJSKES", "DINKES"))
    national = apps.register_app(
        insurer,
        AppFacts("JKN Mobile", "BPJS Kesehatan", "Mengambil nomor antrean rawat jalan dan melihat kepesertaan"),
        by=by, at=at,
    )  # fmt: skip
    own = apps.register_app(
        health,
        AppFacts("Pendaftaran RSUD", "RSUD dr. Wahidin Sudiro Husodo", "Mengambil nomor antrean rawat jalan di RSUD"),
        by=by, at=at,
    )  # fmt: skip
    note = "Keduanya pendaftaran rawat jalan; diminta satu aplikasi yang terhubung dengan BPJS."
    apps.judge_overlap(national, own, is_overlap=True, note=note, by=by, at=at)


def _commit(mall: Mall, by: Actor) -> None:
    at = moment(10)
    agencies = Agency.objects.filter(mall=mall, code__in=FORKOPIMDA).order_by("code")
    parties = [Party(each, signer=FORKOPIMDA[each.code]) for each in agencies]
    parties.append(Party(name=MILITARY[0], signer=MILITARY[1]))
    agreement = agreements.draft(
        mall, kind=Agreement.Kind.COMMITMENT, title="Komitmen Forkopimda untuk MPP", parties=parties, starts_on=DAY,
        by=by, at=at,
    )  # fmt: skip
    rows = Signatory.objects.filter(mall=mall, agreement=agreement).order_by("pk")
    agreements.sign_together(mall, [Signature(row) for row in rows], day=DAY, place="MPP", by=by, at=at)


def _meet(mall: Mall, by: Actor) -> None:
    """Let the afternoon's meeting decide what the mayor asked for; owner and day are this scene's."""
    meeting = planning.plan_meeting(
        mall, title="Evaluasi hari pertama kerja", starts_at=moment(15, 30), place="Ruang rapat MPP",
        chair="Wali Kota", by=by, at=moment(11),
    )  # fmt: skip
    for title in ("Loket kosong pada hari pertama", "Satu dasbor untuk aplikasi kesehatan", "Kepindahan kantor pajak"):
        planning.add_point(meeting, title=title, owner="Pengelola MPP", by=by, at=moment(11))
    planning.invite_all_agencies(meeting, by=by, at=moment(11))
    planning.invite(meeting, guest=MILITARY[0], by=by, at=moment(11))
    meeting = planning.send_agenda(meeting, by=by, at=moment(15, 10))
    agency = Agency.objects.get(mall=mall, code="DINKES")
    words = "Pendaftaran rawat jalan memakai satu aplikasi yang terhubung dengan BPJS"
    holding.decide(meeting, words=words, agency=agency, due_on=date(2023, 7, 31), by=by, at=moment(16))
