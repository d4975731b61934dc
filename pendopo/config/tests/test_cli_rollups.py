"""`pendopo rollups`: a broken day is told in words and by the exit code; rebuilding mends it."""

import pytest
from typer.testing import CliRunner, Result

from pendopo.config.cli import build
from pendopo.performance.actions import adding_up
from pendopo.performance.models import ServiceRollup
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def rollups(here: Hall, *arguments: str) -> Result:
    return CliRunner().invoke(build(), ["rollups", *arguments, "--mall", here.mall.slug])


@pytest.fixture
def here() -> Hall:
    made = make.hall()
    with wall.inside(made.mall.pk):
        make.served(made, make.moment(made, 8))
        adding_up.add_up(made.mall, at=LATER)
    return made


def test_what_is_true_passes(here: Hall) -> None:
    done = rollups(here, "verify")

    assert done.exit_code == 0
    assert "3 hari dibandingkan, 0 berbeda" in done.output


def test_what_is_broken_is_told_until_it_is_rebuilt(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        ServiceRollup.objects.filter(day=DAY).update(taken=2, waits=[1, 2])

    done = rollups(here, "verify")
    elsewhere = rollups(here, "verify", "--from", "2024-10-10", "--to", "2024-10-11")

    assert done.exit_code == 1
    assert f"{DAY}, {here.service.code}: taken tersimpan / kept 2, menurut baris / by the rows 1" in done.output
    assert "3 hari dibandingkan, 1 berbeda" in done.output
    assert elsewhere.exit_code == 0
    assert "2 hari dibandingkan, 0 berbeda" in elsewhere.output

    assert rollups(here, "rebuild").exit_code == 0
    assert rollups(here, "verify").exit_code == 0


def test_days_that_wait_are_not_broken(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 9))

    done = rollups(here, "verify")

    assert done.exit_code == 0
    assert ", 0 berbeda" in done.output


@pytest.mark.parametrize("arguments", [("--from", "x"), ("--mall", "tidak-ada")])
def test_what_is_not_understood_is_said(here: Hall, arguments: tuple[str, str]) -> None:
    done = CliRunner().invoke(build(), ["rollups", "verify", *arguments])

    assert done.exit_code != 0
    assert arguments[1] in str(done.exception)
