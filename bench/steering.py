"""Indicators and readiness over HTTP, in one mall with 400,000 tickets, a thousand a day."""

import time
from collections.abc import Callable
from datetime import timedelta

from bench.stage import running, stage  # isort: skip - sets the surroundings first
import psycopg
from django.core.management import call_command
from django.db import connection as database
from django.utils import timezone

from bench.head import reader
from bench.malls import remember
from bench.report import Figure, part
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.catalogue.models import Service
from pendopo.demo import actions as demo
from pendopo.demo.staff import MANAGER
from pendopo.indicators.actions import indicators
from pendopo.people.models import Account
from pendopo.performance.actions import adding_up
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

TICKETS, A_DAY, INDICATORS, ROUNDS, WARM = 400_000, 1000, 20, 200, 20


def run() -> list[Figure]:
    """Measure before the days are added up, as after an upgrade, and after it."""
    with stage() as place:
        at = timezone.now()
        mall, _is_new = demo.build(at=at, tell=lambda _done, _parts: None)
        with psycopg.connect(place.server.url("postgres", "pendopo"), autocommit=True) as connection:
            remember(connection, [mall], TICKETS, a_day=A_DAY)
            _follow(mall)
            connection.execute("VACUUM (ANALYZE)")
            call_command("collectstatic", interactive=False, verbosity=0)
            with running("web") as port:
                before = _pages(port, mall, "counted from rows", "")
                with wall.inside(mall.pk):
                    while adding_up.add_up(mall, at=at):
                        pass
                connection.execute("VACUUM (ANALYZE)")
                return [*before, *_pages(port, mall, "from days added up", "≤ 150")]


def _follow(mall: Mall) -> None:
    at = timezone.now()
    with wall.inside(mall.pk):
        manager = actor_of_account(mall, Account.objects.of_contact(MANAGER).get())
        services = list(Service.objects.filter(mall=mall).order_by("pk"))
        for number in range(INDICATORS):
            told = {"name": f"Indikator {number}", "theme": "poverty", "unit": "persen", "better": "lower"}
            one = indicators.add_indicator(mall, **told, by=manager, at=at)
            indicators.choose_services(one, services[number::INDICATORS], reason="Ukuran", by=manager, at=at)


def _pages(port: int, mall: Mall, how: str, aim: str) -> list[Figure]:
    on = (timezone.now() - timedelta(days=100)).date()
    figures = []
    trips = _times(_ask)
    with reader(port) as client:
        for page in ("indicators/", f"indicators/?on={on}", "readiness/"):

            def ask(page: str = page) -> None:
                client.get(f"/m/{mall.slug}/{page}").raise_for_status()

            times = _times(ask)
            name = f"{page.replace(str(on), '…')} {how}"
            ratio = part(times, 0.5) / part(trips, 0.5)
            figures += [
                Figure(f"{name}: median", part(times, 0.5), "ms", note=f"{ratio:,.0f} × a query of nothing"),
                Figure(f"{name}: 95 %", part(times, 0.95), "ms", aim),
            ]
    return figures


def _ask() -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1")


def _times(act: Callable[[], None]) -> list[float]:
    times = []
    for _round in range(WARM + ROUNDS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return times[WARM:]
