import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from psycopg.conninfo import make_conninfo

from pendopo.config import backup as backups
from pendopo.config.connections import SUPERUSER, connection_url
from pendopo.config.env import Env, env
from pendopo.config.errors import Failed
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.running import database


def register(app: typer.Typer) -> None:
    @app.command()
    def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
        """Save the database and the files into one file."""
        with database(env):
            backups.save(installation(env), file, at=datetime.now(UTC))
        print(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB.")
        kept = f"{env.data / 'secret_key'} and {env.data / 'master_key'}"
        print(f"Keep {kept} too, in another place: without them nothing personal can be read.")

    @app.command()
    def restore(
        file: Annotated[Path, typer.Argument(help="A file that `pendopo backup` wrote.")],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    ) -> None:
        """Put a backup in the place of everything that is here."""
        if not yes and not typer.confirm(f"Everything in {env.data} is replaced by {file}. Go on?"):
            raise Failed("Nothing was changed.")
        with database(env):
            manifest = backups.restore(installation(env), file, known=known_migrations())
        print(f"Restored: the backup of {manifest.made_at}. `pendopo up` brings its tables up to date.")


def installation(env: Env) -> backups.Installation:
    """Tell what is saved and restored here."""
    embedded = EmbeddedServer(env.data).url(SUPERUSER, "postgres") if env.database_url is None else None
    alone = env.database_url if env.owner_database_url is None else None
    return backups.Installation(
        data=env.data,
        owner_url=connection_url(env, "owner"),
        app_url=connection_url(env, "app"),
        admin_url=embedded or (make_conninfo(alone, dbname="postgres") if alone else None),
        secret_key=env.secret_key,
        master_key=env.master_key,
    )


def known_migrations() -> set[backups.Migration]:
    """List every migration of this code and its packages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    loader = MigrationLoader(None)
    # One that was replaced by a squash may stand in a backup of before.
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {*loader.disk_migrations, *((app, name) for app, name in replaced)}
