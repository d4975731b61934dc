import codecs
import csv
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pendopo.agencies.models import Agency
from pendopo.agencies.tests import make
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import imports
from pendopo.catalogue.models import Fee, Service, Variant
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.reports import Outcome, Report
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

REAL = Path(__file__).parents[2] / "demo" / "data" / "layanan_mpp.csv"
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HEADER = "instansi,layanan,kelompok,durasi,biaya,dasar,persyaratan,prosedur\n"


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Stand in an empty mall."""
    here = make.mall()
    with wall.inside(here.pk):
        yield here


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Agency, Service, Variant, Fee, Entry))


def run(mall: Mall, text: str | bytes, *, skip_bad: bool = False, create: bool = True, at: datetime = AT) -> Report:
    content = text if isinstance(text, bytes) else text.encode()
    return imports.import_services(mall, content, at=at, skip_bad=skip_bad, create_agencies=create)


def test_every_line_of_the_real_file_is_taken(mall: Mall) -> None:
    began = time.monotonic()
    report = run(mall, REAL.read_bytes())

    assert time.monotonic() - began < 2
    assert report.is_written
    assert (report.count(Outcome.TAKEN), len(report.lines)) == (230, 230)
    assert (Service.objects.count(), Variant.objects.count(), Agency.objects.count()) == (230, 230, 27)
    assert report.mended == 120
    # 77 say that they are free; "Sesuai Perda", a formula and dollars stay unknown.
    assert list(Fee.objects.values_list("amount", flat=True).distinct()) == [0]
    assert Fee.objects.count() == 77
    assert sum(bool(line.notes) for line in report.lines) == 6
    assert Entry.objects.filter(action="services.imported").count() == 1
    service = Service.objects.get(recognised_as="izin pengelolaan limbah b3 untuk kegiatan penyimpanan limbah b3")
    assert service.name == "Izin Pengelolaan Limbah B3 untuk Kegiatan Penyimpanan Limbah B3"
    assert service.code.startswith("DPMPTSP-")


def test_the_same_file_again_changes_nothing(mall: Mall) -> None:
    run(mall, REAL.read_bytes())
    before = counts()

    report = run(mall, REAL.read_bytes(), at=AT + timedelta(days=1))

    assert report.count(Outcome.UNCHANGED) == 230
    assert counts() == before


def test_semicolons_bom_and_windows_1252_say_the_same(mall: Mall) -> None:
    rows = list(csv.reader(io.StringIO(REAL.read_text())))
    rows[1][3] += " – “Contoh”"
    semicolons, commas = io.StringIO(), io.StringIO()
    csv.writer(semicolons, delimiter=";", lineterminator="\r\n").writerows(rows)
    csv.writer(commas).writerows(rows)

    assert run(mall, semicolons.getvalue().encode("cp1252")).count(Outcome.TAKEN) == 230
    for same in (codecs.BOM_UTF8 + commas.getvalue().encode(), commas.getvalue().replace("\r\n", "\r").encode()):
        assert run(mall, same).count(Outcome.UNCHANGED) == 230
    assert Service.objects.filter(name="Nomor Induk Berusaha (NIB) – “Contoh”").exists()


def test_columns_stand_in_any_order_and_unknown_ones_are_named(mall: Mall) -> None:
    report = run(mall, "Warna,LAYANAN,kode,Instansi\nmerah,Izin Reklame,1,DPMPTSP\n")

    assert report.count(Outcome.TAKEN) == 1
    assert "“warna”" in report.notes[0]
    assert "kode" in report.notes[1]


def test_a_changed_line_keeps_code_and_what_it_leaves_empty(mall: Mall) -> None:
    run(mall, HEADER + 'DPMPTSP,Izin Reklame,Usaha,7 hari,Rp100.000,Perda 1/2024,"- KTP\n2. NPWP",Datang|Bayar\n')
    before = Service.objects.get()

    report = run(
        mall, HEADER + "dpmptsp,IZIN  REKLAME,,3 hari,Rp 125.000,Perda 2/2026,KTP-el|NPWP,\n", at=AT + timedelta(days=9)
    )

    after, variant = Service.objects.get(), Variant.objects.get()
    assert report.count(Outcome.CHANGED) == 1
    assert (after.pk, after.code, after.name, after.group) == (before.pk, "DPMPTSP-001", "Izin Reklame", "Usaha")
    assert after.procedure == "Datang|Bayar"
    assert (variant.duration, variant.requirements) == ("3 hari", ["KTP-el", "NPWP"])
    fees = list(Fee.objects.order_by("valid_from").values_list("amount", "basis", "valid_to"))
    today = (AT + timedelta(days=9)).date()
    assert fees == [(100_000, "Perda 1/2024", today - timedelta(days=1)), (125_000, "Perda 2/2026", None)]


def test_a_fee_corrected_on_its_first_day_is_one_fee(mall: Mall) -> None:
    run(mall, HEADER + "PLN,Pasang Baru,,,gratis,,,\n")
    run(mall, HEADER + "PLN,Pasang Baru,,,Rp5.000,,,\n")

    assert list(Fee.objects.values_list("amount", "basis")) == [(5_000, "impor")]


def test_a_name_in_capitals_does_not_undo_a_careful_one(mall: Mall) -> None:
    run(mall, HEADER + "PLN,Pasang Baru SiPandai,,,,,,\n")
    report = run(mall, HEADER + "PLN,PASANG BARU SIPANDAI,,,,,,\n")

    assert report.count(Outcome.UNCHANGED) == 1
    assert Service.objects.get().name == "Pasang Baru SiPandai"


def test_a_line_written_twice_is_one_service(mall: Mall) -> None:
    same = run(mall, HEADER + "PLN,Pasang Baru,,1 hari,,,,\nPLN,PASANG BARU,,1 hari,,,,\n")
    other = run(mall, HEADER + "PLN,Tambah Daya,,1 hari,,,,\nPLN,Tambah Daya,,2 hari,,,,\n")

    assert same.is_written
    assert Service.objects.count() == 1
    assert not other.is_written
    assert "baris 2" in other.refused[0].why


def test_a_missing_agency_is_refused_unless_it_may_be_made(mall: Mall) -> None:
    before = counts()
    report = run(mall, HEADER + "Dinas Sosial,Rehabilitasi,,,,,,\n", create=False)

    assert not report.is_written
    assert "Dinas Sosial" in report.refused[0].why
    assert counts() == before
    assert run(mall, HEADER + "Dinas Sosial,Rehabilitasi,,,,,,\n").is_written
    assert Agency.objects.get().code == "DINSOS"


BAD_LINES = {
    "no name": "PLN,,,,,,,",
    "no agency": ",Pasang Baru,,,,,,",
    "name too long": f"PLN,{'x' * 201},,,,,,",
    "formula": "PLN,=cmd|' /C calc'!A0,,,,,,",
    "formula in another cell": 'PLN,Pasang Baru,,"@SUM(1+1)",,,,',
    "HTML": "PLN,<script>alert(1)</script>,,,,,,",
    "HTML in a requirement": "PLN,Pasang Baru,,,,,<img src=x onerror=alert(1)>,",
    "SQL": 'PLN,"Robert\'); DROP TABLE catalogue_service;--",,,,,,',
    "a comma without quotes": "PLN,Pasang, Baru,,,,,,",
    "too few cells": "PLN,Pasang Baru",
    "wrong quotes": 'PLN,"Pasang "Baru",,,,,,',
    "never closed": 'PLN,"Pasang Baru,,,,,,',
    "no letter": "PLN,。。。,,,,,,",
    "control sign": "PLN,Pasang\x07Baru,,,,,,",
    "a cell of a million letters": f"PLN,Pasang Baru,,,,,{'x' * 1_000_000},",
    "other content twice": "PLN,Tambah Daya,,9 hari,,,,",
}


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES)
def test_a_broken_line_keeps_the_file_out_or_is_skipped(mall: Mall, bad: str) -> None:
    # The control sign stands beyond what is looked at to tell a text from a program.
    filler = "".join(f"PLN,Layanan nomor {number},,,,,,\n" for number in range(300))
    text = f"{HEADER}PLN,Tambah Daya,,1 hari,,,,\n{filler}{bad}\n"
    before = counts()

    refused = run(mall, text)

    assert [line.number for line in refused.refused] == [303]
    assert len(refused.refused[0].why) > 15
    assert not refused.is_written
    assert counts() == before
    skipped = run(mall, text, skip_bad=True)
    assert skipped.is_written
    assert (skipped.count(Outcome.TAKEN), skipped.count(Outcome.REFUSED)) == (301, 1)
    assert Service.objects.count() == 301


BAD_FILES = {
    "empty": b"",
    "blanks": b" \r\n\r\n",
    "only a header": HEADER.encode(),
    "no header": b"PLN,Pasang Baru,,,,,,\nPLN,Tambah Daya,,,,,,\n",
    "a header twice": b"instansi,layanan,layanan\nPLN,a,b\n",
    "NULs": HEADER.encode() + b"PLN,Pasang\0Baru,,,,,,\n",
    "binary": bytes(range(256)) * 40,
    "PNG": b"\x89PNG\r\n\x1a\n" + b"\x01\x02" * 100,
    "old Excel": b"\xd0\xcf\x11\xe0" + b"\1" * 100,
    "broken ZIP": b"PK\x03\x04" + b"\1" * 100,
    "UTF-16": "instansi,layanan\nPLN,Pasang Baru\n".encode("utf-16"),
    "thousands of columns": ("instansi,layanan," + ",".join(f"k{n}" for n in range(5000)) + "\n1,2\n").encode(),
    "a line of 10 MB": HEADER.encode() + b"PLN," + b"x" * 10_000_000,
    "too many lines": (HEADER + "PLN,Pasang Baru,,,,,,\n" * 5001).encode(),
    "a quote in the header": b'instansi,"layanan\nPLN,Pasang Baru\n',
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
@pytest.mark.parametrize("skip_bad", [False, True])
def test_a_file_that_is_none_is_refused_in_words(mall: Mall, content: bytes, skip_bad: bool) -> None:
    before = counts()

    with pytest.raises(RuleViolation) as refused:
        run(mall, content, skip_bad=skip_bad)

    assert refused.value.status == 422
    assert len(str(refused.value)) > 10
    assert counts() == before


def test_what_looks_like_sql_in_a_text_is_kept_as_text(mall: Mall) -> None:
    report = run(mall, HEADER + 'PLN,Pasang Baru,,,,,"\'; DELETE FROM catalogue_service; --",\n')

    assert report.is_written
    assert Variant.objects.get().requirements == ["'; DELETE FROM catalogue_service; --"]


def test_five_thousand_lines_take_seconds(mall: Mall) -> None:
    began = time.monotonic()
    report = run(mall, HEADER + "".join(f"PLN,Layanan nomor {number},,,,,,\n" for number in range(5000)))

    assert report.count(Outcome.TAKEN) == 5000
    assert Service.objects.order_by("-pk")[0].code == "PLN-5000"
    assert time.monotonic() - began < 15


def test_services_of_another_mall_are_not_touched(mall: Mall) -> None:
    run(mall, HEADER + "PLN,Pasang Baru,,,,,,\n")
    first = Service.objects.get()
    other = make.mall()
    with wall.inside(other.pk):
        assert run(other, HEADER + "PLN,Pasang Baru,,,,,,\n").count(Outcome.TAKEN) == 1
        assert Service.objects.get().mall_id == other.pk
    assert Service.objects.get() == first
