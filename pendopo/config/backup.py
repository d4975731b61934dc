"""One file that holds an installation: the database, the files, and what is needed to judge them."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pendopo.config import databases
from pendopo.config.binaries import programs
from pendopo.config.errors import Failed
from pendopo.config.place import own_folder

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
FORMAT = 1
STILL_THERE = "Somebody still works in the database: stop Pendopo first (web, live and worker)."
Migration = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says about itself."""

    format: int
    version: str
    made_at: str
    migrations: list[list[str]]
    owner: str
    app: str
    # Identifiers are encrypted under the secret key, which is never in the backup: who finds one cannot read the other.
    key: str
    dump: str
    # The master key of malls likewise; a backup of before has none.
    master: str = ""


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What is saved, and where it comes back to."""

    data: Path
    owner_url: str
    app_url: str
    # May end the connections of others; None: they must have ended by themselves.
    admin_url: str | None
    secret_key: str
    master_key: str

    @property
    def database(self) -> str:
        return str(conninfo_to_dict(self.owner_url)["dbname"])

    @property
    def key(self) -> str:
        return hashlib.sha256(f"backup:{self.secret_key}".encode()).hexdigest()[:16]

    @property
    def master(self) -> str:
        return hashlib.sha256(f"backup:{self.master_key}".encode()).hexdigest()[:16]


def save(place: Installation, target: Path, *, at: datetime) -> Manifest:
    """Write a backup. The file appears whole or not at all, and only its owner may read it."""
    if target.exists():
        raise Failed(f"{target} exists already: choose another name.")
    with tempfile.TemporaryDirectory(dir=target.parent.absolute(), prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        _client("pg_dump", place.owner_url, "--format=custom", "--compress=6", f"--file={dump}")
        manifest = Manifest(
            format=FORMAT,
            version=_version(),
            made_at=at.isoformat(timespec="seconds"),
            migrations=[list(migration) for migration in sorted(_applied(place.owner_url))],
            owner=str(conninfo_to_dict(place.owner_url)["user"]),
            app=str(conninfo_to_dict(place.app_url)["user"]),
            key=place.key,
            dump=_digest(dump),
            master=place.master,
        )
        words = Path(folder) / MANIFEST
        words.write_text(json.dumps(asdict(manifest), indent=1))
        draft = Path(folder) / "backup.tar"
        with tarfile.open(draft, "w") as tar:
            tar.add(words, MANIFEST)
            tar.add(dump, DUMP)
            if (place.data / FILES).is_dir():
                tar.add(place.data / FILES, FILES, filter=_plain)
        draft.chmod(0o600)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.rename(target)
    return manifest


def restore(place: Installation, source: Path, *, known: Collection[Migration]) -> Manifest:
    """Bring a backup back. All is read into a new database first: a broken file changes nothing."""
    own_folder(place.data)
    with tempfile.TemporaryDirectory(dir=place.data, prefix=".restore-") as folder:
        manifest = _unpack(source, Path(folder))
        _judge(manifest, place, known)
        name = f"{place.database}_restore_{secrets.token_hex(4)}"
        maintenance = make_conninfo(place.owner_url, dbname="postgres")
        databases.create(maintenance, name)
        try:
            _load(make_conninfo(place.owner_url, dbname=name), Path(folder) / DUMP)
            databases.know(make_conninfo(place.owner_url, dbname=name))
            before = _swap_databases(place, name)
        except BaseException:
            databases.drop(place.admin_url or maintenance, name)
            raise
        _swap_files(place.data, Path(folder) / FILES)
        databases.drop(place.admin_url or maintenance, before)
    return manifest


def read_manifest(text: bytes) -> Manifest:
    """Understand what a backup says about itself, or refuse it."""
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise Failed(f"This backup has the format {found['format']}; this version reads {FORMAT}.")
        migrations = [[str(app), str(name)] for app, name in found["migrations"]]
        manifest = Manifest(**{**found, "migrations": migrations})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Failed("This is not a backup of Pendopo: its manifest cannot be read.") from error
    return manifest


def _unpack(source: Path, folder: Path) -> Manifest:
    """Take out a backup, after looking at every name in it: a tar may ask for any place on the disk."""
    try:
        with tarfile.open(source, "r:") as tar:
            members = tar.getmembers()
            for member in members:
                _look_at(member)
            names = {member.name for member in members}
            if len(names) != len(members) or not {MANIFEST, DUMP} <= names:
                raise Failed(f"{source} is not a backup of Pendopo: a part is missing or is there twice.")
            tar.extractall(folder, members=members, filter="data")
    except FileNotFoundError:
        raise Failed(f"There is no file {source}.") from None
    except (tarfile.TarError, OSError) as error:
        raise Failed(f"{source} cannot be read as a backup: {error}") from error
    manifest = read_manifest((folder / MANIFEST).read_bytes())
    if _digest(folder / DUMP) != manifest.dump:
        raise Failed(f"{source} is damaged: the database in it is not the one that was saved.")
    return manifest


def _look_at(member: tarfile.TarInfo) -> None:
    path = PurePosixPath(member.name)
    in_files = path.parts[:1] == (FILES,)
    lawful = (member.isreg() and not member.issparse() and (in_files or member.name in {MANIFEST, DUMP})) or (
        member.isdir() and in_files
    )
    if not lawful or path.is_absolute() or ".." in path.parts or path.as_posix() != member.name:
        raise Failed(f"The backup holds “{member.name}”, which does not belong into one: nothing was taken from it.")


def _judge(manifest: Manifest, place: Installation, known: Collection[Migration]) -> None:
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise Failed(
            f"The backup was made by a newer Pendopo ({manifest.version}): this one does not know {newer[0]}"
            f"{f' and {len(newer) - 1} more' if len(newer) > 1 else ''}. Update first."
        )
    owner, app = conninfo_to_dict(place.owner_url)["user"], conninfo_to_dict(place.app_url)["user"]
    if (manifest.owner, manifest.app) != (owner, app):
        raise Failed(
            f"The backup's roles are {manifest.owner} and {manifest.app}, here they are {owner} and {app}:"
            " its rights would be lost. Use roles of the same names."
        )
    if manifest.key != place.key:
        raise Failed(
            "The backup was made under another secret key, without which the identifiers in it cannot be read."
            " Put that installation's file secret_key into the data folder (or set PENDOPO_SECRET_KEY) and try again."
        )
    if manifest.master not in {"", place.master}:
        raise Failed(
            "The backup was made under another master key, without which nothing personal in it can be read."
            " Put that installation's file master_key into the data folder (or set PENDOPO_MASTER_KEY) and try again."
        )


def _swap_databases(place: Installation, new: str) -> str:
    """Give the new database the name of the old; both names change at once. Return what the old is called now."""
    before = f"{place.database}_before_{secrets.token_hex(4)}"
    url = place.admin_url or make_conninfo(place.owner_url, dbname="postgres")
    with _nobody_enters(url, place.database), psycopg.connect(url, autocommit=True) as connection:
        try:
            with connection.transaction():
                for old_name, name in ((place.database, before), (new, place.database)):
                    connection.execute(
                        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old_name), sql.Identifier(name))
                    )
        except psycopg.errors.ObjectInUse as error:
            raise Failed(STILL_THERE) from error
    return before


@contextlib.contextmanager
def _nobody_enters(url: str, database: str) -> Iterator[None]:
    """Send everybody out of a database and let nobody in, for the moment of the change."""
    with psycopg.connect(url, autocommit=True) as connection:
        name = sql.Identifier(database)
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [database]).fetchone()
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        try:
            try:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [database]
                )
            except psycopg.errors.InsufficientPrivilege as error:  # then they must go by themselves
                raise Failed(STILL_THERE) from error
            yield
        finally:
            # By its number: after the change it has another name.
            now = connection.execute("SELECT datname FROM pg_database WHERE oid = %s", [row and row[0]]).fetchone()
            if now is not None:
                connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(now[0])))


def _swap_files(data: Path, new: Path) -> None:
    old = data / FILES
    aside = data / f".files-before-{secrets.token_hex(4)}"
    if old.exists():
        old.rename(aside)
    if new.exists():
        new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Keep files and folders, and nothing of who owned them; a link in the folder is not one of ours."""
    if not (member.isreg() or member.isdir()):
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _applied(owner_url: str) -> set[Migration]:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        try:
            return {
                (str(app), str(name)) for app, name in connection.execute("SELECT app, name FROM django_migrations")
            }
        except psycopg.errors.UndefinedTable:
            return set()


def _load(url: str, dump: Path) -> None:
    """Read a dump into an empty database, or fail at its first fault."""
    with psycopg.connect(url) as connection:
        name, knows_the_timeout = connection.info.dbname, connection.info.server_version >= 170000
    if knows_the_timeout:
        _client("pg_restore", url, "--single-transaction", "--exit-on-error", f"--dbname={name}", str(dump))
        return
    # pg_restore 18 begins with a setting that servers before 17 do not know: that one fault, and no other, is none.
    try:
        _client("pg_restore", url, f"--dbname={name}", str(dump))
    except Failed as failure:
        faults = [line for line in str(failure).splitlines() if "pg_restore: error:" in line]
        if len(faults) != 1 or '"transaction_timeout"' not in faults[0]:
            raise


def _client(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes through its environment, out of the list of processes."""
    parts = conninfo_to_dict(url)
    word = str(parts.pop("password", "") or "")
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}
    surroundings = {names[key]: str(value) for key, value in parts.items() if key in names and value}
    ended = subprocess.run(
        [str(programs() / program), "--no-password", *arguments],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": word, **surroundings},
        capture_output=True,
        check=False,
    )
    if ended.returncode != 0:
        raise Failed(f"{program} failed: {ended.stderr.decode(errors='replace').strip()[-2000:]}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version() -> str:
    try:
        return version("pendopo")
    except PackageNotFoundError:
        return "checkout"
