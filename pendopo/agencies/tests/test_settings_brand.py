"""The mall's name, colour and logo, and how pages get them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.agencies.actions.brand import MOST_BYTES
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.inspections.tests.make import png
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import forget_malls

pytestmark = pytest.mark.django_db

FORM = {
    "name": "MPP Baru",
    "government": "Pemerintah Kota Contoh",
    "colours": "own",
    "accent": "#8a1538",
    "logo": "keep",
    "reason": "Peraturan wali kota 12/2026",
}


def client(place: Place, role: Role = Role.MANAGER) -> Client:
    return make.client(make.staff(place.mall, role))


def path(place: Place) -> str:
    return f"/m/{place.mall.slug}/settings/brand/"


def picture(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("lambang.png", content, content_type="image/png")


def home(place: Place) -> str:
    # What a process remembers of a mall it forgets with the commit, which a test never comes to.
    forget_malls()
    return Client().get(f"/m/{place.mall.slug}/").content.decode()


def test_name_and_colour_reach_every_page_without_inline_style() -> None:
    place = make.place()

    assert client(place).post(path(place), FORM).status_code == 302

    page = home(place)
    found = re.search(r'href="([^"]+/brand/8a1538/[0-9a-f]{12}/)"', page)
    assert found
    assert "MPP Baru" in page
    assert "style=" not in page
    sheet = Client().get(found[1])
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--brand:#8a1538;" in sheet.content.decode()
    assert "--board-ground:#" in sheet.content.decode()
    bar = re.search(r'name="theme-color" content="(#[0-9a-f]{6})"', page)
    assert bar
    assert f"--brand-deep:{bar[1]};" in sheet.content.decode()
    assert Client().get(f"/m/{place.mall.slug}/manifest.webmanifest").json()["theme_color"] == bar[1]
    for screen in ("board/", "kiosk/", "offline/"):
        assert found[1] in Client().get(f"/m/{place.mall.slug}/{screen}").content.decode()
    assert found[1] in Client().get(f"/m/{place.mall.slug}/sw.js").content.decode().replace("\\u002D", "-")
    with wall.inside(place.mall.pk):
        assert Entry.objects.get(action="mall.dressed").reason == FORM["reason"]


@pytest.mark.parametrize("accent", ["#ffcc14", "#7fb2ff", "#777777", "#ffffff"])
def test_a_colour_that_cannot_be_read_is_refused_in_words(accent: str) -> None:
    place = make.place()

    told = client(place).post(path(place), FORM | {"accent": accent})

    page = told.content.decode()
    assert told.status_code == 422
    assert "Warna ini sulit dibaca." in page
    assert "kurang dari 4,5 : 1" in page
    assert Mall.objects.get(pk=place.mall.pk).accent == ""


def test_the_database_knows_what_a_colour_is() -> None:
    place = make.place()

    with pytest.raises(Exception, match="accent_is_a_colour"), wall.inside(place.mall.pk):
        Mall.objects.filter(pk=place.mall.pk).update(accent="red")


def test_a_logo_takes_the_place_of_the_mark_and_can_be_taken_away() -> None:
    place = make.place()
    manager = client(place)
    assert "kernel/mark" in home(place).partition("<body")[2]

    sent = FORM | {"logo": "replace", "picture": picture(png(32, secret=b"rahasia"))}
    assert manager.post(path(place), sent).status_code == 302

    page = home(place).partition("<body")[2]
    found = re.search(r'src="([^"]+/brand/logo/[0-9a-f]{64}\.png)"', page)
    assert found
    assert "kernel/mark" not in page
    shown = Client().get(found[1])
    assert shown.headers["Content-Type"] == "image/png"
    assert "immutable" in shown.headers["Cache-Control"]
    assert shown.content == png(32)
    for screen in ("board/", "kiosk/"):
        assert found[1] in Client().get(f"/m/{place.mall.slug}/{screen}").content.decode()
    manager.post(path(place), FORM)
    assert found[1] in home(place)
    manager.post(path(place), FORM | {"logo": "remove", "colours": "pendopo"})
    assert "kernel/mark" in home(place).partition("<body")[2]
    assert "/brand/" not in home(place)
    assert Client().get(found[1]).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "bukan PDF, JPEG, atau PNG"),
        (b"%PDF-1.7 surat", "bukan gambar"),
        (png(8)[:-9], "bukan gambar"),
        (png(8) + bytes(MOST_BYTES), "lebih besar dari 200 kB"),
    ],
)
def test_what_is_no_small_picture_is_refused(content: bytes, words: str) -> None:
    place = make.place()

    told = client(place).post(path(place), FORM | {"logo": "replace", "picture": picture(content)})

    assert told.status_code == 422
    assert words in told.content.decode()
    now = Mall.objects.get(pk=place.mall.pk)
    assert (now.logo, now.name) == ("", place.mall.name)


def test_the_head_sees_it_and_changes_nothing() -> None:
    place = make.place()
    head = client(place, Role.HEAD)

    assert head.get(path(place)).status_code == 200
    assert head.post(path(place), FORM).status_code == 422
    assert Mall.objects.get(pk=place.mall.pk).name == place.mall.name


def test_a_sheet_that_is_not_its_address_does_not_exist() -> None:
    place = make.place()

    assert Client().get(f"/m/{place.mall.slug}/brand/8a1538/000000000000/").status_code == 404
    assert Client().get(f"/m/{place.mall.slug}/brand/zzzzzz/000000000000/").status_code == 404
