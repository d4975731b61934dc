"""A slip as bytes, and as the paper that comes of them."""

import pytest

from pendopo.queues.printing import SlipText
from pendopo.queues.printing.escpos import encode, folded
from simulators.printer.paper import Decoder, Sheet

URL = "http://192.168.1.10:8000/m/contoh/t/0123456789abcdefghjkmnpqrs/"
SLIP = SlipText(
    mall="MPP Gajah Mada",
    title="Nomor antrean Anda",
    number="A-012",
    service="Kartu Tanda Penduduk elektronik – karena perubahan data",
    agency="Dinas Kependudukan dan Pencatatan Sipil",
    lines=("Tunggu di Zona A.", "3 orang di depan Anda."),
    url=URL,
    scan="Pindai untuk memantau giliran Anda.",
    closing="Layanan tidak dipungut biaya di luar ketentuan.",
)


def printed(slip: SlipText, paper_mm: int) -> Sheet:
    decoder = Decoder(columns=48 if paper_mm == 80 else 32)
    decoder.feed(encode(slip, paper_mm))
    (sheet,) = decoder.sheets
    assert sheet.is_cut
    assert decoder.asked == 1
    return sheet


def test_a_short_slip_is_exactly_these_bytes() -> None:
    slip = SlipText("MPP", "Nomor", "A-012", "KK", "Dukcapil", (), "http://a/", "Pindai", "Gratis")

    assert encode(slip, 80) == (
        b"\x1b@\x1da\x00\x1c.\x1bt\x00\x1ba\x01"
        b"\x1bE\x01MPP\n\x1bE\x00\n"
        b"Nomor\n\x1d!\x55\x1bE\x01A-012\n\x1bE\x00\x1d!\x00\n"
        b"\x1bE\x01KK\n\x1bE\x00Dukcapil\n\n\n"
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1\x1d(k\x0c\x001P0http://a/\x1d(k\x03\x001Q0\n"
        b"Pindai\n\nGratis\n"
        b"\x1bd\x04\x1dVB\x00\x1dr\x01"
    )
    assert encode(slip, 58) == encode(slip, 80).replace(b"1C\x06", b"1C\x05")


@pytest.mark.parametrize(("paper_mm", "columns"), [(80, 48), (58, 32)])
def test_it_fits_the_paper(paper_mm: int, columns: int) -> None:
    sheet = printed(SLIP, paper_mm)

    assert max(len(line) for line in sheet.lines) <= columns
    assert sheet.large == ["A-012"]
    assert sheet.codes == [URL]
    assert "Tunggu di Zona A." in sheet.lines
    assert "SALINAN" not in sheet.text
    assert " ".join(sheet.text.split()).count("Kartu Tanda Penduduk elektronik - karena perubahan data") == 1


@pytest.mark.parametrize(
    ("paper_mm", "number", "size"),
    [(80, "A-012", 0x55), (80, "ABC-1012", 0x55), (58, "A-012", 0x55), (58, "ABC-1012", 0x33)],
)
def test_the_number_is_as_large_as_the_paper_allows(paper_mm: int, number: str, size: int) -> None:
    slip = SlipText("MPP", "Nomor", number, "KK", "Dukcapil", (), URL, "", "")

    assert b"\x1d!" + bytes([size]) + b"\x1bE\x01" + number.encode() in encode(slip, paper_mm)
    assert printed(slip, paper_mm).large == [number]


def test_a_copy_says_so_in_white_on_black() -> None:
    slip = SlipText("MPP", "Nomor", "A-012", "KK", "Dukcapil", (), URL, "", "", copy="SALINAN 2")

    assert printed(slip, 58).inverse == ["SALINAN 2"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kafé Señor ½", b"Kaf\x82 Se\xa4or \xab"),
        ("“Akta” – ’lahir’…", b"\"Akta\" - 'lahir'..."),
        ("Ḥaji Ṣāliḥ ﬁ ™", b"Haji Salih fi TM"),
        ("Anak 👶 ꦲ", b"Anak ? ?"),
        ("tab\tspasi\u00a0baris\n", b"tab spasi baris "),
        ("\x1b@\x10\x04\x04\x1dV\x00", b"@ V"),
    ],
)
def test_text_is_folded_to_the_code_page(text: str, kept: bytes) -> None:
    assert folded(text) == kept
