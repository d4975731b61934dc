"""How somebody wants to be told."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.forms import yes_or_no
from pendopo.notifications.models import Preference
from pendopo.notifications.models.messages import CHANNEL_CHOICES
from pendopo.notifications.models.preferences import QUIET_FROM, QUIET_UNTIL

HOURS = [(f"{hour:02}:00", f"{hour:02}.00") for hour in range(24)]
NONE = ("", _("Tidak dipakai"))


class ChoosingForm(forms.Form):
    """Channels in their order, language, quiet hours."""

    first = forms.ChoiceField(label=_("Saluran pertama"), required=False, choices=[NONE, *CHANNEL_CHOICES])
    second = forms.ChoiceField(label=_("Bila tidak bisa, lewat"), required=False, choices=[NONE, *CHANNEL_CHOICES])
    third = forms.ChoiceField(label=_("Bila tidak bisa juga, lewat"), required=False, choices=[NONE, *CHANNEL_CHOICES])
    language = forms.ChoiceField(
        label=_("Bahasa pesan"), widget=forms.RadioSelect, choices=[("id", "Bahasa Indonesia"), ("en", "English")]
    )
    is_quiet = yes_or_no(_("Jangan kirim pada jam tenang"))
    quiet_from = forms.ChoiceField(label=_("Jam tenang mulai"), choices=HOURS)
    quiet_until = forms.ChoiceField(
        label=_("Jam tenang sampai"), choices=HOURS, help_text=_("Boleh melewati tengah malam.")
    )

    def clean(self) -> dict[str, object]:
        """Return what the action wants: the channels in order, and hours or none."""
        given = super().clean() or {}
        wished = [given.get(name, "") for name in ("first", "second", "third")]
        hours = [time.fromisoformat(given.get(name) or "00:00") for name in ("quiet_from", "quiet_until")]
        is_quiet = bool(given.get("is_quiet"))
        return {
            "channels": [name for name in wished if name],
            "language": given.get("language", ""),
            "quiet_from": hours[0] if is_quiet else None,
            "quiet_until": hours[1] if is_quiet else None,
        }


def filled(preference: Preference | None, order: list[str]) -> dict[str, object]:
    """Return what the form shows first: what was chosen, or what holds for whoever chose nothing."""
    channels = list(preference.order) if preference else order
    begins, ends = (preference.quiet_from, preference.quiet_until) if preference else (QUIET_FROM, QUIET_UNTIL)
    return {
        **dict(zip(("first", "second", "third"), [*channels, "", "", ""], strict=False)),
        "language": preference.language if preference else "id",
        "is_quiet": "yes" if begins is not None else "",
        "quiet_from": f"{begins or QUIET_FROM:%H:%M}",
        "quiet_until": f"{ends or QUIET_UNTIL:%H:%M}",
    }
