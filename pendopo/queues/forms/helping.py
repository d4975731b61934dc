from django import forms

from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.models import HelpCall


class HelpCallForm(forms.Form):
    """Who is wanted, from which counter (none: from the desk), and the page to go back to."""

    kind = forms.ChoiceField(choices=HelpCall.Kind.choices)
    counter = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    note = forms.CharField(max_length=80, required=False)
    back = forms.CharField(max_length=200, required=False)


class AnswerForm(forms.Form):
    """Which call for help is answered, and the page to go back to."""

    call = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    back = forms.CharField(max_length=200, required=False)
