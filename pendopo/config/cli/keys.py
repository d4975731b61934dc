from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.cli._inside import django, malls
from pendopo.config.errors import Failed

if TYPE_CHECKING:
    from pendopo.tenancy.models import Mall

OneMall = Annotated[str, typer.Option("--mall", "-m", help="One mall's address; every mall when not given.")]
Search = Annotated[bool, typer.Option("--search", help="The key by which values are found, too.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The keys under which personal data is sealed, mall by mall.", no_args_is_help=True)
    app.add_typer(group, name="keys")
    for command in (status, rotate, reseal, rewrap):
        group.command()(command)


def status(mall: OneMall = "") -> None:
    """Say which keys each mall has, since when, and which master key opens them."""
    with django():
        from pendopo.tenancy import wall
        from pendopo.tenancy.models import MallKey

        for here in malls(mall):
            with wall.inside(here.pk):
                for key in MallKey.objects.order_by("kind", "number"):
                    until = f"{key.retired_at:%Y-%m-%d}" if key.retired_at else "sekarang / now"
                    told = f"{key.kind} {key.number}: {key.created_at:%Y-%m-%d} – {until}, master {key.master}"
                    print(f"{here.slug}: {told}")


def rotate(mall: OneMall = "", search: Search = False) -> None:
    """Seal under new keys from now on, and seal anew what stands under older ones; readable all the while."""
    with django():
        from django.utils import timezone

        from pendopo.tenancy.actions import keys

        for here in malls(mall):
            key = keys.rotate_seal_key(here, at=timezone.now())
            print(f"{here.slug}: kunci / key {key.number}")
            _reseal(here)
            if search:
                done = keys.rotate_search_key(here, at=timezone.now())
                print(f"{here.slug}: {done} sidik / keyed hashes")


def reseal(mall: OneMall = "") -> None:
    """Go on where a rotation was broken off."""
    with django():
        for here in malls(mall):
            _reseal(here)


def rewrap(mall: OneMall = "") -> None:
    """Wrap the keys under the new PENDOPO_MASTER_KEY; the one before stands in PENDOPO_MASTER_KEY_BEFORE."""
    with django():
        from django.utils import timezone

        from pendopo.kernel.envelopes import CannotOpen
        from pendopo.tenancy.actions import keys

        for here in malls(mall):
            try:
                done = keys.rewrap(here, at=timezone.now())
            except CannotOpen as error:
                raise Failed(f"{here.slug}: {error} PENDOPO_MASTER_KEY_BEFORE?") from error
            print(f"{here.slug}: {done} kunci dibungkus ulang / keys wrapped anew")


def _reseal(mall: "Mall") -> None:
    from pendopo.tenancy.actions import keys

    for progress in keys.reseal(mall):
        print(f"{mall.slug}: {progress.table}.{progress.column} {progress.done}")
