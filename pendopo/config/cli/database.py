import os
import subprocess
from typing import Annotated

import typer

from pendopo.config.binaries import programs
from pendopo.config.connections import Role, connection_parameters, connection_url
from pendopo.config.databases import prepare_given
from pendopo.config.env import env
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.running import database as running_database

AsOwner = Annotated[bool, typer.Option("--owner", help="As the role owner, which passes row security.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Start, stop and reach the database.", no_args_is_help=True)
    app.add_typer(group, name="database")

    @group.command()
    def start() -> None:
        """Start the embedded server, and leave it running."""
        if env.database_url is not None:
            prepare_given(env)
            print("DATABASE_URL is set: that server is run elsewhere. Its roles and rights are in order.")
            return
        server = EmbeddedServer(env.data)
        started = server.start()
        server.ensure_roles_and_database()
        print("The database runs." if started else "The database was running already.")

    @group.command()
    def stop() -> None:
        """Stop the embedded server."""
        server = EmbeddedServer(env.data)
        if not server.running():
            print("The database was not running.")
            return
        server.stop()
        print("The database is stopped.")

    @group.command()
    def url(owner: AsOwner = False) -> None:
        """Print the connection alone. It holds the password."""
        print(connection_url(env, _role(owner)))

    @group.command()
    def shell(owner: AsOwner = False) -> None:
        """Open psql."""
        found = connection_parameters(env, _role(owner))
        # The password stays out of the list of processes.
        surroundings = {**os.environ, "PGPASSWORD": found["PASSWORD"]}
        with running_database(env):
            command = [str(programs() / "psql"), "-h", found["HOST"], "-U", found["USER"], "-d", found["NAME"]]
            ended = subprocess.run(
                [*command, *(["-p", found["PORT"]] if found["PORT"] else [])], env=surroundings, check=False
            )
        raise typer.Exit(ended.returncode)


def _role(owner: bool) -> Role:
    return "owner" if owner else "app"
