"""The demo mall's 24 agencies and 178 services out of the files in data/. What comes from where: docs/demo.md."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pendopo.catalogue.actions.writing import Case, Price
from pendopo.catalogue.models import Service
from pendopo.demo.types import WantedAgency, WantedCounter, WantedQueue, WantedService

DATA = Path(__file__).parent / "data"
SOURCE_MALL = "Kabupaten Tabalong"
# Placeholders of the mall's ticket machine, not agencies or services.
NO_AGENCIES = {"KONSULTASI DAN PENGADUAN", "PT. Panen Saham", "Bank BRI"}
NO_SERVICES = {"Pembuatan KTP", "Layanan POLRES"}
FEES_TAKEN = {"Polri": 8, "Imigrasi": 5}
# The line "Dukcapil, Semua dokumen kependudukan" of tarif_resmi.csv: it holds for every variant.
FREE = Price(0, "UU 24/2013", "seluruh laman Disdukcapil")
# What the source does not say of a service that is only taken in here: examples, so that its cases can be followed.
FORWARDED = Case(
    requirements=("KTP-el (contoh)", "Kartu Keluarga (contoh)", "Surat keterangan lurah (contoh)"),
    duration="5 hari kerja (contoh)",
)
CIVIL_NAMES = {"PND": "Pindah keluar (SKPWNI)", "DTG": "Pindah datang"}
CIVIL_GROUPS = {
    "KTP": "KTP-el",
    "KIA": "Kartu Identitas Anak",
    "KK": "Kartu Keluarga",
    "PND": "Pindah",
    "DTG": "Pindah",
    "AKL": "Akta",
    "AKM": "Akta",
}
SAME_AS_BEFORE = "sama + "
UNCHECKED = "belum dicek"

type Line = dict[str, str]


def _lines(name: str) -> list[Line]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def wanted_queues() -> tuple[WantedQueue, ...]:
    """Return the queues of the demo mall."""
    return tuple(
        WantedQueue(
            code=line["antrean"],
            agency=line["instansi"],
            name=line["nama"],
            groups=tuple(group for group in line["kelompok"].split(";") if group),
            floor=line["lantai"],
            counters=int(line["loket"]),
            share=float(line["pangsa"]),
            minutes=float(line["menit"]),
        )
        for line in _lines("antrean.csv")
    )


@cache
def wanted_counters() -> tuple[WantedCounter, ...]:
    """Return the counters of the demo mall, numbered from 1 up, floor by floor."""
    places = [
        (queue.agency, queue.floor, queue.code)
        for queue in sorted(wanted_queues(), key=lambda queue: queue.floor)
        for _ in range(queue.counters)
    ]
    return tuple(WantedCounter(number, *place) for number, place in enumerate(places, start=1))


@cache
def wanted_agencies() -> tuple[WantedAgency, ...]:
    """Return the agencies of the demo mall with their services."""
    named = {(line["instansi"], line["sumber"]): line for line in _lines("nama_layanan.csv")}
    agencies = []
    for agency in _lines("instansi.csv"):
        services = [*_civil_registration(agency), *_of_the_mall(agency, named), *_with_fees(agency, named)]
        agencies.append(WantedAgency(agency["kode"], agency["nama"], agency["singkatan"], tuple(services)))
    return tuple(agencies)


def _of_the_mall(agency: Line, named: dict[tuple[str, str], Line]) -> Iterator[WantedService]:
    for line in _lines("layanan_mpp.csv"):
        if line["daerah"] != SOURCE_MALL or line["instansi"] != agency["sumber"]:
            continue
        if line["instansi"] not in NO_AGENCIES and line["layanan"] not in NO_SERVICES:
            named_here = named[agency["kode"], line["layanan"]]
            yield _readable(agency, named_here, FORWARDED if named_here["jenis"] == Service.Kind.FORWARD else Case())


def _with_fees(agency: Line, named: dict[tuple[str, str], Line]) -> Iterator[WantedService]:
    source = ""
    taken = 0
    for line in _lines("tarif_resmi.csv"):
        source = source if line["sumber"] == "idem" else line["sumber"]
        if line["instansi"] != agency["sumber"] or taken == FEES_TAKEN.get(line["instansi"], 0):
            continue
        taken += 1
        price = Price(int(line["tarif_rp"]), line["dasar"], source)
        yield _readable(agency, named[agency["kode"], line["layanan"]], Case(price=price))


def _readable(agency: Line, named: Line, case: Case) -> WantedService:
    return WantedService(named["nama"], named["kelompok"], named["jenis"] or agency["jenis"], (case,))


def _civil_registration(agency: Line) -> Iterator[WantedService]:
    for service in json.loads((DATA / "adminduk_layanan.json").read_text(encoding="utf-8"))["layanan"]:
        if service["instansi"] != agency["nama"]:
            continue
        # Local standards differ and contradict each other: one of them is told, and whose it is.
        duration = next((f"{time} (contoh: {place})" for place, time in service["jangka_waktu_contoh"].items()), "")
        first = service["varian"][0]["syarat"]
        yield WantedService(
            name=CIVIL_NAMES.get(service["kode"], service["nama"]),
            group=CIVIL_GROUPS[service["kode"]],
            kind=Service.Kind.HERE,
            description=_description(service["produk"], service["formulir"], service["dasar_hukum"]),
            cases=tuple(
                Case(
                    name="" if len(service["varian"]) == 1 else _sentence(variant["nama"]),
                    requirements=_requirements(variant["syarat"], first),
                    duration=duration,
                    price=FREE,
                )
                for variant in service["varian"]
            ),
        )


def _description(product: str, form: str, laws: list[str]) -> str:
    told = [f"Produk: {product}."]
    if form:
        told.append(f"Formulir: {form}.")
    # The file says itself of which laws nobody has checked the number: those are not told.
    told.append(f"Dasar hukum: {'; '.join(law for law in laws if UNCHECKED not in law)}.")
    return " ".join(told)


def _requirements(texts: list[str], first: list[str]) -> tuple[str, ...]:
    """Write requirements out; "as before, and …" becomes those of the first variant and the rest."""
    found: list[str] = []
    for text in texts:
        if text.startswith(SAME_AS_BEFORE):
            found += first
            text = text.removeprefix(SAME_AS_BEFORE)
        found.append(text)
    return tuple(_sentence(text) for text in found)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
