from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shown(StrEnum):
    """What whoever holds a document's code may read of it, besides its state and who issued it."""

    TITLE = "title"
    NUMBER = "number"
    SIGNED_AT = "signed_at"
    VALID_UNTIL = "valid_until"
    SHA256 = "sha256"
    FILE = "file"
    REASON = "reason"


EVERYTHING: Final = tuple(Shown)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that is issued here: its register, how a number of it is written in a new year, and what may
    be read of one by whoever holds its code.
    """

    code: str
    register: str
    format: str
    shows: tuple[Shown, ...] = EVERYTHING


@dataclass(frozen=True, slots=True)
class Given:
    """What a document receives at its signing, for its template: its number, the address that verifies it, and what its
    QR holds: the same address, with the signed claims in its fragment.
    """

    number: str
    address: str
    scanned: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One signature in a PDF: does it still cover what was signed, and was it given under this mall's authority.

    `stamped_at` is the moment that the time stamp proves; None where there is none that is worth something.
    `expires_at` is when the signer's certificate ends.
    """

    signer: str
    is_intact: bool
    is_ours: bool
    stamped_at: datetime | None
    reason: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What the QR of a document says by itself: short, signed, and readable without a connection."""

    mall: str
    number: str
    kind: str
    # The first sixteen hexadecimal digits.
    sha256: str
    day: date


class WrongPartner(ValueError):
    """What was told is no address of an e-Sign service; the sentence never repeats it, for it holds a password."""


@dataclass(frozen=True, slots=True)
class Partner:
    """One e-Sign service of BSrE, as PENDOPO_BSRE tells it: https://NAME:PASSWORD@HOST[:PORT]/?version=2&mall=…&subscriber=…&ca=…&authority=…

    `version` is 2 or 1; `mall` the one mall that signs there, or empty for all; `subscriber` who the seal belongs to;
    `ca` a file with the authority of its TLS certificate where that is no public one; `authority` a file with the
    authorities (PEM) under which it signs, so that pages can verify what came from there.
    """

    url: str
    name: str = field(repr=False)
    password: str = field(repr=False)
    version: int = 2
    mall: str = ""
    subscriber: str = ""
    ca: str = ""
    authority: str = ""

    @classmethod
    def told(cls, text: str) -> Self:
        """Read an address. Raises WrongPartner."""
        try:
            parts = urlsplit(text)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise WrongPartner("The address cannot be read.") from None
        if parts.scheme != "https" or not parts.hostname:
            raise WrongPartner("It must begin with https:// and name a host: passphrases travel there.")
        if not parts.username or not parts.password:
            raise WrongPartner("It must name the service's account: https://NAME:PASSWORD@HOST/")
        if asked.get("version", "2") not in {"1", "2"}:
            raise WrongPartner("version is 1 or 2.")
        if unknown := set(asked) - {"version", "mall", "subscriber", "ca", "authority"}:
            raise WrongPartner(f"It knows no {', '.join(sorted(unknown))}.")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(
            url=f"https://{host}{port}{parts.path.rstrip('/')}",
            name=unquote(parts.username),
            password=unquote(parts.password),
            version=int(asked.get("version", "2")),
            **{name: asked.get(name, "") for name in ("mall", "subscriber", "ca", "authority")},
        )


def partners(text: str) -> tuple[Partner, ...]:
    """Read all services, with spaces between them. Raises WrongPartner."""
    return tuple(Partner.told(each) for each in text.split())


def partner_of(text: str, mall: str) -> Partner | None:
    """Return the service where a mall signs; None where it signs by itself. Raises WrongPartner."""
    told = partners(text)
    return next((each for each in told if each.mall == mall), next((each for each in told if not each.mall), None))


class Purpose(models.TextChoices):
    """What a file that somebody gives shows. A requirement that names one is asked once, whoever needs it."""

    KTP = "ktp", _("KTP-el")
    KK = "kk", _("Kartu Keluarga")
    BIRTH = "birth", _("Akta kelahiran")
    MARRIAGE = "marriage", _("Buku nikah atau akta perkawinan")
    DEATH = "death", _("Surat keterangan kematian")
    PHOTO = "photo", _("Pas foto")
    NPWP = "npwp", _("NPWP")
    NIB = "nib", _("NIB")
    LAND = "land", _("Bukti hak atas tanah")
    DIPLOMA = "diploma", _("Ijazah")
    POWER = "power", _("Surat kuasa")
    STATEMENT = "statement", _("Surat pernyataan")
    OTHER = "other", _("Lainnya")


class Source(models.TextChoices):
    """By what an officer knows that a file is right."""

    ORIGINAL = "original", _("Asli diperlihatkan di loket")
    REGISTER = "register", _("Cocok dengan data instansi penerbit")
    ISSUED = "issued", _("Diterbitkan oleh MPP ini")


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    PDF = "pdf", "PDF"


# Of a PDF; a scan of a hundred pages is common, more is a book.
MOST_PAGES = 200


class Refusal(models.TextChoices):
    """Why a file is not taken, in words for whoever gave it."""

    EMPTY = "empty", _("Berkas ini kosong.")
    LARGE = "large", _("Berkas lebih besar dari 10 MB.")
    TYPE = (
        "type",
        _("Isi berkas ini bukan PDF, JPEG, PNG, atau WebP. Nama berkas tidak menentukan: isinya yang dilihat."),
    )
    HEIC = (
        "heic",
        _(
            "Foto HEIC belum dapat dibaca. Simpan sebagai JPEG; di iPhone: Pengaturan, Kamera, Format, Paling "
            "Kompatibel."
        ),
    )
    SVG = "svg", _("Gambar SVG dapat memuat program dan tidak diterima. Simpan sebagai PNG atau PDF.")
    MIXED = (
        "mixed",
        _("Berkas ini memuat lebih dari satu jenis isi sekaligus. Simpan ulang sebagai PDF atau JPEG biasa."),
    )
    BROKEN = "broken", _("Berkas ini rusak atau terpotong. Buat lagi, lalu unggah kembali.")
    HEAVY = "heavy", _("Isi berkas ini mengembang terlalu besar saat dibuka. Simpan ulang dengan ukuran yang wajar.")
    PASSWORD = "password", _("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah kembali.")
    SCRIPT = "script", _("PDF ini memuat program (skrip). Cetak ke PDF baru, lalu unggah hasilnya.")
    LAUNCH = "launch", _("PDF ini dapat menjalankan program lain. Cetak ke PDF baru, lalu unggah hasilnya.")
    EMBEDDED = "embedded", _("PDF ini membawa berkas lain di dalamnya. Unggah setiap berkas sendiri-sendiri.")
    PAGES = "pages", _("PDF ini lebih dari 200 halaman. Bagi menjadi beberapa berkas.")
