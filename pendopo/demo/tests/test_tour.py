import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pendopo.demo import views
from pendopo.demo.tour import REPORTS
from pendopo.demo.types import SLUG
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db


def test_every_screen_of_the_tour_opens_for_whom_it_names(built: Mall) -> None:
    screens = {screen for report in REPORTS for sentence in report.sentences for screen in sentence.screens}
    tried = 0
    for screen in screens:
        client = Client()
        if screen.login:
            client.force_login(Account.objects.of_contact(screen.login).get())
        page = client.get(f"{reverse(screen.route, args=[SLUG])}?{screen.query}")

        assert page.status_code == 200, screen.route
        tried += 1
    assert tried == len(screens) > 5


def test_the_five_reports_stand_beside_their_screens(built: Mall) -> None:
    page = Client().get("/tur/").content.decode()

    assert page.count("<h2") == 5
    assert f'href="/m/{SLUG}/hall/"' in page
    assert "Layarnya menyusul." in page


def test_without_the_demo_mall_it_leads_nowhere_and_says_how_to_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SLUG", "belum-dibuat")
    page = Client().get("/tur/").content.decode()

    assert "pendopo demo" in page
    assert "/m/" not in page


def test_it_reads_in_english_too(built: Mall) -> None:
    with translation.override("en"):
        titles = [str(report.title) for report in REPORTS]

    assert "29 agencies sign, five not yet" in titles
