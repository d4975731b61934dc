from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that is issued here: its register, and how a number of it is written in a new year."""

    code: str
    register: str
    format: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a document receives at its signing, for its template: its number, and the address that verifies it."""

    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """One signature in a PDF: does it still cover what was signed, and was it given under this mall's authority.

    `stamped_at` is the moment that the time stamp proves; None where there is none that is worth something.
    """

    signer: str
    is_intact: bool
    is_ours: bool
    stamped_at: datetime | None


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
