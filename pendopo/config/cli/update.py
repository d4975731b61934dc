import os
import shlex
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pendopo.config import backup as backups
from pendopo.config import freshness, processes
from pendopo.config.cli.backup import installation, known_migrations
from pendopo.config.connections import connection_url
from pendopo.config.env import env
from pendopo.config.errors import Failed
from pendopo.config.instance import answers, holder
from pendopo.config.place import own_folder
from pendopo.config.running import database
from pendopo.config.update import Steps
from pendopo.config.update import update as take_into_use

PATIENCE = 60.0


def register(app: typer.Typer) -> None:
    @app.command()
    def update(
        restart_with: Annotated[
            str, typer.Option(help="How to restart where systemd keeps the processes, such as “systemctl restart …”.")
        ] = "",
    ) -> None:
        """Take new code into use: backup, migrate, check, restart; go back when a step fails."""
        saved = own_folder(env.data / "backups") / f"before-update-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
        with database(env):
            take_into_use(
                Steps(
                    backup=lambda: _save(saved),
                    migrate=_migrate,
                    check=lambda: processes.run_command(env, "manage", "check", "--database", "default"),
                    restart=lambda: _restart(restart_with),
                    await_ready=lambda: _await_ready(restart_with),
                    restore=lambda: _restore(saved),
                ),
                say=print,
            )
        print(f"The data of before: {saved}")


def _save(saved: Path) -> None:
    backups.save(installation(env), saved, at=datetime.now(UTC))


def _restore(saved: Path) -> None:
    backups.restore(installation(env), saved, known=known_migrations())


def _migrate() -> None:
    processes.run_command(env, "manage", "migrate", "--database", "owner", "--no-input")
    freshness.mark_migrated(connection_url(env, "owner"), freshness.schema_digest())
    # Not cleared: the old web still serves the old files.
    freshness.ensure_collected(
        env.data, lambda: processes.run_command(env, "manage", "collectstatic", "--no-input", "--verbosity", "0")
    )


def _restart(command: str) -> None:
    if command:
        if subprocess.run(shlex.split(command), check=False).returncode != 0:
            raise Failed(f"`{command}` failed.")
        return
    supervisor = holder(env.data)
    if supervisor is None:
        print("Nothing runs here now: `pendopo up` starts the new code.")
        return
    os.kill(supervisor, signal.SIGUSR1)
    time.sleep(1)  # until the old web no longer answers


def _await_ready(command: str) -> None:
    if not command and holder(env.data) is None:
        return
    end = time.monotonic() + PATIENCE
    while not answers(env.host, env.port, "/readyz"):
        if time.monotonic() > end:
            raise Failed(f"After the restart /readyz did not answer for {PATIENCE:.0f} seconds.")
        time.sleep(0.2)
