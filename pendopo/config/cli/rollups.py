from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.cli._inside import django, malls
from pendopo.config.errors import Failed

if TYPE_CHECKING:
    from pendopo.performance.queries.verifying import Difference
    from pendopo.tenancy.models import Mall

OneMall = Annotated[str, typer.Option("--mall", "-m", help="One mall's address; every mall when not given.")]
First = Annotated[str, typer.Option("--from", help="The first day, as 2026-11-01; the first there is when not given.")]
Last = Annotated[str, typer.Option("--to", help="The last day; the last there is when not given.")]
# So many differences of a mall are told, all are counted.
TOLD = 20


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="The days added up, from which the head's page reads: are they true?", no_args_is_help=True
    )
    app.add_typer(group, name="rollups")

    @group.command()
    def verify(mall: OneMall = "", first: First = "", last: Last = "") -> None:
        """Rebuild days from their rows beside what is kept, and compare. Exit code 1 when something differs."""
        broken = 0
        with django():
            for here in _malls(mall):
                broken += _verified(here, _day(first, "--from"), _day(last, "--to"))
        if broken:
            raise typer.Exit(1)

    @group.command()
    def rebuild(mall: OneMall = "", first: First = "", last: Last = "") -> None:
        """Add up days anew from their rows, whatever is kept of them."""
        with django():
            from django.utils import timezone

            from pendopo.performance.actions import adding_up
            from pendopo.performance.queries import verifying
            from pendopo.performance.queries.fresh import MOST_DAYS

            for here in _malls(mall):
                while adding_up.add_up(here, at=timezone.now()):
                    pass
                days = verifying.span(here, _day(first, "--from"), _day(last, "--to"))
                done = sum(
                    adding_up.rebuild(here, days[place : place + MOST_DAYS], at=timezone.now())
                    for place in range(0, len(days), MOST_DAYS)
                )
                print(f"{here.slug}: {done} hari dijumlahkan ulang / days rebuilt.")


def _malls(slug: str) -> Iterator["Mall"]:
    """Stand in each mall in turn."""
    from pendopo.tenancy import wall

    for mall in malls(slug):
        with wall.inside(mall.pk):
            yield mall


def _verified(mall: "Mall", first: date | None, last: date | None) -> bool:
    """Compare a mall's days, say what was found, and whether something is broken."""
    from django.utils import timezone

    from pendopo.performance.queries import verifying

    days = verifying.span(mall, first, last)
    broken: list[Difference] = []
    marked: set[date] = set()
    for found in verifying.differences(mall, days):
        if found.is_marked:
            marked.add(found.day)
        else:
            broken.append(found)
    for each in broken[:TOLD]:
        print(f"{mall.slug}: {_in_words(each)}")
    if len(broken) > TOLD:
        print(f"{mall.slug}: … {len(broken) - TOLD} lagi / more")
    wrong = len({each.day for each in broken})
    waiting = verifying.waiting(mall, timezone.now()) + len(marked)
    print(
        f"{mall.slug}: {len(days)} hari dibandingkan, {wrong} berbeda; {waiting} menunggu dijumlahkan."
        f" / {len(days)} days compared, {wrong} differ; {waiting} wait to be added up."
    )
    return bool(broken)


def _in_words(found: "Difference") -> str:
    """Say one difference: "2026-11-20, KTP-1: taken is 41, the rows say 42"."""
    where = f"{found.day.isoformat()}, {found.service}" if found.service else found.day.isoformat()
    kept, rebuilt = (_short(each) for each in (found.kept, found.rebuilt))
    return f"{where}: {found.name} tersimpan / kept {kept}, menurut baris / by the rows {rebuilt}"


def _short(value: str | None) -> str:
    if value is None:
        return "–"
    return value if len(value) <= 60 else f"{value[:57]}…"


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Failed(f"{option} {text}: write it as 2026-11-23.") from error
