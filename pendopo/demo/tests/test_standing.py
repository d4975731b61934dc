"""The mall on the day of a report: the tour leads to that day, and each of its screens shows something of it."""

import re
from html import unescape

import pytest
from django.test import Client

from pendopo.demo import scenes
from pendopo.demo.staff import MANAGER
from pendopo.demo.tour import REPORTS
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db
LINK = re.compile(r'class="button quiet" href="([^"]+)"')


def links(scene: str) -> list[str]:
    """Return the addresses beside the sentences of a report."""
    page = Client().get("/tur/").content.decode()
    return [unescape(each) for each in LINK.findall(page.split(f'id="{scene}"')[1].split("</section>")[0])]


@pytest.fixture
def manager() -> Client:
    client = Client()
    client.force_login(Account.objects.of_contact(MANAGER).get())
    return client


@pytest.mark.parametrize("scene", sorted(scenes.SCENES))
def test_each_screen_of_a_report_opens_on_its_day(built: Mall, manager: Client, scene: str) -> None:
    scenes.play(scene, built)

    screens = links(scene)
    (report,) = (each for each in REPORTS if each.scene == scene)
    assert len(screens) == sum(len(sentence.screens) for sentence in report.sentences)
    assert [address for address in screens if manager.get(address).status_code != 200] == []


def test_the_tour_says_on_which_day_the_mall_stands_and_how_to_stand_on_another(built: Mall) -> None:
    before = Client().get("/tur/").content.decode()
    assert "MPP contoh berdiri pada hari ini" not in before
    assert f"/m/{built.slug}/first-day/" in links("lebaran")

    scenes.play("lebaran", built)

    page = Client().get("/tur/").content.decode()
    assert page.count("MPP contoh berdiri pada hari ini") == 1
    assert "pendopo demo --scene lebaran" not in page
    assert "pendopo demo --scene kediri" in page
    assert f"/m/{built.slug}/first-day/?day=2023-04-26" in links("lebaran")


def test_no_promise_is_counted_on_days_that_are_not_played(built: Mall, manager: Client) -> None:
    scenes.play("lebaran", built)

    here = f"/m/{built.slug}/full-time/"
    played = manager.get(f"{here}list.csv?month=2023-04").getvalue().decode("utf-8-sig").splitlines()[1:]
    assert len(played) == 24
    # 60 counters of six hours each, one of which stood empty for forty minutes.
    assert sum(int(line.split(",")[2]) for line in played) == 60 * 360
    assert [line.split(",")[5] for line in played if line.split(",")[5] != "0"] == ["40"]
    assert len(manager.get(f"{here}list.csv?month=2024-03").getvalue().decode("utf-8-sig").splitlines()) == 1


def test_the_meeting_and_the_letter_of_kediri_are_written(built: Mall, manager: Client) -> None:
    scenes.play("kediri", built)

    here = f"/m/{built.slug}/"
    assert "Pemantauan dan evaluasi MPP" in manager.get(f"{here}meetings/").content.decode()
    assert "001/CONTOH/V/2024" in manager.get(f"{here}letters/").content.decode()
    assert "Tidak buka pada hari ini" not in Client().get(f"{here}kiosk/").content.decode()
