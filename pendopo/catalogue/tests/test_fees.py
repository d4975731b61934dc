import pytest

from pendopo.catalogue.importing.fees import amount_of


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("Tidak dikenakan biaya", 0),
        ("TIDAK DIPUNGUT BIAYA.", 0),
        ("gratis", 0),
        ("0", 0),
        ("Rp 0,-", 0),
        ("Rp100.000", 100_000),
        ("Rp. 100.000,-", 100_000),
        ("Rp 100.000,00", 100_000),
        ("rp 1,250,000", 1_250_000),
        ("100000", 100_000),
        ("350 000", 350_000),
        ("Rp5", 5),
    ],
)
def test_amounts_are_read(text: str, rupiah: int) -> None:
    assert amount_of(text) == rupiah


@pytest.mark.parametrize(
    "text",
    [
        "Sesuai Perda",
        "dikenakan biaya",
        "dikenakan biaya (100 USD perbulan perorang )",
        "Luas Bangunan (LB) X Koefisien X  Tarif Retribusi",
        "Rp 100.000 per m2",
        "Rp 1.000,50",
        "Rp 10.00",
        "Rp 1.000,000",
        "-100000",
        "10",
        "10%",
        "1e9",
        "١٠٠٠",
        "Rp" + "9" * 40,
        "Rp 100.000 - Rp 200.000",
    ],
)
def test_what_is_no_amount_stays_unknown(text: str) -> None:
    assert amount_of(text) is None
