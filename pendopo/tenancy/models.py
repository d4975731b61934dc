"""Where: regions, malls, their sites and zones, and the devices that stand there."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

HEARTBEAT_EXPECTED = timedelta(seconds=90)


class Region(models.Model):
    """A province, regency, city, district or village by its Kemendagri code."""

    tenant = "shared"

    class Level(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabkota", _("Kabupaten/Kota")
        DISTRICT = "kecamatan", _("Kecamatan")
        VILLAGE = "keldesa", _("Kelurahan/Desa")

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=9, choices=Level)
    parent_code = models.CharField(max_length=13, blank=True)
    edition = models.CharField(max_length=60)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["parent_code"], name="region_children")]

    def __str__(self) -> str:
        return self.name


class Mall(models.Model):
    """One government's Mal Pelayanan Publik with all its places: the tenant. Perpres 89/2021."""

    tenant = "shared"

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    government = models.CharField(max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)
    timezone = models.CharField(max_length=20, choices=Zone, default=Zone.WIB)
    is_demo = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    # Empty: the colours and the mark that Pendopo brings. `logo` is a path below the data folder, named by its digest.
    accent = models.CharField(max_length=7, blank=True, db_default="")
    logo = models.CharField(max_length=120, blank=True, db_default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(accent__regex=r"^(#[0-9a-f]{6})?$"), name="accent_is_a_colour"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this mall's days begin and its times are shown."""
        return ZoneInfo(self.timezone)

    def local(self, at: datetime) -> datetime:
        """Turn a moment into this mall's wall-clock time."""
        return at.astimezone(self.zone)


class SiteQuerySet(models.QuerySet["Site"]):
    def in_use(self) -> Self:
        """All but those that ended, and vans that were taken off the road."""
        return self.filter(retired_at=None)


class Site(models.Model):
    """A place of a mall: the hall, a van, an outpost in a kelurahan, puskesmas or hospital.

    A van has a number plate, or another label that people see on it. Ended, or taken off the road, it stays.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        HALL = "hall", _("Gedung")
        VAN = "van", _("Kendaraan keliling")
        OUTPOST = "outpost", _("Pos layanan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HALL)
    address = models.TextField(blank=True)
    plate = models.CharField(max_length=20, blank=True, db_default="")
    retired_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="site_name_once"),
            models.CheckConstraint(condition=Q(plate="") | Q(kind="van"), name="only_vans_have_plates"),
        ]

    def __str__(self) -> str:
        return self.name


class Stop(models.Model):
    """Where a van stands on one day and when it receives people there, in the mall's own time.

    Called off it stays, with the reason that people are told.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="stops")
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    place = models.CharField(max_length=160)
    note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="stop_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, reason="") | (Q(cancelled_at__isnull=False) & ~Q(reason="")),
                name="stop_called_off_with_reason",
            ),
            models.UniqueConstraint(
                fields=["mall", "site", "day", "opens"], condition=Q(cancelled_at=None), name="stop_once"
            ),
        ]
        indexes = [models.Index(fields=["mall", "site", "day"], name="stops_of_day")]

    def __str__(self) -> str:
        return self.place

    def has_begun(self, local: datetime) -> bool:
        """Whether the van has opened there by a moment of the mall's own clock."""
        return (self.day, self.opens) <= (local.date(), local.time())

    def is_over(self, local: datetime) -> bool:
        """Whether the stop has ended by a moment of the mall's own clock."""
        return (self.day, self.closes) <= (local.date(), local.time())

    def is_now(self, local: datetime) -> bool:
        """Whether the van receives people there at a moment of the mall's own clock."""
        return self.cancelled_at is None and self.has_begun(local) and not self.is_over(local)


class ZoneQuerySet(models.QuerySet["Zone"]):
    def in_use(self) -> Self:
        """Those that did not end, of sites that did not."""
        return self.filter(retired_at=None, site__retired_at=None)

    def hold(self, zone: "Zone") -> bool:
        """Keep a zone from ending until the transaction does; False when it has ended. Site first, as its end locks."""
        Site.objects.select_for_update(no_key=True).get(pk=zone.site_id)
        return self.in_use().select_for_update(no_key=True, of=("self",)).filter(pk=zone.pk).first() is not None


class Zone(models.Model):
    """A part of a site that hears one voice and sees its own boards. Its code can be given again after it ended."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="zones")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "site", "code"], condition=Q(retired_at=None), name="zone_code_once_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DeviceQuerySet(models.QuerySet["Device"]):
    def in_service(self) -> Self:
        """Those that were not taken out of service."""
        return self.filter(revoked_at=None)


class Device(models.Model):
    """A kiosk, board, counter PC, rating pad or printer, known by its signed token."""

    tenant = "mall"

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("Kios")
        BOARD = "board", _("Papan antrean")
        COUNTER = "counter", _("PC loket")
        PAD = "pad", _("Alat nilai")
        PRINTER = "printer", _("Pencetak")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(max_length=32)
    paper = models.CharField(max_length=10, blank=True)
    paper_mm = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=64, blank=True, db_default="")
    speaks = models.BooleanField(default=False, db_default=False)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="device_name_once"),
            models.UniqueConstraint(
                fields=["mall", "zone"], condition=Q(speaks=True, revoked_at=None), name="one_voice_a_zone"
            ),
            models.CheckConstraint(condition=Q(paper_mm=None) | Q(paper_mm__in=[58, 80]), name="paper_58_or_80_mm"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, at: datetime) -> bool:
        """Say whether the device has missed its heartbeat (each 30 s; three in a row)."""
        return self.last_seen_at is None or at - self.last_seen_at > HEARTBEAT_EXPECTED


class MallKey(models.Model):
    """One of a mall's keys, wrapped by the installation's master key: what it sealed names it by its number.

    Exactly one of each kind is current; the others stay, for what was sealed before and for backups.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        SEAL = "seal", _("Menyegel")
        SEARCH = "search", _("Mencari")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    number = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    # Which master key opens it.
    master = models.CharField(max_length=16)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "kind", "number"], name="mall_key_numbered_once"),
            models.UniqueConstraint(fields=["mall", "kind"], condition=Q(retired_at=None), name="one_current_mall_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="mall_key_from_one"),
        ]
