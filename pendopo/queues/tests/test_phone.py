"""The ticket's page as an app: what the phone is given, and that nothing which the page needs is missing in it."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from pendopo.agencies.types import Actor
from pendopo.queues.actions import returning, serving
from pendopo.queues.models import HallRules, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Hold
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

pytestmark = pytest.mark.django_db
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def page_of(hall: Hall, ticket: Ticket, language: str = "id") -> str:
    client = Client()
    client.cookies["django_language"] = language
    return client.get(f"/m/{hall.mall.slug}/t/{ticket.key}/").content.decode()


def test_the_worker_keeps_all_that_the_page_loads() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)

    worker = Client().get(f"/m/{hall.mall.slug}/sw.js")

    kept = set(re.findall(r'"(/static/[^"]+\.\w+)"', worker.content.decode().replace(r"\u002D", "-")))
    wanted = {path for path in ASSET.findall(page_of(hall, ticket)) if not path.endswith(".png")}
    assert len(wanted) > 15
    assert wanted - kept == set()
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in worker["Cache-Control"]
    assert "Service-Worker-Allowed" not in worker


def test_each_language_and_mall_has_a_worker_of_its_own() -> None:
    halls = [make.hall(), make.hall()]
    english = Client()
    english.cookies["django_language"] = "en"

    workers = {
        client.get(f"/m/{hall.mall.slug}/sw.js").content.decode().partition("\n\n")[2]
        for hall in halls
        for client in (Client(), english)
    }

    assert len(workers) == 4


def test_the_manifest_makes_an_app_of_one_mall() -> None:
    hall = make.hall()

    answer = Client().get(f"/m/{hall.mall.slug}/manifest.webmanifest")

    described = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (described["name"], described["start_url"], described["scope"], described["display"]) == (
        hall.mall.name, f"/m/{hall.mall.slug}/", f"/m/{hall.mall.slug}/", "standalone",
    )  # fmt: skip
    assert [(icon["sizes"], icon["purpose"]) for icon in described["icons"]] == [
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    ]  # fmt: skip
    for icon in described["icons"]:
        name = re.sub(r"\.[0-9a-f]{12}\.png$", ".png", urlsplit(icon["src"]).path.removeprefix("/static/"))
        found = finders.find(name)
        assert isinstance(found, str)
        with open(found, "rb") as picture:
            head = picture.read(24)
        side = int(icon["sizes"].partition("x")[0])
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (side, side)


def test_whoever_is_near_is_asked_to_come() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        tickets = [make.ticket(hall) for _ in range(4)]

    notices = [re.search(r"data-near=\"2\"( hidden)?", page_of(hall, ticket)) for ticket in tickets]

    assert [bool(found and found[1]) for found in notices] == [False, False, False, True]


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        (Hold.UNCHECKED, "Lapor tiba dahulu."),
        (Hold.ELSEWHERE, "Tempat Anda ditahan."),
        (Hold.PARKED, "Petugas menunda nomor Anda."),
    ],
)
def test_a_held_ticket_says_why_and_nobody_is_sent_to_the_hall_for_it(hold: Hold, words: str) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)
        Ticket.objects.filter(pk=ticket.pk).update(hold=hold, hold_note="Bangku di depan loket 2")

    page = page_of(hall, ticket)

    assert words in page
    assert "data-near" not in page
    assert ("Bangku di depan loket 2" in page) == (hold is Hold.PARKED)


def test_the_way_back_is_offered_while_there_is_one() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = serving.mark_absent(make.called(hall), by=hall.officer, at=timezone.now())
        button = f"/t/{ticket.key}/return/"
        assert button in page_of(hall, ticket)

        HallRules.objects.create(mall=hall.mall, return_minutes=0)
        assert button not in page_of(hall, ticket)

        HallRules.objects.update(return_minutes=15)
        returning.come_back(ticket, by=Actor(mall=hall.mall), at=timezone.now())
        assert button not in page_of(hall, ticket)


def test_only_a_device_of_the_hall_is_told_the_code_of_the_door() -> None:
    hall = make.hall()
    address = f"/m/{hall.mall.slug}/board/code/"
    with wall.inside(hall.mall.pk):
        _device, token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.BOARD, name="Papan", at=timezone.now()
        )
    board = Client()
    board.post(f"/m/{hall.mall.slug}/device/", {"token": token})

    assert Client().get(address).status_code == 403
    assert board.get(address).status_code == 204
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, check_in_required=True)
    told = board.get(address)
    assert re.fullmatch(r"\d{6}", told.json()["code"])
    assert 1 <= told.json()["seconds"] <= 60
    assert "no-store" in told["Cache-Control"]


def test_the_page_of_a_refused_code_has_an_address_to_come_back_to() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)

    answer = Client().get(f"/m/{hall.mall.slug}/t/{ticket.key}/check-in/")

    assert (answer.status_code, answer["Location"]) == (302, f"/m/{hall.mall.slug}/t/{ticket.key}/")
