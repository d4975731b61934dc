"""What an address asks for: a year, one of some words, words to look for."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel.errors import NotUnderstood


def asked_year(request: Request) -> int:
    """Return the year of the address, this one without. Raises NotUnderstood."""
    text = request.GET.get("year", "")
    if not text:
        return todays_date(request).year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 2000 <= int(text) < 2100):
        raise NotUnderstood(_("Tahun tidak dikenal. Tulis seperti 2026."))
    return int(text)


def asked_choice(request: Request, name: str, allowed: Collection[str]) -> str:
    """Return one of some words, or nothing. Raises NotUnderstood."""
    text = request.GET.get(name, "")
    if text and text not in allowed:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return text


def asked_words(request: Request) -> str:
    """Return the words to look for."""
    return request.GET.get("q", "").strip()[:100]
