from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.errors import NotUnderstood, RuleViolation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Renderer(DjangoTemplates):
    """Render every form in the GOV.UK pattern: summary of errors first, hint and error tied to their field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"


def yes_or_no(label: "str | _StrPromise") -> forms.TypedChoiceField:
    """Ask for yes or no by two buttons, each as large as a finger; nothing chosen is no."""
    return forms.TypedChoiceField(
        label=label, required=False, coerce=bool, widget=forms.RadioSelect,
        empty_value=False,  # type: ignore[arg-type] # given back as it is
        choices=[("", _("Tidak")), ("yes", _("Ya"))],
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is decided; forms that change a setting begin with it and show it last."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)


def carried_out(form: forms.Form, act: Callable[[], object]) -> bool:
    """Act when the form is good; a refusal then stands in the form, in words. Say whether it was done."""
    if not form.is_valid():
        return False
    try:
        act()
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def understood[F: forms.Form](form: F) -> F:
    """Return a form that was sent as its page sends it. Raises NotUnderstood."""
    if not form.is_valid():
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form
