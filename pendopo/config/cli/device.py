import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.cli._inside import MallName, standing_in
from pendopo.config.errors import Failed

if TYPE_CHECKING:
    from pendopo.tenancy.models import Device, Mall, Site, Zone

KINDS = ("kiosk", "board", "counter", "pad", "printer")
Name = Annotated[str, typer.Option("--name", "-n", help="What it is called: “Kios pintu utara”.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Kiosks, boards and other devices of a mall.", no_args_is_help=True)
    app.add_typer(group, name="device")

    @group.command()
    def add(
        mall: MallName,
        name: Name,
        kind: Annotated[str, typer.Option(help=f"One of {', '.join(KINDS)}.")],
        site: Annotated[str, typer.Option(help="The site where it stands; the first when not given.")] = "",
        zone: Annotated[str, typer.Option(help="The code of its zone; not needed where there is only one.")] = "",
    ) -> None:
        """Put a device into service and print its token alone. It is kept nowhere."""
        if kind not in KINDS:
            raise Failed(f"--kind {kind}: one of {', '.join(KINDS)}.")
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.tenancy.actions import register_device

            place, part = _place(here, site, zone)
            _device, token = register_device(place, kind=kind, name=name, zone=part, at=timezone.now())
        print(token)

    @group.command()
    def printer(
        mall: MallName,
        name: Name,
        address: Annotated[str, typer.Option(help="Its number on the network: 10.0.0.5:9100. Empty: no printer.")],
        paper: Annotated[int, typer.Option(help="The width of its paper in mm, 80 or 58.")] = 80,
    ) -> None:
        """Say where the slips of a kiosk are printed (ESC/POS over the network)."""
        if paper not in {80, 58}:
            raise Failed(f"--paper {paper}: 80, 58.")
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.tenancy.actions import connect_printer

            connect_printer(_in_service(here, name), address=address, paper_mm=paper, at=timezone.now())
        print(f"{name}: {address or 'tanpa pencetak / no printer'}.", file=sys.stderr)

    @group.command()
    def revoke(mall: MallName, name: Name) -> None:
        """Take a device out of service: its token opens nothing from now on."""
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.tenancy.actions import revoke_device

            revoke_device(_in_service(here, name), at=timezone.now())
        print(f"{name}: dicabut / revoked.", file=sys.stderr)


def _in_service(mall: "Mall", name: str) -> "Device":
    from pendopo.tenancy.models import Device

    device = Device.objects.in_service().filter(mall=mall, name=name).first()
    if device is None:
        raise Failed(f"Tidak ada perangkat “{name}” yang bertugas / no such device in service.")
    return device


def _place(mall: "Mall", site: str, zone: str) -> tuple["Site", "Zone | None"]:
    from pendopo.tenancy.models import Site, Zone

    sites = list(Site.objects.in_use().filter(mall=mall).order_by("position", "pk"))
    found = [place for place in sites if not site or place.name.casefold() == site.casefold()]
    if not found:
        raise Failed(f"--site {site}: {', '.join(place.name for place in sites) or 'belum ada lokasi / no site yet'}.")
    zones = list(Zone.objects.in_use().filter(mall=mall, site=found[0]).order_by("code"))
    if not zone:
        return found[0], zones[0] if len(zones) == 1 else None
    part = next((part for part in zones if part.code.casefold() == zone.casefold()), None)
    if part is None:
        raise Failed(f"--zone {zone}: {', '.join(part.code for part in zones) or 'belum ada zona / no zone yet'}.")
    return found[0], part
