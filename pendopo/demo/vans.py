"""The demo mall's van and its stops: places, hours and notes are invented."""

from dataclasses import dataclass
from datetime import date, time, timedelta

VAN = "Mobil Pelayanan Keliling"
QUEUE = "KL"
# By agency: the services it brings; none named: all.
BRINGS: dict[str, frozenset[str]] = {
    "DUKCAPIL": frozenset({"KTP-el", "Kartu Keluarga", "Kartu Identitas Anak"}),
    "SAMSAT": frozenset(),
    "PDAM": frozenset(),
}
WEEKS = 2


@dataclass(frozen=True, slots=True)
class WantedStop:
    """A stop of the van; `off` is why it was called off."""

    day: date
    opens: time
    closes: time
    place: str
    note: str = ""
    off: str = ""


# On which days from today on the round comes by: 0 is today.
_ROUND: tuple[tuple[int, time, time, str, str], ...] = (
    (0, time(8), time(11, 30), "Balai Desa Sukamaju, Jalan Melati Nomor 3", "Bawa KTP lama dan Kartu Keluarga asli."),
    (0, time(13), time(15, 30), "Kantor Kelurahan Mekarsari, Jalan Kenanga Nomor 12", ""),
    (0, time(17), time(21), "Alun-alun Kota Contoh, sisi timur pasar malam", "Tanpa perekaman KTP-el pada malam hari."),
    (1, time(8, 30), time(12), "Lapangan Desa Tirtomoyo, depan Puskesmas Pembantu", ""),
    (1, time(13, 30), time(15, 30), "SMA Negeri 2, Jalan Pelajar Nomor 8", "Perekaman pertama, genap 17 tahun."),
    (2, time(9), time(12), "Kantor Kelurahan Cempaka, Jalan Cempaka Raya Nomor 1", ""),
    (3, time(8), time(12), "Pasar Hewan Desa Wonoasri", ""),
    (3, time(13), time(15), "Balai RW 05 Perumahan Griya Asri", "Lansia dan penyandang disabilitas dijemput."),
    (5, time(8, 30), time(12), "Pelabuhan Rakyat Muara Contoh", ""),
)  # fmt: skip
OFF = {2: "Jembatan Cempaka diperbaiki; warga dilayani di Balai Desa Sukamaju minggu berikutnya"}


def wanted_stops(today: date) -> list[WantedStop]:
    """Return the stops of two weeks, today's first."""
    return [
        WantedStop(
            today + timedelta(days=after + 7 * week), opens, closes, place, note, "" if week else OFF.get(after, "")
        )
        for week in range(WEEKS)
        for after, opens, closes, place, note in _ROUND
    ]
