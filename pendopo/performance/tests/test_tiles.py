"""Each figure of the head's page: what it counts, its colour and word, and that its way leads to rows."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import agreements, hotlines
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.models import Agreement, Signatory
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import covering, writing
from pendopo.catalogue.models import Coverage, OwnOffice
from pendopo.performance.actions import adding_up
from pendopo.performance.queries import heads, letters, owed
from pendopo.performance.tests import make
from pendopo.performance.types import Level, Tile
from pendopo.queues.actions import sessions, vacancies
from pendopo.queues.models import CounterSession
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionReason, SessionState
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)
# A Thursday on which the test's clock stands at ten.
NOW_ON = date(2024, 10, 17)


def tiles(here: Hall, who: Actor, at: datetime) -> dict[str, Tile]:
    """Return the figures as somebody sees them at a moment."""
    with wall.inside(here.mall.pk):
        found = heads.head(here.mall, who, at)
    return {tile.key: tile for tile in [*found.today, *found.month]}


def gone(at: datetime) -> None:
    """Let the officer have gone without a word."""
    CounterSession.objects.update(state=SessionState.CLOSED, ended_at=at, reason="", until=None)


@pytest.fixture
def here() -> Hall:
    return make.hall()


@pytest.fixture
def head(here: Hall) -> Actor:
    return agencies.staff(here.mall, Role.HEAD)


@pytest.fixture
def manager(here: Hall) -> Actor:
    return agencies.staff(here.mall, Role.MANAGER)


def now(here: Hall, hour: int = 10, minute: int = 0) -> datetime:
    return make.moment(here, hour, minute, day=NOW_ON)


def test_counters_open_resting_and_empty(here: Hall, head: Actor) -> None:
    opened = tiles(here, head, now(here))["counters"]
    assert (opened.value, opened.level, opened.detail) == ("1", Level.GOOD, "dari 1 yang seharusnya buka")

    with wall.inside(here.mall.pk):
        sessions.set_session(
            here.counter, SessionState.PAUSED, by=here.officer, at=now(here), reason=SessionReason.PRAYER
        )
    resting = tiles(here, head, now(here))
    assert (resting["counters"].value, resting["counters"].level) == ("0", Level.GOOD)
    assert "1 jeda dengan alasan" in resting["counters"].detail
    assert (resting["empty"].value, resting["empty"].level) == ("0", Level.GOOD)

    with wall.inside(here.mall.pk):
        gone(now(here))
        vacancies.watch(here.mall, at=now(here) + MINUTE)
    empty = tiles(here, head, now(here) + MINUTE)
    assert (empty["counters"].value, empty["counters"].level) == ("0", Level.BAD)
    assert (empty["empty"].value, empty["empty"].level) == ("1", Level.BAD)
    assert [way.text for way in empty["empty"].ways] == ["Loket 1 Dukcapil sejak 10.00"]


@pytest.mark.parametrize(
    ("waited", "level", "word"),
    [(14, Level.GOOD, "Lancar"), (15, Level.WARN, "Mulai lama"), (30, Level.BAD, "Terlalu lama")],
)
def test_the_longest_wait_has_its_word(here: Hall, head: Actor, waited: int, level: Level, word: str) -> None:
    with wall.inside(here.mall.pk):
        make.served(here, now(here, 8), waits=5)
        make.served(here, now(here, 9), waits=7)
        make.taken(here, now(here))

    found = tiles(here, head, now(here) + waited * MINUTE)["waits"]

    assert (found.value, found.level, found.word) == (f"{waited} menit", level, word)
    assert found.detail == "1 orang menunggu; hari ini sampai dipanggil: tengah 5 menit, terlama 7 menit"


@pytest.mark.parametrize(
    ("came", "level", "word"),
    [(1, Level.WARN, "Lebih sepi"), (2, Level.GOOD, "Seperti biasa"), (3, Level.WARN, "Lebih ramai")],
)
def test_visitors_are_compared_up_to_this_minute(here: Hall, head: Actor, came: int, level: Level, word: str) -> None:
    with wall.inside(here.mall.pk):
        for week in (1, 2, 3):
            for hour in (8, 9, 13):
                make.served(here, make.moment(here, hour, day=NOW_ON - week * WEEK))
        while adding_up.add_up(here.mall, at=now(here)):
            pass
        for number in range(came):
            make.taken(here, now(here, 8, number))

    found = tiles(here, head, now(here))["visitors"]

    assert (found.value, found.level, found.word) == (str(came), level, word)
    assert found.detail == "biasanya 2 sampai jam ini, 3 sehari (nilai tengah 3 hari Kamis)"


def test_without_a_past_nothing_is_compared(here: Hall, head: Actor) -> None:
    found = tiles(here, head, now(here))["visitors"]

    assert (found.value, found.level, found.word) == ("0", Level.UNKNOWN, "Belum ada pembanding")


def test_agreements_coverage_and_hotlines_of_the_month(here: Hall, head: Actor, manager: Actor) -> None:
    at = timezone.now()
    before = tiles(here, head, at)
    assert (before["contracts"].value, before["contracts"].level) == ("1", Level.BAD)
    assert [(way.text, way.query) for way in before["contracts"].ways] == [
        ("Belum ada: 1", "?kind=contract&standing=none")
    ]
    assert (before["coverage"].value, before["twice"].value, before["twice"].level) == ("1", "1", Level.WARN)
    assert (before["standards"].value, before["standards"].level) == ("0", Level.WARN)
    assert (before["hotlines"].value, before["hotlines"].level) == ("1", Level.WARN)
    assert (before["findings"].value, before["findings"].level) == ("0", Level.GOOD)
    assert (before["innovations"].value, before["innovations"].level) == ("0", Level.WARN)

    with wall.inside(here.mall.pk):
        agency = here.place.agency
        written = agreements.draft(
            here.mall, kind=Agreement.Kind.CONTRACT, title="PKS", starts_on=at.date() - WEEK, by=manager, at=at,
            parties=[Party(agency, signer="Kepala")],
        )  # fmt: skip
        today = here.mall.local(at).date()
        signed = [Signature(written.signatories.get(), "Kepala")]
        agreements.sign_together(here.mall, signed, day=today, place="Pendopo", by=manager, at=at)
        covering.note_own_office(here.service, state=OwnOffice.State.NEVER, place="", by=manager, at=at)
        hotline = hotlines.set_hotline(agency, number="0321123456", by=manager, at=at)
        hotlines.try_hotline(hotline, is_answered=True, by=manager, at=at)
        writing.write_service(agency, name="Belum diputuskan", at=at)
    after = tiles(here, head, at)

    assert (after["contracts"].value, after["contracts"].level, after["contracts"].ways) == ("0", Level.GOOD, ())
    assert (after["twice"].value, after["twice"].level) == ("0", Level.GOOD)
    assert (after["hotlines"].value, after["hotlines"].level) == ("0", Level.GOOD)
    assert (after["coverage"].value, after["coverage"].level) == ("1", Level.WARN)
    assert after["coverage"].detail.startswith("dari 2 layanan; 1 belum diputuskan")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD, Role.INSPECTOR])
def test_every_figure_leads_to_rows_that_one_may_see(here: Hall, role: Role) -> None:
    who = agencies.staff(here.mall, role)
    with wall.inside(here.mall.pk):
        make.taken(here, timezone.now())
        gone(timezone.now() - MINUTE)
        vacancies.watch(here.mall, at=timezone.now() + MINUTE)
    client = Client()
    assert who.account
    client.force_login(who.account)

    page = client.get(f"/m/{here.mall.slug}/head/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = {unescape(link) for link in re.findall(r'href="([^"]+)"', main)}

    assert len(links) >= 11
    assert {link: status for link in links if (status := client.get(link).status_code) != 200} == {}


def test_the_letter_names_what_changed_and_who_owes_what(here: Hall, manager: Actor) -> None:
    week = date(2024, 10, 7)
    at = datetime.combine(NOW_ON, datetime.min.time(), here.mall.zone)
    with wall.inside(here.mall.pk):
        for day, waits in ((0, 4), (1, 8), (2, 30)):
            make.served(here, make.moment(here, 9, day=week + timedelta(days=day)), waits=waits)
        make.served(here, make.moment(here, 9, day=week - WEEK))
        while adding_up.add_up(here.mall, at=at):
            pass
        covering.decide_coverage(
            here.service, Coverage.FRONT_DESK, outlet=here.place.outlet, reason="Ruang belum siap", by=manager,
            at=make.moment(here, 11, day=week + timedelta(days=3)),
        )  # fmt: skip
        agreements.draft(
            here.mall, kind=Agreement.Kind.MOU, title="Nota MPP", starts_on=week, by=manager, at=at,
            parties=[Party(name="Polres Contoh")],
        )  # fmt: skip
        Signatory.objects.update(next_step="Rapat", due_on=date(2024, 11, 1))

        found = letters.letter(here.mall, manager, week, at)
        debts = owed.owed(here.mall, manager, at)

    assert found.summary[:2] == ["Pengunjung: 3 (naik 2 dari 1)", "Nomor diambil: 3 (naik 2 dari 1)"]
    assert found.summary[-1] == (
        "Tunggu sampai dipanggil: tengah 8 menit, 9 dari 10 paling lama 30 menit, terlama 30 menit"
        " (minggu sebelumnya: tengah 10 menit)"
    )
    assert found.changes == ["Dukcapil, Kartu Keluarga: Hanya penerimaan berkas"]
    by_agency, _open, open_debts = found.sheets
    assert by_agency.rows == [("Dukcapil", "3", "3", "0", "0", "8 menit", "30 menit")]
    assert open_debts.rows[0] == ("Polres Contoh", "Menandatangani nota kesepakatan: Nota MPP (Rapat)", "1 Nov 2024")
    assert open_debts.rows[1][0] == "Dinas Dukcapil"
    assert [debt.what for debt in debts if debt.owner == "Dinas Dukcapil"] == [
        "1 layanan masih ganda: tutup loket kantor dan buktikan", "1 layanan tanpa standar lengkap",
        "Belum ada inovasi 2024", "Hotline: belum ada hotline",
    ]  # fmt: skip
