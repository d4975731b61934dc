"""Is it new? Measured on the ten innovations of a press report, retold and misnamed, and on ten others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendopo.agencies.tests import make as make_agencies
from pendopo.demo.scenes.inovasi import TEN
from pendopo.innovations.actions import register
from pendopo.innovations.models import Innovation
from pendopo.innovations.queries.novelty import nearest
from pendopo.innovations.tests import make
from pendopo.innovations.tests.make import AT, Town
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# The same thing under another name, told anew; of those of which nobody knows more than a name, the name as misheard.
RETOLD = {
    "GAYATRI": ("Pintu Sehat Terpadu", "Satu gerbang informasi kesehatan: daftar daring, lapor darurat, kader, BPJS"),
    "Curhat Ning Ita": ("Curhat Bu Wali", "Warga menyampaikan aduan lewat WhatsApp, Instagram, SMS, dan LAPOR"),
    "Si Mapan": ("Rumah Sakit Pintar", "Aplikasi untuk antrean rumah sakit, hasil laboratorium, dan tempat tidur"),
    "Brantas Tuntas": ("Kabar Anak Sekolah", "Orang tua melihat kehadiran dan nilai anak lewat aplikasi Android"),
    "Gelai Sang Ratu": ("Gerakan Literasi Digital", "Sanggar literasi untuk belajar daring"),
    "SEMPELMAS": ("Sempelmas Kelurahan", ""),
    "Ngarang Biji Goodbye": ("Ngarang Biji Good Bye", ""),
    "MAGIS": ("Magis Kota", "Sistem informasi geografis kota"),
    "E-Surat": ("eSurat", ""),
    "PPDB Online": ("PPDB Daring Online", ""),
}  # fmt: skip
NEW = {
    "Bank Sampah Keliling": "Truk menjemput sampah plastik dan menukarnya dengan sembako",
    "Kebun Atap": "Menanam sayur di atap gedung kantor untuk ketahanan pangan",
    "Jemput Bola Kartu Keluarga": "Petugas datang ke rumah lansia untuk mencetak kartu keluarga",
    "Parkir Tanpa Karcis": "Pembayaran parkir tepi jalan dengan kode QR",
    "Lampu Jalan Surya": "Penerangan jalan bertenaga matahari yang melaporkan kerusakannya",
    "Wisata Malam Pecinan": "Pasar malam kuliner dan seni setiap akhir pekan",
    "Beasiswa Pilot": "Bantuan biaya sekolah penerbangan bagi pemuda kurang mampu",
    "Sumur Resapan Warga": "Gotong royong membuat sumur resapan untuk mencegah banjir",
    "Izin Usaha Sehari": "Perizinan usaha mikro selesai dalam sehari di balai desa",
    "Taman Baca Terminal": "Rak buku dan tempat duduk bagi penumpang bus",
}


@pytest.fixture
def town() -> Town:
    found = make.town()
    with wall.inside(found.mall.pk):
        for named in TEN:
            register.register_innovation(found.agencies[0], named.told, by=found.manager, at=AT)
    return found


def test_each_of_the_ten_is_found_again_under_another_name(town: Town) -> None:
    with wall.inside(town.mall.pk):
        found = {name: nearest(town.mall, *idea)[0] for name, idea in RETOLD.items()}

    assert {name: near.name for name, near in found.items()} == {name: name for name in RETOLD}
    assert [name for name, near in found.items() if not near.is_like] == []


def test_what_is_new_is_not_called_alike(town: Town) -> None:
    with wall.inside(town.mall.pk):
        found = {name: nearest(town.mall, name, text)[0] for name, text in NEW.items()}

    assert [(name, near.name) for name, near in found.items() if near.is_like] == []


def test_it_says_why_and_leaves_out_the_one_that_asks(town: Town) -> None:
    with wall.inside(town.mall.pk):
        own = Innovation.objects.get(name="Curhat Ning Ita")
        near = nearest(town.mall, *RETOLD["Curhat Ning Ita"])[0]
        assert {"curhat", "whatsapp", "sms"} <= set(near.words)
        assert "dan" not in near.words
        assert own.pk not in {each.innovation for each in nearest(town.mall, own.name, own.summary, besides=own.pk)}
        assert nearest(town.mall, "", "") != []
        assert not nearest(town.mall, "'; --", "%s \\ & | ! :*")[0].is_like


def test_it_sees_the_own_mall_and_asks_once(town: Town) -> None:
    other = make_agencies.mall()
    with wall.inside(other.pk):
        assert nearest(other, "GAYATRI") == []
    with (
        wall.inside(town.mall.pk),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        nearest(town.mall, "GAYATRI", "Gerbang layanan")
    assert len(asked) == 1


def test_the_page_compares_and_keeps_nothing(town: Town) -> None:
    path = f"{town.here}novelty/"
    browser = make.client(town.admins[1])
    assert "Yang paling dekat" not in browser.get(path).content.decode()
    page = browser.get(path, {"name": "Curhat Bu Wali", "text": "Aduan lewat WhatsApp"}).content.decode()
    assert page.index("Curhat Ning Ita") < page.index("Tidak mirip")
    # Of another agency the name is told, and no more.
    with wall.inside(town.mall.pk):
        own = Innovation.objects.get(name="Curhat Ning Ita").pk
    assert f"/innovations/{own}/" not in page
    assert f"/innovations/{own}/" in make.client(town.manager).get(path, {"name": "Curhat Bu Wali"}).content.decode()
    assert browser.get(path, {"name": ""}).status_code == 422
    assert browser.get(path, {"name": "x", "text": "y" * 1501}).status_code == 422
    assert browser.post(path, {"name": "x"}).status_code == 405
