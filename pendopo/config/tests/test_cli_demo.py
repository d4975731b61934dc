from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from pendopo.audit.models import Entry
from pendopo.config.cli import build
from pendopo.config.errors import Failed
from pendopo.demo.types import PASSWORD, SLUG
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

type Run = Callable[..., Result]


@pytest.fixture
def run(db: None) -> Run:
    """Run the command as from a terminal, within the test's transaction."""
    app, runner = build(), CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments])


def test_the_demo_mall_is_made_once_tells_its_logins_and_receives_people(run: Run) -> None:
    made = run("demo")

    assert made.exit_code == 0, made.output
    assert all(told in made.output for told in (PASSWORD, "loket01@contoh.test", "warga@contoh.test", "178 layanan"))
    assert "tidak ada yang diubah" in run("demo").output

    day = run("demo", "traffic", "--speed", 0, "--visitors", 5)
    assert day.exit_code == 0, day.output
    assert "5 nomor:" in day.output
    with wall.inside(Mall.objects.get(slug=SLUG).pk):
        # Besides those of the cases that every demo mall has.
        assert Ticket.objects.filter(case=None).count() == 5


def test_a_real_mall_gets_no_visitors(run: Run) -> None:
    mall = make.hall().mall
    with wall.inside(mall.pk):
        before = Entry.objects.count()

    refused = run("demo", "traffic", "--mall", mall.slug, "--speed", 0)

    assert isinstance(refused.exception, Failed)
    assert "adalah MPP sungguhan" in str(refused.exception)
    with wall.inside(mall.pk):
        assert (Ticket.objects.count(), Entry.objects.count()) == (0, before)


def test_what_cannot_be_played_is_said_in_words(run: Run) -> None:
    run("demo")

    for option, value, told in [
        ("--day", "besok", "write it as"),
        ("--day", "2999-01-01", "belum tiba"),
        ("--mall", "tidak-ada", "tidak ada"),
    ]:
        refused = run("demo", "traffic", option, value)
        assert isinstance(refused.exception, Failed)
        assert told in str(refused.exception)
