"""Names as people typed them, made fit to be read: blanks, commas, and texts written in capitals only."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Short words that stay in capitals. Longer names of this kind are recognised by having no vowel, or by standing in
# brackets after the words that they shorten.
ABBREVIATIONS = frozenset(
    [
        "AJB",
        "AK1",
        "AMDAL",
        "APBD",
        "APBN",
        "ASN",
        "ATR",
        "BAPENDA",
        "BAPPEDA",
        "BAZNAS",
        "BBM",
        "BIN",
        "BKD",
        "BKN",
        "BKPSDM",
        "BNI",
        "BNN",
        "BNNK",
        "BNSP",
        "BP",
        "BPBD",
        "BPHTB",
        "BPJS",
        "BPKB",
        "BPKAD",
        "BPN",
        "BPOM",
        "BPR",
        "BPS",
        "BPSK",
        "BRI",
        "BSI",
        "BSSN",
        "BTN",
        "BUMD",
        "BUMDES",
        "BUMN",
        "CV",
        "DAK",
        "DIY",
        "DKI",
        "DLH",
        "DPA",
        "DPMPTSP",
        "DPR",
        "DPRD",
        "DPUPR",
        "DTKS",
        "ESDM",
        "FKTP",
        "FKUB",
        "HAKI",
        "HAM",
        "HGB",
        "HGU",
        "HO",
        "HPL",
        "IKM",
        "IMB",
        "IMEI",
        "IMTA",
        "IPAL",
        "IPPT",
        "IT",
        "IUI",
        "IUJK",
        "IUMK",
        "IUP",
        "IUPP",
        "IUPPT",
        "IUTM",
        "JKN",
        "JKP",
        "KB",
        "KBLI",
        "KEK",
        "KIA",
        "KIP",
        "KIS",
        "KITAP",
        "KITAS",
        "KK",
        "KKPR",
        "KPP",
        "KPU",
        "KTA",
        "KTP",
        "KUA",
        "KUR",
        "LHKPN",
        "LKP",
        "LKPM",
        "LPG",
        "LPK",
        "LPSE",
        "MA",
        "MI",
        "MBR",
        "MOU",
        "MPP",
        "MTS",
        "MUI",
        "NIB",
        "NIK",
        "NIP",
        "NKV",
        "NPSN",
        "NPWP",
        "OPD",
        "ORI",
        "OSS",
        "P2",
        "P3K",
        "PAD",
        "PAUD",
        "PBB",
        "PBG",
        "PBI",
        "PBPU",
        "PDAM",
        "PGRI",
        "PIP",
        "PIRT",
        "PKB",
        "PKBM",
        "PKH",
        "PKL",
        "PKPLH",
        "PKS",
        "PKWT",
        "PLN",
        "PMI",
        "PN",
        "PNBP",
        "PNS",
        "POLRI",
        "PPAT",
        "PPB",
        "PPDB",
        "PPH",
        "PPID",
        "PPN",
        "PPPK",
        "PPU",
        "PSC",
        "PSE",
        "PT",
        "PTSL",
        "PTUN",
        "PU",
        "PUD",
        "PUPR",
        "RAPBD",
        "RI",
        "RS",
        "RSUD",
        "RT",
        "RW",
        "SAW",
        "SBU",
        "SD",
        "SDA",
        "SDM",
        "SHM",
        "SIA",
        "SIK",
        "SIM",
        "SIMB",
        "SIP",
        "SIPA",
        "SIPB",
        "SIPP",
        "SIUP",
        "SKA",
        "SKAB",
        "SKCK",
        "SKL",
        "SKP",
        "SKPD",
        "SKT",
        "SKTM",
        "SLB",
        "SLF",
        "SLO",
        "SLTA",
        "SLTP",
        "SMA",
        "SMK",
        "SMP",
        "SNI",
        "SOP",
        "SPBU",
        "SPIP",
        "SPP",
        "SPPL",
        "SPPT",
        "SPT",
        "STNK",
        "STR",
        "STTP",
        "SWDKLLJ",
        "TBM",
        "TDG",
        "TDI",
        "TDP",
        "TDUP",
        "TK",
        "TKA",
        "TKI",
        "TNI",
        "TPA",
        "TPI",
        "TPQ",
        "TPS",
        "TPU",
        "UKL",
        "UKM",
        "UMK",
        "UMKM",
        "UPL",
        "UPPD",
        "UPTD",
        "UPT",
        "USD",
        "UU",
        "VI",
        "WIB",
        "WIT",
        "WITA",
        "WNA",
        "WNI",
        "WP",
    ]
)
SMALL = frozenset(
    [
        "agar",
        "akan",
        "antara",
        "atas",
        "atau",
        "bagi",
        "dalam",
        "dan",
        "dari",
        "dengan",
        "di",
        "guna",
        "ke",
        "kepada",
        "melalui",
        "oleh",
        "pada",
        "para",
        "per",
        "sampai",
        "serta",
        "terhadap",
        "tentang",
        "untuk",
        "yang",
    ]
)
ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BRACKETED = re.compile(r"\(([^\W\d_]{2,8})\)")
VOWELS = frozenset("AEIOU")
# Signs that stand in no name: what they begin is meant for a browser, a spreadsheet or a database.
FOREIGN_TO_NAMES = frozenset("<>{}[]\\`~^|$;=")


@dataclass(frozen=True, slots=True)
class Readable:
    """A text made readable, and in words what was mended in it."""

    text: str
    mended: tuple[str, ...] = ()
    # Capitals are guessed: a text that somebody wrote with care wins over them.
    is_guessed: bool = False


def tidy(text: str) -> str:
    """Write a text with single blanks and none before a comma or inside a bracket."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = re.sub(r"\s+([,.;:)])", r"\1", text)
    text = re.sub(r"\(\s+", "(", text)
    return re.sub(r"(?<=[^\W\d_]),(?=[^\W\d_])", ", ", text)


def readable(text: str) -> Readable:
    """Mend blanks and, in a text that is all or nearly all capitals, the capitals; abbreviations keep theirs."""
    tidied = tidy(text)
    mended = [] if tidied == text.strip() else [_("spasi dirapikan")]
    cased = _lowered(tidied) if _shouts(tidied) else tidied
    if re.match(r"[^\W\d_A-Z]{2}", cased):
        cased = cased[0].upper() + cased[1:]
    if cased == tidied:
        return Readable(tidied, tuple(mended))
    return Readable(cased, (*mended, _("huruf kapital dirapikan")), is_guessed=True)


def strange_in_name(text: str) -> str:
    """Return the first sign that cannot stand in a name ("" when there is none)."""
    if is_formula(text):
        return text[0]
    if "--" in text or "/*" in text:
        return "--" if "--" in text else "/*"
    return next((letter for letter in text if letter in FOREIGN_TO_NAMES or ord(letter) < 32), "")


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would take the text for a formula and run it when it is exported again."""
    return text[:1] in {"=", "@", "+", "\t"} or (text[:1] == "-" and len(text) > 1 and not text[1].isspace())


def has_markup(text: str) -> bool:
    """Say whether the text holds what looks like a tag."""
    return re.search(r"<[A-Za-z/!?]", text) is not None


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    return upper > 0.6 * len(letters)


def _lowered(text: str) -> str:
    shortened = {word for word in BRACKETED.findall(text) if _shortens(word, text.partition(f"({word})")[0])}

    def word(found: re.Match[str]) -> str:
        written = found[0]
        before = text[: found.start()]
        return _word(written, shortened, follows=before[-1:], is_first=not WORD.search(before))

    return WORD.sub(word, text)


def _word(written: str, shortened: set[str], *, follows: str, is_first: bool) -> str:
    if written != written.upper():
        return written
    if written == "EL" and follows == "-":
        return "el"
    if written.lower() in SMALL and not is_first:
        return written.lower()
    if written in shortened or _is_abbreviation(written):
        return written
    return written[0] + written[1:].lower()


def _is_abbreviation(word: str) -> bool:
    return (
        len(word) == 1
        or word in ABBREVIATIONS
        or any(letter.isdigit() for letter in word)
        or ROMAN.fullmatch(word) is not None
        or not VOWELS.intersection(word)
    )


def _shortens(word: str, text: str) -> bool:
    """Say whether the letters of a word stand in this order in the words before it, from the start of one of them."""
    for begin in (found.start() for found in WORD.finditer(text)):
        rest = iter(text[begin:])
        if text[begin] == word[0] and all(letter in rest for letter in word):
            return True
    return False
