from django import forms

from pendopo.surveys.models import Rating


class RatingForm(forms.Form):
    """One tap, and words if there are any."""

    score = forms.TypedChoiceField(choices=Rating.Score.choices, coerce=lambda value: Rating.Score(int(value)))
    words = forms.CharField(max_length=1000, required=False, strip=True)
