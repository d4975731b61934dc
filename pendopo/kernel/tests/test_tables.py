import io
import zipfile

import pytest
from openpyxl import Workbook

from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.readable import is_formula, readable, strange_in_name
from pendopo.kernel.tables import Table, read_table


def workbook(*rows: tuple[str | float | None, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(content: bytes) -> Table:
    return read_table(content, required=("nama",), optional=("nomor",))


def test_a_workbook_is_read_like_a_csv() -> None:
    table = read(workbook(("Nomor", "NAMA", "Catatan"), (1, "Sri", None), (None, None, None), (2.0, "Budi", "x")))

    assert [(row.line, row["nama"], row["nomor"]) for row in table.rows] == [(2, "Sri", "1"), (4, "Budi", "2")]
    assert table.unknown == ("catatan",)


def test_a_cell_beyond_the_header_breaks_its_line_only() -> None:
    table = read(workbook(("nama", "nomor"), ("Sri", 1), ("Budi", 2, "lebih")))

    assert [bool(row.broken) for row in table.rows] == [False, True]


@pytest.mark.parametrize("columns", [61, 10_000])
def test_a_workbook_of_many_columns_is_refused(columns: int) -> None:
    with pytest.raises(NotUnderstood, match="60 kolom"):
        read(workbook(tuple(f"k{number}" for number in range(columns))))


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)

    assert len(packed.getvalue()) < 100_000
    with pytest.raises(NotUnderstood, match="terlalu besar"):
        read(packed.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding: str) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    source, packed = io.BytesIO(workbook(("nama",), ("Sri",))), io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            after.writestr(name, evil.encode(encoding) if "sheet1" in name else before.read(name))

    with pytest.raises(NotUnderstood, match="deklarasi"):
        read(packed.getvalue())


@pytest.mark.parametrize("cut", [30, 200, 1000, 3000])
def test_a_workbook_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(NotUnderstood, match="rusak"):
        read(workbook(("nama",), ("Sri",))[:cut])


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("readme.txt", "nama\nSri\n")

    with pytest.raises(NotUnderstood, match="rusak"):
        read(packed.getvalue())


def test_lines_keep_their_numbers_over_cells_of_several_lines() -> None:
    table = read(b'nama,nomor\n"Sri\nWahyuni",1\n\nBudi,2\n')

    assert [(row.line, row["nama"]) for row in table.rows] == [(2, "Sri\nWahyuni"), (5, "Budi")]


def test_a_misplaced_quote_breaks_its_line_only() -> None:
    table = read(b'nama,nomor\n"Sri" Wahyuni,1\nBudi,2\n')

    assert [row.broken[:12] for row in table.rows] == ["Tanda kutip ", ""]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("IZIN USAHA DI BIDANG PERIKANAN", "Izin Usaha di Bidang Perikanan"),
        ("SURAT IZIN USAHA PERDAGANGAN ( SIUP )", "Surat Izin Usaha Perdagangan (SIUP)"),
        ("PENGURUSAN KTP-EL DAN KK", "Pengurusan KTP-el dan KK"),
        ("IZIN OPERASIONAL SD DAN SMP", "Izin Operasional SD dan SMP"),
        ("IZIN PEMOTONGAN HEWAN (JAGAL)", "Izin Pemotongan Hewan (Jagal)"),
        ("KANTOR IMIGRASI KELAS II", "Kantor Imigrasi Kelas II"),
        ("LIMBAH B3 UNTUK PAUD", "Limbah B3 untuk PAUD"),
        ("REKOMENDASI SIUP,TDP", "Rekomendasi SIUP, TDP"),
        ("KOPERASI (hari JUM'AT)", "Koperasi (hari Jum'at)"),
        ("UKM DENGAN BBM", "UKM dengan BBM"),
        ("PLN", "PLN"),
        ("setoran", "Setoran"),
        ("e-KTP hilang", "e-KTP hilang"),
        ("  Izin\u00a0  Reklame ", "Izin Reklame"),
        ("Layanan POLRES", "Layanan POLRES"),
    ],
)
def test_capitals_are_made_readable(written: str, wanted: str) -> None:
    assert readable(written).text == wanted
    assert bool(readable(written).mended) is (written.strip() != wanted)
    assert readable(wanted).text == wanted


@pytest.mark.parametrize("text", ["=1+1", "+62", "@SUM(A1)", "-1", "\tx"])
def test_formulas_are_known(text: str) -> None:
    assert is_formula(text)
    assert strange_in_name(text)


@pytest.mark.parametrize("text", ["- KTP", "-", "Izin (A/B), C-D & E: 'F' \"G\" 100%"])
def test_common_texts_are_no_formulas(text: str) -> None:
    assert not is_formula(text)
    assert not strange_in_name(text)
