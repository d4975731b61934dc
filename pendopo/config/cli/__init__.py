"""The command `pendopo`: each file here has `register(app)`, which adds its commands and imports Django only inside."""

import importlib
import pkgutil
import sys

import typer

from pendopo.config.errors import Failed


def build() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(
        help="Pendopo: Mal Pelayanan Publik.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def pendopo() -> None:
        """Pendopo, the operating system of a Mal Pelayanan Publik. Begin with `pendopo up --demo`."""

    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        if not module.name.startswith("_"):
            importlib.import_module(f"{__name__}.{module.name}").register(app)
    return app


def main() -> None:
    """Run the command line; what goes wrong in a way that we know is one sentence, without a traceback."""
    try:
        build()()  # a wrong setting shows already while the commands are being imported
    except Failed as error:
        sys.exit(f"pendopo: {error}")
