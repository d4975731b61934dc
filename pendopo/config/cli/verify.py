import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

What = Annotated[str, typer.Argument(help="A PDF, or what the QR of a document holds.", metavar="FILE|CLAIM")]
Key = Annotated[Path | None, typer.Option("--key", help="The mall's key.json, from /m/ADDRESS/v/key.json.")]


def register(app: typer.Typer) -> None:
    app.command()(verify)


def verify(what: What, key: Key = None) -> None:
    """Verify a document without the database and without a connection: its signatures, or the claims of its QR."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
    import django as framework

    framework.setup()
    from pendopo.documents.queries import offline
    from pendopo.kernel.errors import NotUnderstood

    try:
        keys = offline.key_file(key.read_text(errors="replace")) if key else None
        is_file = len(what) < 500 and Path(what).is_file()
        _signatures(Path(what).read_bytes(), keys) if is_file else _claim(what, keys)
    except NotUnderstood as refusal:
        raise Failed(str(refusal)) from refusal
    except OSError as error:
        raise Failed(f"{error.filename}: {error.strerror}") from error


def _signatures(pdf: bytes, keys: "Mapping[str, object] | None") -> None:
    from django.utils import timezone

    from pendopo.documents.queries import offline

    found = offline.signatures(pdf, keys, at=timezone.now())
    for each in found:
        whole = "utuh / intact" if each.is_intact else "BERUBAH / ALTERED"
        whose = "oleh MPP ini / by this mall" if each.is_ours else "penanda tangan tidak dikenal / unknown signer"
        print(f"{each.signer}: {whole}; {whose}; {each.reason}; {each.stamped_at or '–'}")
    if not found:
        raise Failed("Tanpa tanda tangan / no signature.")
    if not all(each.is_intact for each in found):
        raise Failed("Isi PDF ini diubah setelah ditandatangani / altered after it was signed.")
    if keys and not all(each.is_ours for each in found):
        raise Failed("Tidak ditandatangani oleh MPP ini / not signed by this mall.")


def _claim(text: str, keys: "Mapping[str, object] | None") -> None:
    from pendopo.documents.queries import offline

    if keys is None:
        raise Failed("Klaim diperiksa dengan --key key.json / a claim needs --key key.json.")
    told = offline.claim(text, keys)
    print(f"{told.mall}: {told.number}, {told.kind}, {told.day:%Y-%m-%d}, sha256 {told.sha256}…")
