"""What commands share that act in a mall: Django on a running database, and refusals as one sentence."""

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.env import env
from pendopo.config.errors import Failed
from pendopo.config.running import database

if TYPE_CHECKING:
    from pendopo.people.models import Account
    from pendopo.tenancy.models import Mall

MallName = Annotated[str, typer.Option("--mall", "-m", help="The mall's address, as in /m/ADDRESS/.")]


@contextlib.contextmanager
def django() -> Iterator[None]:
    """Have Django and its database; what a rule refuses ends the command in words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
    with database(env):
        import django as framework

        framework.setup()
        from pendopo.kernel.errors import RuleViolation

        _refuse_half_made()
        try:
            yield
        except RuleViolation as error:
            raise Failed(str(error)) from error


def _refuse_half_made() -> None:
    """Refuse to act on tables that `pendopo up` is making or changing at this moment, or that nobody made yet."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Failed(
            "Tabel belum siap. Tunggu sampai `pendopo up` menampilkan alamatnya, lalu ulangi."
            " / The tables are not ready: wait until `pendopo up` shows its address."
        )


def malls(slug: str) -> Iterator["Mall"]:
    """Give each mall in turn, or the one of this address."""
    from pendopo.tenancy.models import Mall

    found = list(Mall.objects.filter(slug=slug) if slug else Mall.objects.order_by("slug"))
    if slug and not found:
        raise Failed(f"Tidak ada MPP “{slug}” / there is no such mall.")
    yield from found


@contextlib.contextmanager
def standing_in(slug: str) -> Iterator["Mall"]:
    """Stand in a mall, as the role app and within its wall."""
    with django():
        from pendopo.tenancy import wall
        from pendopo.tenancy.models import Mall

        mall = Mall.objects.filter(slug=slug).first()
        if mall is None:
            known = ", ".join(Mall.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise Failed(f"Tidak ada MPP “{slug}” / there is no such mall. Yang ada / there are: {known or '–'}.")
        with wall.inside(mall.pk):
            yield mall


def account_of(email: str) -> "Account":
    """Find an account by its e-mail address or telephone number."""
    from pendopo.people.models import Account, contact_hash

    account = Account.objects.filter(handle=contact_hash(email)).first()
    if account is None:
        raise Failed(f"Tidak ada akun {email} / there is no such account.")
    return account
