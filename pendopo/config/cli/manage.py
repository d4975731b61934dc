import os

import typer

from pendopo.config.env import env
from pendopo.config.running import database


def register(app: typer.Typer) -> None:
    @app.command(
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
        add_help_option=False,
    )
    def manage(context: typer.Context) -> None:
        """Run one of Django's commands, with the database started when needed: `pendopo manage check`."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
        from django.core.management import execute_from_command_line

        with database(env):
            execute_from_command_line(["pendopo manage", *context.args])
