from collections.abc import Callable

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.errors import RuleViolation


class Renderer(DjangoTemplates):
    """Render every form in the GOV.UK pattern: summary of errors first, hint and error tied to their field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"


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
