import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from pendopo.config import backup
from pendopo.config.connections import SUPERUSER
from pendopo.config.errors import Failed
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.tests import make

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KNOWN = {("queues", "0001_initial")}
TABLES = """
CREATE TABLE django_migrations (app text, name text);
INSERT INTO django_migrations VALUES ('queues', '0001_initial');
CREATE TABLE ticket (id int PRIMARY KEY, mall_id int);
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY wall ON ticket USING (mall_id = nullif(current_setting('pendopo.mall', true), '')::int);
INSERT INTO ticket SELECT n, n % 3 FROM generate_series(1, 300) n;
CREATE TABLE audit (id int PRIMARY KEY);
REVOKE UPDATE, DELETE ON audit FROM pendopo_app;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    with make.data_folder() as data, make.server(data) as made:
        made.start()
        made.ensure_roles_and_database()
        yield made


@pytest.fixture
def place(server: EmbeddedServer, tmp_path: Path) -> Iterator[backup.Installation]:
    """An installation with rows of three malls behind the wall, and two files."""
    server.create_database("mall", template="pendopo")
    with psycopg.connect(server.url("owner", "mall")) as connection:
        connection.execute(TABLES)
    files = tmp_path / "var" / "files"
    (files / "2026").mkdir(parents=True)
    (files / "2026" / "surat.pdf").write_bytes(b"%PDF-1")
    (files / "logo.svg").write_bytes(b"<svg/>")
    yield backup.Installation(
        data=tmp_path / "var",
        owner_url=server.url("owner", "mall"),
        app_url=server.url("app", "mall"),
        admin_url=server.url(SUPERUSER, "postgres"),
        secret_key="k" * 40,
        master_key="m" * 40,
    )
    server.drop_database("mall")


def state(place: backup.Installation) -> tuple[object, ...]:
    """Everything a restore may touch: rows, databases, files."""
    with psycopg.connect(place.owner_url) as connection:
        rows = connection.execute("SELECT count(*), coalesce(sum(id), 0) FROM ticket").fetchone()
        databases = connection.execute("SELECT array_agg(datname::text ORDER BY datname) FROM pg_database").fetchone()
    files = {str(path.relative_to(place.data)): path.read_bytes() for path in place.data.rglob("*") if path.is_file()}
    return rows, databases, files, sorted(path.name for path in place.data.iterdir())


def test_what_was_saved_comes_back_whole(place: backup.Installation, tmp_path: Path) -> None:
    before = state(place)
    target = tmp_path / "b.tar"
    manifest = backup.save(place, target, at=AT)
    with psycopg.connect(place.owner_url) as connection:
        connection.execute("DELETE FROM ticket WHERE id > 5; CREATE TABLE later (id int)")
    (place.data / "files" / "logo.svg").unlink()
    (place.data / "files" / "new.txt").write_text("after")

    assert backup.restore(place, target, known=KNOWN) == manifest

    assert state(place) == before
    assert before[0] == (300, 45150)  # of every mall: the wall does not bind the owner
    assert target.stat().st_mode & 0o777 == 0o600
    assert (manifest.made_at, manifest.migrations) == ("2026-11-22T03:00:00+00:00", [["queues", "0001_initial"]])


def test_the_planner_knows_the_tables_that_came_back(place: backup.Installation, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    backup.save(place, target, at=AT)

    backup.restore(place, target, known=KNOWN)

    with psycopg.connect(place.owner_url) as connection:
        known = connection.execute("SELECT reltuples FROM pg_class WHERE oid = 'ticket'::regclass").fetchone()
    assert known == (300,)


def test_the_wall_and_the_rights_come_back_too(place: backup.Installation, tmp_path: Path) -> None:
    backup.save(place, tmp_path / "b.tar", at=AT)
    backup.restore(place, tmp_path / "b.tar", known=KNOWN)

    with psycopg.connect(place.app_url) as connection:
        assert connection.execute("SELECT count(*) FROM ticket").fetchone() == (0,)
        connection.execute("SET pendopo.mall = '1'")
        assert connection.execute("SELECT count(*) FROM ticket").fetchone() == (100,)
        connection.execute("INSERT INTO audit VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM audit")
    with psycopg.connect(place.owner_url) as connection:  # what comes later is the app's to use as before
        connection.execute("CREATE TABLE later (id int)")
    with psycopg.connect(place.app_url) as connection:
        connection.execute("INSERT INTO later VALUES (1)")


def test_who_is_in_the_database_is_sent_out(place: backup.Installation, tmp_path: Path) -> None:
    backup.save(place, tmp_path / "b.tar", at=AT)
    inside = psycopg.connect(place.app_url, autocommit=True)

    backup.restore(place, tmp_path / "b.tar", known=KNOWN)

    with pytest.raises(psycopg.OperationalError):
        inside.execute("SELECT 1")
    inside.close()
    assert state(place)[0] == (300, 45150)


def test_without_an_administrator_nobody_is_sent_out(place: backup.Installation, tmp_path: Path) -> None:
    backup.save(place, tmp_path / "b.tar", at=AT)
    before = state(place)
    alone = backup.Installation(**{**vars(place), "admin_url": None})
    inside = psycopg.connect(place.app_url, autocommit=True)

    with pytest.raises(Failed, match="stop Pendopo first"):
        backup.restore(alone, tmp_path / "b.tar", known=KNOWN)

    assert inside.execute("SELECT 1").fetchone() == (1,)
    inside.close()
    assert state(place) == before
    backup.restore(alone, tmp_path / "b.tar", known=KNOWN)
    assert state(place) == before


def rewritten(source: Path, **parts: bytes | None) -> Path:
    """Copy a backup with parts replaced (`manifest.json` is manifest_json here) or left out."""
    target = source.with_name(f"re-{source.name}")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            data = content.read() if content else b""
            data_or_none = parts.get(member.name.replace(".", "_"), data)
            if data_or_none is not None:
                member.size = len(data_or_none)
                new.addfile(member, io.BytesIO(data_or_none))
    return target


def with_member(source: Path, name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Path:
    with tarfile.open(source, "a") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname, member.size = kind, link, 4 if kind == tarfile.REGTYPE else 0
        tar.addfile(member, io.BytesIO(b"evil"))
    return source


def changed(source: Path, **fields: object) -> Path:
    with tarfile.open(source) as tar:
        content = tar.extractfile("manifest.json")
        assert content is not None
        manifest = json.load(content)
    return rewritten(source, manifest_json=json.dumps({**manifest, **fields}).encode())


HOSTILE = {
    "a path out": lambda tar: with_member(tar, "files/../../../evil"),
    "an absolute path": lambda tar: with_member(tar, "/var/pendopo-evil"),
    "a symbolic link": lambda tar: with_member(tar, "files/link", tarfile.SYMTYPE, "/etc"),
    "a hard link": lambda tar: with_member(tar, "files/link", tarfile.LNKTYPE, "../secret_key"),
    "a device": lambda tar: with_member(tar, "files/null", tarfile.CHRTYPE),
    "a pipe": lambda tar: with_member(tar, "files/pipe", tarfile.FIFOTYPE),
    "another file": lambda tar: with_member(tar, "secret_key"),
    "a file twice": lambda tar: with_member(tar, "files/logo.svg"),
    "a folder that is a file": lambda tar: with_member(rewritten(tar, files=None), "files"),
    "no manifest": lambda tar: rewritten(tar, manifest_json=None),
    "no database": lambda tar: rewritten(tar, database_dump=None),
    "words that are none": lambda tar: rewritten(tar, manifest_json=b"\xff{"),
    "a list": lambda tar: rewritten(tar, manifest_json=b"[]"),
    "a field too many": lambda tar: changed(tar, more=1),
    "another format": lambda tar: changed(tar, format=2),
    "a damaged database": lambda tar: rewritten(tar, database_dump=b"PGDMP damaged"),
    "a newer schema": lambda tar: changed(tar, migrations=[["queues", "0001_initial"], ["queues", "0002_later"]]),
    "other roles": lambda tar: changed(tar, app="somebody"),
    "another key": lambda tar: changed(tar, key="0" * 16),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_backup_that_is_not_right_is_refused_and_nothing_changes(
    place: backup.Installation, tmp_path: Path, what: str
) -> None:
    backup.save(place, tmp_path / "b.tar", at=AT)
    with psycopg.connect(place.owner_url) as connection:
        connection.execute("DELETE FROM ticket WHERE id > 5")
    before = state(place)

    with pytest.raises(Failed) as refusal:
        backup.restore(place, HOSTILE[what](tmp_path / "b.tar"), known=KNOWN)

    assert len(str(refusal.value)) > 20
    assert state(place) == before
    assert not Path("/var/pendopo-evil").exists()
    assert not list(tmp_path.parent.glob("evil"))


def test_a_dump_that_breaks_off_in_the_middle_changes_nothing(place: backup.Installation, tmp_path: Path) -> None:
    backup.save(place, tmp_path / "b.tar", at=AT)
    with tarfile.open(tmp_path / "b.tar") as tar:
        content = tar.extractfile("database.dump")
        assert content is not None
        dump = content.read()
    half = rewritten(tmp_path / "b.tar", database_dump=dump[: len(dump) * 3 // 4])
    broken = changed(half, dump=hashlib.sha256(dump[: len(dump) * 3 // 4]).hexdigest())
    before = state(place)

    with pytest.raises(Failed, match="pg_restore failed"):
        backup.restore(place, broken, known=KNOWN)

    assert state(place) == before


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not a tar at all"])
def test_what_is_no_tar_is_refused_in_words(place: backup.Installation, tmp_path: Path, content: bytes | None) -> None:
    before = state(place)
    source = tmp_path / "x.tar"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(Failed):
        backup.restore(place, source, known=KNOWN)

    assert state(place) == before


def test_an_existing_file_is_not_overwritten_and_a_failed_backup_leaves_none(
    place: backup.Installation, tmp_path: Path
) -> None:
    (tmp_path / "there.tar").write_text("mine")
    with pytest.raises(Failed, match="exists already"):
        backup.save(place, tmp_path / "there.tar", at=AT)
    assert (tmp_path / "there.tar").read_text() == "mine"

    nowhere = backup.Installation(**{**vars(place), "owner_url": place.owner_url.replace("/mall", "/nowhere")})
    with pytest.raises(Failed, match="pg_dump failed"):
        backup.save(nowhere, tmp_path / "b.tar", at=AT)
    assert sorted(os.listdir(tmp_path)) == ["there.tar", "var"]
