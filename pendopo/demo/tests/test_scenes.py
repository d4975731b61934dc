import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.audit.models import Entry
from pendopo.catalogue.models import Published
from pendopo.demo import scenes
from pendopo.demo.errors import NotADemoMall
from pendopo.demo.scenes import inovasi, lebaran, sragen
from pendopo.demo.staff import MANAGER
from pendopo.demo.tour import REPORTS
from pendopo.innovations.models import Innovation
from pendopo.innovations.queries.standing import InnovationStanding, standing
from pendopo.inspections.models import Finding, Inspection, Signature
from pendopo.inspections.queries.digests import digest_of
from pendopo.people.models import Account
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Client:
    client = Client()
    client.force_login(Account.objects.of_contact(MANAGER).get())
    return client


def test_the_morning_of_sragen_has_the_figures_of_its_report(built: Mall, manager: Client) -> None:
    scenes.play("sragen", built)

    here = f"/m/{built.slug}/"
    signed = manager.get(f"{here}agreements/matrix.csv?kind=contract&standing=signed").content.decode("utf-8-sig")
    assert len(signed.splitlines()) - 1 == 29
    totals = " ".join(manager.get(f"{here}agreements/").content.decode().split())
    assert '?kind=contract&amp;standing=signed">29 ditandatangani</a>' in totals
    assert '?kind=mou&amp;standing=not">5 belum bersedia</a>' in totals
    refused = manager.get(f"{here}agreements/matrix.csv?kind=mou&standing=not").content.decode("utf-8-sig")
    assert len(refused.splitlines()) - 1 == 5
    asked = manager.get(f"{here}opening-day/?day=2022-12-15").content.decode()
    assert "Tonggak “Ruang siap” belum selesai." in asked
    works = manager.get(f"{here}coverage/of/PUPR/").content.decode()
    assert all(name in works for name in sragen.STAYS_OUTSIDE)
    assert "3 dari 7 layanan di MPP" in manager.get(f"{here}coverage/").content.decode()
    assert "(0000) 555-001" in manager.get(f"{here}hotlines/").content.decode()


def test_the_day_of_kediri_is_just_not_ready(built: Mall, manager: Client) -> None:
    scenes.play("kediri", built)

    here = f"/m/{built.slug}/"
    with wall.inside(built.pk):
        published = Published.objects.filter(mall=built)
        assert published.count() == 89
        assert published.values("agency_code").distinct().count() == 11
    waiting = manager.get(f"{here}prospects/list.csv").content.decode("utf-8-sig")
    assert len(waiting.splitlines()) - 1 == 5
    asked = manager.get(f"{here}readiness/").content.decode()
    assert "0,67 poin persen; berapa orang belum diketahui: penyebutnya tidak tercatat" in asked
    assert "91,05 nilai" in asked
    assert "lebih dari 90 persen (13 Mei 2024), klaim" in asked
    rows = list(csv.reader(io.StringIO(manager.get(f"{here}readiness/plan/table.csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Mei 2024", "Juni 2024", "Juli 2024", "Agustus 2024"]
    assessed = manager.get(f"{here}readiness/assessments/table.csv").content.decode("utf-8-sig").splitlines()
    assert assessed[1].startswith("13 Mei 2024,belum,1,")


def test_the_day_of_the_minister_has_claims_and_no_figure_that_nobody_told(built: Mall, manager: Client) -> None:
    scenes.play("menteri", built)

    here = f"/m/{built.slug}/"
    with wall.inside(built.pk):
        assert Published.objects.filter(mall=built).count() == 178
    rows = list(csv.reader(io.StringIO(manager.get(f"{here}indicators/table.csv").content.decode("utf-8-sig"))))
    assert {row[0]: row[2:5] for row in rows[1:]} == {
        "Angka kemiskinan": ["9,57 persen", "7 persen pada 2024", "Pangkal jalur, belum dapat dinilai"],
        "Kota yang memakai MPP Digital": ["Belum ada angka", "100 kota pada 2023", "Belum ada angka"],
        "Layanan adminduk secara digital": ["Belum ada angka", "Belum ada target", "Belum ada angka"],
        "Realisasi investasi": ["Belum ada angka", "Belum ada target", "Belum ada angka"],
    }
    assert "klaim" in manager.get(f"{here}indicators/of/angka-kemiskinan/").content.decode()


def test_the_first_day_after_lebaran_has_the_figures_of_its_report(built: Mall, manager: Client) -> None:
    scenes.play("lebaran", built)

    here = f"/m/{built.slug}/"
    day = " ".join(manager.get(f"{here}first-day/?day=2023-04-26").content.decode().split())
    assert "24 instansi dengan 178 layanan harus buka penuh." in day
    assert "Petugas hadir: 60 dari 60" in day
    assert "Loket kosong: 1 kali, 40 menit" in day
    empty = manager.get(f"{here}vacancies/list.csv?month=2023-04").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in empty[1:]] == [str(lebaran.EMPTY)]
    assert "Tempat parkir kantor lama kurang" in manager.get(f"{here}capacity/").content.decode()
    apps = manager.get(f"{here}apps/").content.decode()
    assert "JKN Mobile" in apps.split("Daftar aplikasi")[0]
    agreed = manager.get(f"{here}agreements/matrix.csv?kind=commitment&standing=signed").content.decode("utf-8-sig")
    assert len(agreed.splitlines()) - 1 == 3
    decided = manager.get(f"{here}decisions/?state=late").content.decode()
    assert "satu aplikasi yang terhubung dengan BPJS" in decided


def test_the_day_of_mojokerto_has_ten_innovations_and_agencies_with_none(built: Mall, manager: Client) -> None:
    scenes.play("inovasi", built)

    here = f"/m/{built.slug}/innovations/"
    ten = manager.get(f"{here}table.csv?year=2021").content.decode("utf-8-sig").splitlines()[1:]
    assert len(ten) == 10
    assert sum(line.endswith(f",{inovasi.REPORT}") or f'"{inovasi.REPORT}"' in line for line in ten) == 5
    states = [manager.get(f"{here}agencies/table.csv?year={year}").content.decode("utf-8-sig") for year in (2021, 2022)]
    assert [(text.count(",Sudah ada,"), text.count(",Belum ada,")) for text in states] == [(9, 23), (0, 32)]
    public = Client().get(f"{here}public/").content.decode()
    assert "Top 45 KIPP (2020)" in public
    assert "Top 15" not in public
    assert "Solusi Medis" in public
    with wall.inside(built.pk):
        assert standing(built, 2021) == InnovationStanding(having=9, lacking=23)
        magis = Innovation.objects.get(name="MAGIS").pk
    assert manager.get(f"{here}{magis}/").content.decode().count("belum diketahui") == 6
    rounds = manager.get(f"{here}competitions/").content.decode()
    assert "KIPP 2022" in rounds
    index = manager.get(f"{here}iga/?year=2021").content.decode()
    assert "UU 23/2014 Pasal 386–390" in index
    assert "UU 8/2013" not in index
    assert "dari 10 yang tercatat untuk tahun itu" in index
    assert "Nilai tertinggi tiap indikator tidak ada dalam sumber kami" in index


def test_every_scene_is_a_report_of_the_tour() -> None:
    assert set(scenes.SCENES) <= {report.scene for report in REPORTS}


def test_a_real_mall_is_never_put_on_another_day(db: None) -> None:
    real = tenancy.found_mall("sungguhan", name="MPP Sungguhan", government="Kota", at=timezone.now())
    with wall.inside(real.pk):
        before = Entry.objects.filter(mall=real).count()

    with pytest.raises(NotADemoMall):
        scenes.play("sragen", real)

    with wall.inside(real.pk):
        assert Entry.objects.filter(mall=real).count() == before


def test_the_sidak_after_lebaran_is_signed_and_its_findings_stand_at_three_stages(built: Mall, manager: Client) -> None:
    scenes.play("lebaran", built)

    with wall.inside(built.pk):
        assert Signature.objects.filter(mall=built).count() == 1
        stages = Finding.objects.filter(mall=built).order_by("pk").values_list("state", "agency__code")
        assert list(stages) == [("open", "DINKES"), ("answered", None), ("closed", "DUKCAPIL")]
        (sidak,) = Inspection.objects.filter(mall=built)
        assert digest_of(sidak) == bytes(Signature.objects.get(mall=built).digest)
    here = f"/m/{built.slug}/inspections/"
    assert "Rak brosur kosong" in manager.get(f"{here}{sidak.pk}/").content.decode()
    assert manager.get(f"{here}{sidak.pk}/report.pdf").content.startswith(b"%PDF")
