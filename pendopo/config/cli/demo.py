from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pendopo.config.cli._inside import django
from pendopo.config.errors import Failed


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Make the demo mall, and let visitors come.", invoke_without_command=True)
    app.add_typer(group, name="demo")

    @group.callback()
    def demo(
        context: typer.Context,
        reset: Annotated[bool, typer.Option("--reset", help="Remove it with all that was done in it first.")] = False,
        scene: Annotated[
            str, typer.Option(help="Make it anew, on the day of a press report; docs/demo.md names them.")
        ] = "",
    ) -> None:
        """Make the demo mall with 24 agencies and 178 services, and print its logins. Once made it stays as it is."""
        if context.invoked_subcommand is None:
            with django():
                _build(reset=reset or bool(scene), scene=scene)
        elif reset or scene:
            raise Failed("--reset and --scene stand alone: `pendopo demo --reset`.")

    @group.command()
    def traffic(
        day: Annotated[str, typer.Option(help="The day to play, as 2026-11-23; today when not given.")] = "",
        speed: Annotated[
            float, typer.Option(min=0, help="60: an hour a minute. 0: as fast as this machine can.")
        ] = 60.0,
        visitors: Annotated[int, typer.Option(min=1, max=5000, help="How many people come.")] = 400,
        seed: Annotated[int, typer.Option(help="The same seed brings the same people.")] = 1,
        mall: Annotated[str, typer.Option(help="The demo mall's address.")] = "contoh",
    ) -> None:
        """Play a day in the demo mall: people come, are called, served and rate. Ctrl-C ends the day early."""
        with django():
            _play(mall, _day(day), speed=speed, visitors=visitors, seed=seed)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Failed(f"--day {text}: write it as 2026-11-23.") from error


def _progress(*columns: TextColumn) -> Progress:
    return Progress(*columns, BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())


def _build(*, reset: bool, scene: str) -> None:
    from django.utils import timezone

    from pendopo.demo import actions, removal, scenes
    from pendopo.demo.types import SLUG

    if scene and scene not in scenes.SCENES:
        raise Failed(f"--scene {scene}: there is {', '.join(sorted(scenes.SCENES))}. Nothing was changed.")
    if reset and removal.remove(SLUG):
        print("MPP contoh dihapus. / The demo mall is removed.")
    with _progress(TextColumn("MPP Pendopo Raya")) as progress:
        task = progress.add_task("", total=None)
        mall, is_new = actions.build(
            at=timezone.now(), tell=lambda done, parts: progress.update(task, completed=done, total=parts)
        )
        progress.update(task, visible=is_new)
        if scene:
            scenes.play(scene, mall)
    if is_new:
        print(f"{mall.name}, {mall.government}: 24 instansi, 178 layanan, 60 loket.")
    else:
        print(f"{mall.name} sudah ada; tidak ada yang diubah. / It is there already; nothing was changed.")
    _print_logins()


def _print_logins() -> None:
    from pendopo.demo.staff import shown_logins
    from pendopo.demo.types import PASSWORD

    table = Table("Akun / login", "Nama / name", "Peran / role", title=f"Kata sandi / password: {PASSWORD}")
    for login in shown_logins():
        table.add_row(*login)
    Console().print(table)


def _play(slug: str, day: date | None, *, speed: float, visitors: int, seed: int) -> None:
    from django.utils import timezone

    from pendopo.demo import traffic
    from pendopo.demo.types import Moment

    mall = traffic.demo_mall(slug)
    with _progress(TextColumn("{task.description}")) as progress:
        task = progress.add_task("", total=visitors)

        def watch(moment: Moment) -> None:
            clock = f"{mall.local(moment.at):%H.%M}  {moment.taken} nomor"
            progress.update(task, completed=moment.ended, description=clock)

        today = mall.local(timezone.now()).date()
        played = traffic.play(
            mall, day or today, visitors=visitors, seed=seed, speed=speed, watch=watch, now=timezone.now()
        )
    print(
        f"{played.taken} nomor: {played.served} dilayani ({played.sent_away} belum dapat dilayani),"
        f" {played.absent} tidak hadir, {played.cancelled} dibatalkan, {played.rated} penilaian."
    )
    if played.left_alone:
        print(f"{played.left_alone} loket dipakai orang dan tidak disentuh. / Counters used by people were left alone.")
