"""One PostgreSQL server for a run of the suite; each worker has its own database, cloned from a migrated template.

Loaded by `-p tests.plugin` before Django reads its settings. The suite connects as the role app, as web and live do.
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

FOLDER = "PENDOPO_TEST_FOLDER"
# Where migrated templates are kept from run to run; not said: each run migrates.
CACHE = os.environ.get("PENDOPO_TEST_CACHE", "")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
DATABASE = f"test_{WORKER or 'alone'}"

if not WORKER:
    # Short: a socket's path may have 107 bytes. The database server is another user, so it must be able to enter.
    folder = Path(tempfile.mkdtemp(prefix="pdp-"))
    folder.chmod(0o755)
    os.environ[FOLDER] = str(folder)
for name in [name for name in os.environ if name.startswith("PENDOPO_") and name != FOLDER]:
    del os.environ[name]
os.environ |= {
    "PENDOPO_DATA": os.environ[FOLDER],
    "PENDOPO_SECRET_KEY": "a secret for the test suite, known to everybody",
    "PENDOPO_MASTER_KEY": "a master key for the test suite, known to everybody",
    "DJANGO_SETTINGS_MODULE": "pendopo.config.settings",
}

from pendopo.config import env as surroundings  # noqa: E402 - the surroundings are set above
from pendopo.config import freshness  # noqa: E402
from pendopo.config.postgres import EmbeddedServer  # noqa: E402
from tests import template  # noqa: E402

# Needs the surroundings too.
pytest_plugins = ["tests.audit_watch"]
SERVER = EmbeddedServer(Path(os.environ[FOLDER]))
FOR_TEMPLATE = {key: value for key, value in os.environ.items() if not key.endswith("DATABASE_URL")}
os.environ |= {
    "DATABASE_URL": SERVER.url("app", DATABASE),
    "PENDOPO_OWNER_DATABASE_URL": SERVER.url("owner", DATABASE),
}
# Finding the server's address has read them already, before the databases had names: the settings would not know.
importlib.reload(surroundings)


def start() -> None:
    """Start the server, migrate the template, collect the static files."""
    SERVER.cluster.parent.mkdir(parents=True, exist_ok=True)
    SERVER.start(bound_to_us=True)
    SERVER.ensure_roles_and_database()
    template.fill(SERVER, CACHE, lambda: _django("migrate", "--database", "owner"))
    # Once for all: a test that collects anew would take the files away under the others.
    freshness.ensure_collected(Path(os.environ[FOLDER]), lambda: _django("collectstatic", "--no-input"))


def _django(*command: str) -> None:
    arguments = [sys.executable, "-m", "django", *command, "--verbosity", "0"]
    subprocess.run(arguments, check=True, timeout=300, env=FOR_TEMPLATE)


def make_anew() -> None:
    """Give this worker a database as it was at first, cloned from the migrated template; nobody may be connected."""
    SERVER.drop_database(DATABASE)
    SERVER.create_database(DATABASE, template="pendopo")


def know_tables() -> None:
    """Let the planner know what is in this worker's tables, as autovacuum does within a minute."""
    with psycopg.connect(SERVER.url("postgres", DATABASE), autocommit=True) as connection:
        connection.execute("ANALYZE")


def forget_tables() -> None:
    """Let the planner know nothing of this worker's tables.

    What it learned when they were empty misleads it while one transaction fills them: a scene of 4 seconds took 148.
    """
    with psycopg.connect(SERVER.url("postgres", DATABASE), autocommit=True) as connection:
        # As it is in a new database: how many rows there are is not known (-1), which is not the same as none.
        connection.execute(
            "UPDATE pg_class SET relpages = 0, reltuples = -1"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )


def stop() -> None:
    """Stop the server and leave nothing behind."""
    SERVER.stop()
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Start once, before there are workers."""
    if not (WORKER or config.option.collectonly or config.option.help):
        start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop after the last worker."""
    if not WORKER:
        stop()
