"""What has to be done before the processes start: only what is not up to date, so that a second start is quick."""

import fcntl
import hashlib
import sysconfig
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from pendopo.config.env import CHECKOUT

PACKAGE = CHECKOUT / "pendopo"


def schema_digest() -> str:
    """Digest what the tables follow from: our migrations, the installed packages (which bring their own), settings."""
    digest = _installed()
    for path in sorted([*PACKAGE.glob("*/migrations/**/*"), PACKAGE / "config" / "settings.py"]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def static_digest() -> str:
    """Digest what the collected static files follow from, by size and time of change."""
    digest = _installed()
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            found = path.stat()
            digest.update(f"{path.relative_to(PACKAGE)} {found.st_size} {found.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def is_migrated(owner_url: str, digest: str) -> bool:
    """Tell whether this very database was last migrated by this code.

    The mark is a comment on the database itself: it goes where the data goes, and a restored database has none.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == _mark(digest)


def mark_migrated(owner_url: str, digest: str) -> None:
    """Remember it, once every migration has run."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(connection.info.dbname), sql.Literal(_mark(digest))
            )
        )


def ensure_collected(data: Path, collect: Callable[[], None]) -> None:
    """Collect the static files unless they were collected from what is there now.

    One at a time: `collect` empties and fills a folder that commands started together share.
    """
    mark = data / "static.digest"
    with (data / "static.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = static_digest()
        if (data / "static" / "staticfiles.json").exists() and mark.exists() and mark.read_text() == digest:
            return
        mark.unlink(missing_ok=True)
        collect()
        mark.write_text(digest)


def has_mall(owner_url: str, slug: str) -> bool:
    """Tell whether a mall is there, without loading Django."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM tenancy_mall WHERE slug = %s", [slug]).fetchone() is not None


def _mark(digest: str) -> str:
    return f"migrated by {digest}"


def _installed() -> "hashlib._Hash":
    site = Path(sysconfig.get_path("purelib"))
    return hashlib.sha256("\0".join(sorted(path.name for path in site.glob("*.dist-info"))).encode())
