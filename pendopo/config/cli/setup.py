import re
from typing import TYPE_CHECKING, Annotated

import typer

from pendopo.config.cli._inside import django
from pendopo.config.cli.up import make_ready
from pendopo.config.env import env
from pendopo.config.errors import Failed
from pendopo.config.running import database

if TYPE_CHECKING:
    from pendopo.config.founding import Founded
    from pendopo.tenancy.models import Mall, Region

SLUG = re.compile(r"[a-z0-9](?:-?[a-z0-9]){1,39}")
# Addresses of the demo mall and of what may stand beside malls one day.
RESERVED = frozenset({"contoh", "admin", "api", "static"})


def register(app: typer.Typer) -> None:
    @app.command()
    def setup(
        name: Annotated[str, typer.Option(prompt="Nama MPP / name of the mall", help="“MPP Kota Mojokerto”.")],
        slug: Annotated[str, typer.Option(prompt="Alamat / address (/m/…/)", help="Its address: “mojokerto”.")],
        region: Annotated[str, typer.Option(prompt="Kode wilayah / region code (35.76)", help="Kemendagri's code.")],
        admin_email: Annotated[str, typer.Option(prompt="Surel pengelola / e-mail of the administrator")],
        site: Annotated[str, typer.Option(help="The name of its building.")] = "Gedung MPP",
        admin_name: Annotated[str, typer.Option(help="The administrator's name.")] = "Pengelola MPP",
        timezone: Annotated[str, typer.Option(help="WIB, WITA or WIT; the region's when not given.")] = "",
    ) -> None:
        """Make an empty mall with its administrator, and say what to do next."""
        _check(name, slug, site, admin_name)
        with database(env):
            make_ready(env, demo=False)
        with django():
            from django.utils import timezone as clock

            from pendopo.config import founding
            from pendopo.kernel.ids import new_password

            _check_email(admin_email)
            told = founding.import_shared(at=clock.now())
            place = founding.region_of(region)
            done = founding.found(
                slug,
                name=name.strip(),
                region=place,
                timezone=_zone(timezone, place),
                site=site.strip(),
                email=admin_email.strip(),
                admin=admin_name.strip(),
                password=new_password(),
                at=clock.now(),
            )
        _tell(done, told)


def _check(name: str, slug: str, site: str, admin: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 40:
        raise Failed(f"--slug {slug}: 2 sampai 40 huruf kecil, angka dan “-” / small letters, digits and “-”.")
    if slug in RESERVED:
        raise Failed(f"--slug {slug}: alamat ini dipakai Pendopo sendiri / this address is Pendopo's own.")
    for option, text in (("--name", name), ("--site", site), ("--admin-name", admin)):
        if not 2 <= len(text.strip()) <= 120:
            raise Failed(f"{option}: 2 sampai 120 karakter / characters.")


def _check_email(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Failed(f"--admin-email {email}: bukan alamat surel / not an e-mail address.") from error


def _zone(text: str, region: "Region") -> "Mall.Zone":
    from pendopo.config.founding import zone_of
    from pendopo.tenancy.models import Mall

    if not text:
        return zone_of(region)
    for zone in Mall.Zone:
        if text.casefold() in {zone.value.casefold(), zone.name.casefold()}:
            return zone
    raise Failed(f"--timezone {text}: WIB, WITA atau / or WIT.")


def _tell(done: "Founded", told: list[str]) -> None:
    mall = done.mall
    for line in told:
        print(f"  + {line}")
    password = done.password or "(akun sudah ada: kata sandinya tetap / account was there: its own)"
    print(
        f"""
  {mall.name} · {mall.government} · {mall.Zone(mall.timezone).label} · /m/{mall.slug}/

  Pengelola / administrator: {done.account.contact}
  Kata sandi, ditunjukkan sekali / password, shown once: {password}

  Jam buka awal, periksa / opening hours to begin with, check them:
    Senin–Kamis 08.00–15.00 (istirahat 12.00–13.00), Jumat 08.00–15.00 (istirahat 11.30–13.00)

  Selanjutnya / next:
    pendopo import agencies instansi.csv --mall {mall.slug}   instansi, singkatan, kode, induk
    pendopo import counters loket.csv --mall {mall.slug}      zona, nomor, instansi
    pendopo import staff petugas.csv --mall {mall.slug}       nama, surel, peran, instansi
    pendopo import services layanan.csv --mall {mall.slug}    instansi, layanan, persyaratan, durasi, biaya
    pendopo arrange --mall {mall.slug}                        antrean dan terbit / queues, and publish
    pendopo device add --mall {mall.slug} --kind kiosk --name "Kios 1"
    pendopo up
"""
    )
