import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.cli._inside import MallName, standing_in
from pendopo.config.errors import Failed

if TYPE_CHECKING:
    from pendopo.kernel.reports import Line, Report

LARGEST = 5 * 1024 * 1024
File = Annotated[
    Path, typer.Argument(help="CSV or XLSX; its first row names the columns.", exists=True, dir_okay=False)
]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Take the good lines though others are broken.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")]
CreateAgencies = Annotated[bool, typer.Option("--create-agencies", help="Add agencies that are not there yet.")]

TOTALS = {
    "taken": "baru / new",
    "changed": "diubah / changed",
    "unchanged": "tetap / unchanged",
    "refused": "ditolak / refused",
}
SIGNS = {"taken": "+", "changed": "~", "unchanged": "=", "refused": "!"}


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Import from CSV or XLSX, line by line; the same file again changes nothing.", no_args_is_help=True
    )
    app.add_typer(group, name="import")

    @group.command()
    def services(
        file: File,
        mall: MallName,
        skip_bad: SkipBad = False,
        dry_run: DryRun = False,
        create_agencies: CreateAgencies = False,
    ) -> None:
        """Columns: instansi, layanan; kelompok, durasi, biaya, dasar, sumber, persyaratan, prosedur."""
        with standing_in(mall) as here, _tried(dry_run):
            from django.utils import timezone

            from pendopo.catalogue.actions.imports import import_services

            told = import_services(
                here, _content(file), at=timezone.now(), skip_bad=skip_bad, create_agencies=create_agencies
            )
        if told.refused and not create_agencies:
            print("      --create-agencies: instansi yang belum ada ikut dibuat / agencies not there yet are made.")
        _tell(told, dry_run=dry_run)

    @group.command()
    def agencies(file: File, mall: MallName, skip_bad: SkipBad = False, dry_run: DryRun = False) -> None:
        """Columns: instansi; singkatan, kode, induk."""
        with standing_in(mall) as here, _tried(dry_run):
            from django.utils import timezone

            from pendopo.agencies.actions.imports import import_agencies

            told = import_agencies(here, _content(file), at=timezone.now(), skip_bad=skip_bad)
        _tell(told, dry_run=dry_run)

    @group.command()
    def counters(file: File, mall: MallName, skip_bad: SkipBad = False, dry_run: DryRun = False) -> None:
        """Columns: zona, nomor; instansi (empty: the common desk), lokasi."""
        with standing_in(mall) as here, _tried(dry_run):
            from django.utils import timezone

            from pendopo.agencies.actions.imports import import_counters

            told = import_counters(here, _content(file), at=timezone.now(), skip_bad=skip_bad)
        _tell(told, dry_run=dry_run)

    @group.command()
    def staff(file: File, mall: MallName, skip_bad: SkipBad = False, dry_run: DryRun = False) -> None:
        """Columns: nama, surel, peran; instansi (empty: the whole mall), kata_sandi (empty: made and printed once)."""
        with standing_in(mall) as here, _tried(dry_run):
            from django.utils import timezone

            from pendopo.agencies.actions.imports import import_staff

            told = import_staff(here, _content(file), at=timezone.now(), skip_bad=skip_bad)
        _tell(told, dry_run=dry_run)


def _content(file: Path) -> bytes:
    # No more than the importer would refuse: a huge file is not read whole to be told so.
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


@contextlib.contextmanager
def _tried(dry_run: bool) -> Iterator[None]:
    """Undo at the end what was only tried."""
    from django.db import transaction

    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def _tell(told: "Report", *, dry_run: bool) -> None:
    for note in told.notes:
        print(f"      {_shown(note)}")
    for line in told.lines:
        print(_line(line, dry_run=dry_run))
    counted = {outcome.value: count for outcome, count in told.totals.items()}
    totals = " · ".join(f"{counted.get(outcome, 0)} {words}" for outcome, words in TOTALS.items())
    print(f"{totals} · {told.mended} dirapikan / mended")
    if not told.is_written:
        raise Failed(
            "Tidak ada yang disimpan: perbaiki baris bertanda “!”, atau pakai --skip-bad."
            " / Nothing was kept: mend the lines marked “!”, or use --skip-bad."
        )
    if dry_run:
        print("Hanya dicoba; tidak ada yang disimpan. / Only tried; nothing was kept.")


def _line(line: "Line", *, dry_run: bool) -> str:
    parts = [line.name or "–", *line.mended, *line.notes]
    if line.why:
        parts.append(line.why)
    if line.secret and not dry_run:
        parts.append(f"kata sandi / password: {line.secret}")
    return f"{line.number:>5} {SIGNS[line.outcome]} {_shown(' · '.join(parts))}"


def _shown(text: str) -> str:
    """Keep what a file may hold from steering the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
