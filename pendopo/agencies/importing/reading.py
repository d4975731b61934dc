"""What the files of agencies, counters and staff have in common."""

from django.utils.translation import gettext as _

from pendopo.kernel.readable import strange_in_name


class Broken(Exception):
    """A line that cannot be taken, with the reason in words."""


def checked_name(text: str, column: str, *, longest: int) -> str:
    """Give a name back, or say why it cannot be one. Raises Broken."""
    if not text:
        raise Broken(_("Kolom “%(column)s” kosong.") % {"column": column})
    if len(text) > longest:
        raise Broken(_("Kolom “%(column)s” lebih dari %(count)s karakter.") % {"column": column, "count": longest})
    sign = strange_in_name(text)
    if sign:
        raise Broken(
            _("Kolom “%(column)s” memuat “%(sign)s”, yang tidak ada dalam nama.") % {"column": column, "sign": sign}
        )
    if not any(letter.isalnum() for letter in text):
        raise Broken(_("Kolom “%(column)s” tidak memuat huruf.") % {"column": column})
    return text
