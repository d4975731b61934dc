"""The migrated template, kept from run to run where PENDOPO_TEST_CACHE names a folder: to migrate takes a minute."""

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from pendopo.config import connections
from pendopo.config.binaries import programs
from pendopo.config.postgres import EmbeddedServer

PRODUCT = Path(__file__).resolve().parents[1] / "pendopo"
# What migrations are made of, and read.
MADE_OF = ("*/migrations/**/*", "*/sql/*.sql", "*/data/**/*", "*/operations.py", "config/*.py", "*/models*/**/*.py")


def fill(server: EmbeddedServer, folder: str, migrate: Callable[[], None]) -> None:
    """Fill the template's database: from the folder when it was migrated before by the same files, else anew."""
    kept = Path(folder) / f"{_digest()}.dump" if folder else None
    if kept and kept.exists():
        _run("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={_url(server)}", str(kept))
        return
    migrate()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        _run("pg_dump", "--format=custom", "--compress=0", f"--file={draft}", f"--dbname={_url(server)}")
        draft.replace(kept)


def _digest() -> str:
    files = sorted({each for pattern in MADE_OF for each in PRODUCT.glob(pattern) if each.is_file()})
    digest = hashlib.sha256()
    for each in files:
        if "__pycache__" not in each.parts:
            digest.update(f"{each.relative_to(PRODUCT)}\n".encode() + each.read_bytes())
    return digest.hexdigest()[:32]


def _url(server: EmbeddedServer) -> str:
    return server.url(connections.SUPERUSER)


def _run(program: str, *arguments: str) -> None:
    subprocess.run([str(programs() / program), *arguments], check=True, timeout=120)
