import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

import pytest
from openpyxl import Workbook

from pendopo.agencies.actions import founding, imports, opening_hours
from pendopo.agencies.models import Agency, Counter, Membership, OpeningHours, Outlet
from pendopo.agencies.tests import make
from pendopo.agencies.types import Hours, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.reports import Outcome, Report
from pendopo.people.actions import open_account
from pendopo.people.models import Account
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Stand in a mall with one site, zone A and a common desk that opens on Monday."""
    here = make.mall()
    with wall.inside(here.pk):
        site = tenancy.add_site(here, name="Gedung", at=AT)
        tenancy.add_zone(site, code="A", name="Lantai 1", at=AT)
        desk = founding.add_outlet(here, site, agency=None, at=AT)
        opening_hours.set_hours(desk, [Hours(1, time(8), time(15, 30), time(12), time(13), "Istirahat")], at=AT)
        yield here


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Agency, Outlet, Counter, OpeningHours, Account, Membership, Entry))


def agencies(mall: Mall, text: str, *, skip_bad: bool = False) -> Report:
    return imports.import_agencies(mall, text.encode(), at=AT, skip_bad=skip_bad)


def counters(mall: Mall, text: str, *, skip_bad: bool = False) -> Report:
    return imports.import_counters(mall, text.encode(), at=AT, skip_bad=skip_bad)


def staff(mall: Mall, text: str, *, skip_bad: bool = False) -> Report:
    return imports.import_staff(mall, text.encode(), at=AT, skip_bad=skip_bad)


def test_agencies_are_added_under_codes_of_their_own_and_parents_may_come_later(mall: Mall) -> None:
    text = "instansi,singkatan,kode,induk\nPUSKESMAS KOTA,,,Dinas Kesehatan\nDinas Kesehatan,Dinkes,DINKES,\nPLN,,,\n"

    report = agencies(mall, text)

    assert report.count(Outcome.TAKEN) == 3
    assert list(Agency.objects.order_by("code").values_list("code", "name", "short_name", "parent__code")) == [
        ("DINKES", "Dinas Kesehatan", "Dinkes", None),
        ("PLN", "PLN", "PLN", None),
        ("PUSKOT", "Puskesmas Kota", "Puskesmas Kota", "DINKES"),
    ]
    before = counts()
    again = agencies(mall, text)
    assert (again.count(Outcome.UNCHANGED), counts()) == (3, before)


def test_an_agency_known_by_its_code_gets_its_new_name_and_keeps_its_code(mall: Mall) -> None:
    agencies(mall, "instansi,kode\nDinas Tenaga Kerja,DISNAKER\n")

    report = agencies(mall, "instansi,kode,singkatan\nDinas Ketenagakerjaan,DISNAKER,Disnaker\n")

    assert report.count(Outcome.CHANGED) == 1
    assert list(Agency.objects.values_list("code", "name", "short_name")) == [
        ("DISNAKER", "Dinas Ketenagakerjaan", "Disnaker")
    ]
    kept = agencies(mall, "instansi,kode\nDinas Ketenagakerjaan,NAKER\n")
    assert "DISNAKER" in kept.lines[0].notes[0]
    assert Agency.objects.get().code == "DISNAKER"


BAD_AGENCIES = {
    "no name": ",Singkat,,",
    "code with digits": "PDAM,,PDAM1,",
    "HTML": "<b>PDAM</b>,,,",
    "formula": "=PDAM,,,",
    "unknown parent": "PDAM,,,Dinas Gaib",
    "its own parent": "PDAM,,,PDAM",
    "name too long": "P" * 161 + ",,,",
    "short name too long": "PDAM," + "P" * 41 + ",,",
    "twice": "PLN,,,",
    "another's code": "Dinas Sosial,,PLN,",
}


@pytest.mark.parametrize("bad", BAD_AGENCIES.values(), ids=BAD_AGENCIES)
def test_a_broken_agency_keeps_the_file_out_or_is_skipped(mall: Mall, bad: str) -> None:
    text = f"instansi,singkatan,kode,induk\nPLN,,PLN,\nDinas Sosial,,,\n{bad}\n"
    before = counts()

    refused = agencies(mall, text)

    assert [line.number for line in refused.refused] == [4]
    assert not refused.is_written
    assert counts() == before
    assert agencies(mall, text, skip_bad=True).is_written
    assert {"PLN", "DINSOS"} <= set(Agency.objects.values_list("code", flat=True))


def test_agencies_below_each_other_in_a_ring_are_refused(mall: Mall) -> None:
    before = counts()

    report = agencies(mall, "instansi,induk\nA Satu,B Dua\nB Dua,A Satu\n")

    assert [line.number for line in report.refused] == [3]
    assert counts() == before


def test_counters_bring_their_outlets_with_the_hours_of_the_common_desk(mall: Mall) -> None:
    agencies(mall, "instansi\nPLN\n")
    text = "instansi;zona;nomor\nPLN;A;1\nPLN;a;2\n;A;3\n"

    report = counters(mall, text)

    assert report.count(Outcome.TAKEN) == 3
    assert list(Counter.objects.order_by("number").values_list("number", "outlet__agency__code")) == [
        (1, "PLN"),
        (2, "PLN"),
        (3, None),
    ]
    outlet = Outlet.objects.get(agency__code="PLN")
    assert list(OpeningHours.objects.filter(outlet=outlet).values_list("weekday", "opens", "break_from")) == [
        (1, time(8), time(12))
    ]
    before = counts()
    assert (counters(mall, text).count(Outcome.UNCHANGED), counts()) == (3, before)


@pytest.mark.parametrize(
    "bad",
    [
        "PLN,Z,2,",
        "Dinas Gaib,A,2,",
        "PLN,A,0,",
        "PLN,A,1000,",
        "PLN,A,dua,",
        "PLN,A,²,",
        "PLN,,2,",
        ",A,1,",
        "PLN,A,2,Van",
    ],
)
def test_a_broken_counter_keeps_the_file_out_or_is_skipped(mall: Mall, bad: str) -> None:
    agencies(mall, "instansi\nPLN\n")
    before = counts()
    text = f"instansi,zona,nomor,lokasi\nPLN,A,1,\n{bad}\n"

    refused = counters(mall, text)

    assert [line.number for line in refused.refused] == [3]
    assert not refused.is_written
    assert counts() == before
    assert counters(mall, text, skip_bad=True).is_written
    assert Counter.objects.count() == 1


def test_a_zone_of_two_sites_must_say_which(mall: Mall) -> None:
    van = tenancy.add_site(mall, name="Mobil", kind=Site.Kind.VAN, at=AT)
    tenancy.add_zone(van, code="A", name="Mobil", at=AT)

    assert "lokasi" in counters(mall, "zona,nomor\nA,1\n").refused[0].why
    assert counters(mall, "zona,nomor,lokasi\nA,1,mobil\n").is_written
    assert Counter.objects.get().outlet.site == van


def test_staff_get_accounts_roles_and_passwords_told_once(mall: Mall) -> None:
    agencies(mall, "instansi\nPLN\n")
    text = (
        "nama,surel,peran,instansi,kata_sandi\n"
        "Sri Wahyuni,Sri@contoh.test,Petugas Loket,PLN,\n"
        "Budi,budi@contoh.test,manager,,kata sandi panjang\n"
        "Sri Wahyuni,sri@contoh.test,back_office,PLN,\n"
    )

    report = staff(mall, text)

    assert report.count(Outcome.TAKEN) == 3
    sri, budi = (
        Account.objects.of_contact("sri@contoh.test").get(),
        Account.objects.of_contact("budi@contoh.test").get(),
    )
    assert sri.check_password(report.lines[0].secret)
    assert budi.check_password("kata sandi panjang")
    assert [line.secret for line in report.lines[1:]] == ["", ""]
    assert report.lines[0].secret not in repr(report)
    assert set(Membership.objects.values_list("account", "role", "agency__code")) == {
        (sri.pk, "officer", "PLN"),
        (sri.pk, "back_office", "PLN"),
        (budi.pk, "manager", None),
    }
    before = counts()
    again = staff(mall, text)
    assert (again.count(Outcome.UNCHANGED), counts()) == (3, before)


def test_an_account_that_exists_keeps_its_password(mall: Mall) -> None:
    account = open_account("sri@contoh.test", name="Sri", password="kata sandi lama", at=AT)

    report = staff(mall, "nama,surel,peran,kata_sandi\nOrang Lain,sri@contoh.test,pimpinan,kata sandi baru\n")

    account.refresh_from_db()
    assert "tidak diubah" in report.lines[0].notes[0]
    assert account.check_password("kata sandi lama")
    assert account.name == "Sri"


@pytest.mark.parametrize(
    "bad",
    [
        ",b@contoh.test,officer,,",
        "Budi,bukan surel,officer,,",
        "Budi,b@contoh.test,raja,,",
        "Budi,b@contoh.test,officer,Dinas Gaib,",
        "Budi,b@contoh.test,agency_admin,,",
        "Budi,b@contoh.test,officer,,pendek",
        "Budi,b@contoh.test,officer,,password1234",
        "<b>Budi</b>,b@contoh.test,officer,,",
    ],
)
def test_a_broken_member_keeps_the_file_out_or_is_skipped(mall: Mall, bad: str) -> None:
    before = counts()
    text = f"nama,surel,peran,instansi,kata_sandi\nSri,sri@contoh.test,{Role.OFFICER},,\n{bad}\n"

    refused = staff(mall, text)

    assert [line.number for line in refused.refused] == [3]
    assert counts() == before
    assert [line.secret for line in refused.lines] == ["", ""]  # what was not opened has no password
    assert staff(mall, text, skip_bad=True).is_written
    assert Membership.objects.count() == 1


def test_a_workbook_does_as_well(mall: Mall) -> None:
    book, saved = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (("instansi", "kode"), ("Dinas Sosial", "DINSOS"), ("PLN", None)):
        sheet.append(row)
    book.save(saved)

    assert imports.import_agencies(mall, saved.getvalue(), at=AT).count(Outcome.TAKEN) == 2


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"PK\x03\x04" * 9, b"x,y\n1,2\n", b"\xff\xfeA\0"])
@pytest.mark.parametrize("action", [imports.import_agencies, imports.import_counters, imports.import_staff])
def test_a_file_that_is_none_is_refused_in_words(mall: Mall, action: Callable[..., Report], content: bytes) -> None:
    before = counts()

    with pytest.raises(RuleViolation):
        action(mall, content, at=AT, skip_bad=True)

    assert counts() == before
