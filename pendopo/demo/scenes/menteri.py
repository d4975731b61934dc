"""The day on which a minister spoke in Mojokerto of reform that citizens feel: its figures as claims, with source.

What the report does not tell (investment, digital civil registration) has no figure here either. Which services count
for what is ours.
"""

from datetime import UTC, datetime
from decimal import Decimal

from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Service
from pendopo.indicators.actions import indicators
from pendopo.indicators.models import Indicator, Theme
from pendopo.tenancy.models import Mall

MENTERI_AT = datetime(2023, 2, 6, 2, tzinfo=UTC)
SOURCE = "Surabaya Pagi, 6 Februari 2023"


def play(mall: Mall, by: Actor) -> None:
    """Poverty is to fall from 9.57 to 7 percent in 2024; a hundred cities are to use MPP Digital in May 2023."""
    poverty = _follow(
        mall, by, "Angka kemiskinan", Theme.POVERTY, "persen", Indicator.Better.LOWER,
        "Menurut berita turun hanya 0,5 sampai 0,6 poin setahun.",
    )  # fmt: skip
    indicators.note_figure(
        poverty, Decimal("9.57"), as_of=MENTERI_AT.date(), source=SOURCE, is_claim=True, by=by, at=MENTERI_AT
    )
    for year, value in ((2023, "9.57"), (2024, "7")):
        indicators.set_target(poverty, year, Decimal(value), source=SOURCE, by=by, at=MENTERI_AT)
    investment = _follow(
        mall, by, "Realisasi investasi", Theme.INVESTMENT, "miliar rupiah", Indicator.Better.HIGHER, ""
    )
    digital = _follow(mall, by, "Layanan adminduk secara digital", Theme.DIGITAL, "persen", Indicator.Better.HIGHER, "")
    cities = _follow(
        mall, by, "Kota yang memakai MPP Digital", Theme.DIGITAL, "kota", Indicator.Better.HIGHER,
        "Sasaran nasional: seratus kota pada Mei 2023.",
    )  # fmt: skip
    indicators.set_target(cities, 2023, Decimal(100), source=SOURCE, by=by, at=MENTERI_AT)
    for indicator, agency in ((poverty, "DINSOS"), (investment, "DPMPTSP"), (digital, "DUKCAPIL")):
        services = list(Service.objects.filter(mall=mall, agency__code=agency))
        indicators.choose_services(indicator, services, reason="Pilihan MPP contoh", by=by, at=MENTERI_AT)


def _follow(
    mall: Mall, by: Actor, name: str, theme: Theme, unit: str, better: Indicator.Better, note: str
) -> Indicator:
    return indicators.add_indicator(
        mall, name=name, theme=theme, unit=unit, better=better, note=note, by=by, at=MENTERI_AT
    )
