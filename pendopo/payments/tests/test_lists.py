"""The lists of banks and gateways: read as they are written, kept once, compared line by line."""

import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.kernel.money import Money
from pendopo.kernel.sheets import Sheet, workbook
from pendopo.payments import lists
from pendopo.payments.actions import listing, reconciling, settling
from pendopo.payments.actions.listing import Brought
from pendopo.payments.errors import DayClosed
from pendopo.payments.lists import Columns, Listed
from pendopo.payments.models import Statement, StatementLine
from pendopo.payments.queries import reconciliation
from pendopo.payments.tests import make
from pendopo.payments.types import How, Payment, Way
from pendopo.tenancy import wall

USUAL = Columns("Tanggal", "Nomor", "Jumlah")
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-23T08:15:00", "20261123", "23/11/2026", "23-11-2026 08:15"])
@pytest.mark.parametrize(
    "amount", ["50000", "50.000", "Rp50.000,00", "Rp. 50.000", "50,000.00", "50000.0", "IDR 50000"]
)
def test_days_and_amounts_are_read_as_they_are_written(day: str, amount: str) -> None:
    content = f"Jumlah;Tanggal;Nomor;Lain\n{amount};{day};sts  7/xi;x\n".encode()

    assert lists.read(content, USUAL) == [Listed(DAY, "STS 7/XI", Money(50_000))]


def test_a_workbook_is_read_by_the_names_of_its_columns() -> None:
    book = workbook([Sheet("x", ["Settlement Date", "RRN", "Gross"], [["2026-11-23", "A1", 50_000]])])

    assert lists.read(book, Columns("settlement date", "rrn", "GROSS")) == [Listed(DAY, "A1", Money(50_000))]


@pytest.mark.parametrize(
    "line",
    ["2026-02-30,A,1", "x,A,1", ",A,1", "2026-11-23,,1", "2026-11-23,A,", "2026-11-23,A,0", "2026-11-23,A,-5",
     "2026-11-23,A,50.5", "2026-11-23,A,5.00.000", "2026-11-23,A,=1+1", "2026-11-23,1.23457E+15,1",
     "2026-11-23,A,99999999999999999999", "2026-11-23," + "A" * 65 + ",1", "2026-11-23,A", "1999-01-01,A,1",
     "2026-11-23,B,2"],
)  # fmt: skip
def test_one_line_that_cannot_be_meant_refuses_all_of_it_in_words(line: str) -> None:
    with pytest.raises(NotUnderstood, match=r"Tidak ada yang disimpan\. Baris 3: "):
        lists.read(f"tanggal,nomor,jumlah\n2026-11-23,B,1\n{line}\n".encode(), USUAL)


@pytest.mark.parametrize(
    ("content", "columns"),
    [(b"", USUAL), (b"\x00\x01", USUAL), (b"PK\x03\x04x", USUAL), (b"tanggal,nomor\n1,2\n", USUAL),
     (b"tanggal,nomor,jumlah\n", USUAL), (b"a,b,c\n1,2,3\n", Columns("a", "a", "c"))],
)  # fmt: skip
def test_hostile_files_are_refused_in_words(content: bytes, columns: Columns) -> None:
    with pytest.raises(NotUnderstood):
        lists.read(content, columns)


def test_a_bomb_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 40 * 1024 * 1024)
    with pytest.raises(NotUnderstood, match="terlalu besar"):
        lists.read(out.getvalue(), USUAL)


@given(some.text(max_size=60), some.text(max_size=60), some.text(max_size=60))
def test_whatever_stands_in_a_line_is_read_or_refused(day: str, mark: str, amount: str) -> None:
    try:
        (one,) = lists.read(f"tanggal\tnomor\tjumlah\n{day}\t{mark}\t{amount}\n".encode(errors="replace"), USUAL)
    except NotUnderstood:
        return
    assert one.amount.rupiah > 0
    assert one.mark


@pytest.fixture
def where(db: None) -> Place:
    return agencies.place()


@pytest.fixture
def manager(where: Place) -> Actor:
    return agencies.staff(where.mall, Role.MANAGER)


def paid(where: Place, *numbers: str, at: datetime, days: int = 0) -> None:
    """Let a bill be paid for each number of the bank's desk. Stand inside the mall."""
    officer = agencies.staff(where.mall, agency=where.agency)
    checker = agencies.staff(where.mall, Role.BACK_OFFICE, agency=where.agency)
    case = make.variant(where.agency, at=at - timedelta(days=1))
    for number in numbers:
        bill = make.bill(case, officer, at=at - timedelta(days=1))
        payment = Payment(How.DESK, make.FEE, where.mall.local(at).date() - timedelta(days=days), number)
        settling.accept(settling.record(bill, payment, part=uuid4(), by=officer, at=at), by=checker, at=at)


def test_lines_are_compared_with_what_was_paid(where: Place, manager: Actor) -> None:
    at = timezone.now()
    day = where.mall.local(at).date()
    with wall.inside(where.mall.pk):
        paid(where, "sama", "hanya kami", "beda", at=at)
        paid(where, "kemarin", at=at, days=1)
        listed = [
            Listed(day, "SAMA", make.FEE), Listed(day, "BEDA", Money(49_000)), Listed(day, "HANYA MEREKA", Money(7)),
            Listed(day, "KEMARIN", make.FEE),
        ]  # fmt: skip
        brought = listing.bring(where.mall, Way.DESK, listed, source="RK", by=manager, at=at)
        again = listing.bring(where.mall, Way.DESK, listed, source="RK", by=manager, at=at)
        assert (brought, again) == (Brought(4, 0), Brought(0, 4))
        assert (StatementLine.objects.count(), Statement.objects.count()) == (4, 1)
        words = [each.words for each in reconciliation.differences(where.mall, day)]
        of_yesterday = [each.words for each in reconciliation.differences(where.mall, day - timedelta(days=1))]
        subjects = [each.subject for each in reconciliation.differences(where.mall, day)]
        reconciling.explain(where.mall, day, subjects[1], reason="Ditanyakan", by=manager, at=at)

    assert len(words) == 5
    assert words[0] == "Loket kas bank: catatan kami Rp150.000 (3), daftar mereka Rp149.007 (4)."
    assert any("BEDA" in each and "Rp50.000, daftar mereka Rp49.000" in each for each in words)
    assert any("HANYA MEREKA" in each and "hanya ada di daftar mereka" in each for each in words)
    assert any("HANYA KAMI" in each and "tidak ada di daftar mereka" in each for each in words)
    assert any("KEMARIN" in each and "dibayar" in each for each in words)
    assert not any("SAMA" in each for each in words)
    # Of yesterday no list was brought.
    assert of_yesterday == ["Loket kas bank: daftar bank atau penyedia belum ditulis."]


def test_a_list_is_brought_by_managers_whole_and_never_into_a_closed_day(where: Place, manager: Actor) -> None:
    at = timezone.now()
    day = where.mall.local(at).date()
    with wall.inside(where.mall.pk):
        head = agencies.staff(where.mall, Role.HEAD)
        reconciling.close(where.mall, day - timedelta(days=1), by=manager, at=at)
        good = Listed(day, "A", Money(1))
        for bad, refusal, by in (
            (Listed(day + timedelta(days=1), "B", Money(1)), NotUnderstood, manager),
            (Listed(day - timedelta(days=1), "B", Money(1)), DayClosed, manager),
            (Listed(day, "B", Money(1)), NotAllowed, head),
        ):
            with pytest.raises(refusal):
                listing.bring(where.mall, Way.QRIS, [good, bad], source="x", by=by, at=at)
        assert not StatementLine.objects.exists()
        listing.bring(where.mall, Way.QRIS, [good], source="x", by=manager, at=at)
        with pytest.raises(NotUnderstood, match="sudah tercatat Rp1, kini Rp2"):
            listing.bring(where.mall, Way.QRIS, [Listed(day, "A", Money(2))], source="x", by=manager, at=at)


def test_the_page_takes_a_file_and_refuses_in_words(where: Place, manager: Actor) -> None:
    at = timezone.now()
    day = where.mall.local(at).date().isoformat()
    client, path = agencies.client(manager), f"/m/{where.mall.slug}/reconciliation/lines/"
    sent = {
        "day": day, "way": "desk", "day_column": "tanggal", "mark_column": "nomor", "amount_column": "jumlah",
    }  # fmt: skip

    def file(text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("rk.csv", text.encode())

    nothing = client.post(path, sent)
    assert (nothing.status_code, "Pilih berkas dahulu." in nothing.content.decode()) == (422, True)
    wrong = client.post(path, sent | {"file": file("tanggal,nomor,jumlah\nx,A,1\n")})
    assert (wrong.status_code, "Tidak ada yang disimpan. Baris 2" in wrong.content.decode()) == (422, True)
    for told in ("1 baris baru tersimpan; 0 sudah ada", "0 baris baru tersimpan; 1 sudah ada"):
        done = client.post(path, sent | {"file": file(f"tanggal,nomor,jumlah\n{day},A,1\n")}, follow=True)
        assert told in done.content.decode()
        assert "hanya ada di daftar mereka" in done.content.decode()
    assert agencies.client(agencies.staff(where.mall, Role.HEAD)).post(
        path, sent | {"file": file(f"tanggal,nomor,jumlah\n{day},B,1\n")}
    ).status_code in {403, 422}
