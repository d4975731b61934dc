"""Who gets a role, and when it ends."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.agencies.actions.appointing import Post
from pendopo.agencies.models import Agency, Membership
from pendopo.agencies.types import Role
from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm, yes_or_no
from pendopo.kernel.shapes import LARGEST_ID

type Sent = Mapping[str, object] | None
FIELDS = ("name", "email", "role", "agency", "starts_on", "ends_on", "is_substitute", "reason")


class PostForm(ReasonForm):
    """A role for somebody: of one agency or of the whole mall, from one day until another.

    Whoever decides for one agency only chooses neither: `agencies` has one, and it is for its officers.
    """

    starts_on = DayField(gettext_lazy("Mulai"))
    ends_on = DayField(
        gettext_lazy("Sampai"), required=False, help_text=gettext_lazy("Hari terakhir. Kosong: tanpa batas.")
    )
    is_substitute = yes_or_no(gettext_lazy("Menggantikan pejabat definitif (Plt. atau Plh.)"))

    def __init__(self, agencies: Sequence[Agency], data: Sent = None, *, decides_all: bool, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self._own = None if decides_all else agencies[0]
        known = {str(each.pk): each for each in agencies}
        if decides_all:
            self.fields["role"] = forms.ChoiceField(label=_("Peran"), choices=Membership.Role.choices)
            self.fields["agency"] = forms.TypedChoiceField(
                label=_("Instansi"), required=False, empty_value=None, coerce=known.__getitem__,
                choices=[("", _("Seluruh MPP")), *((pk, each.name) for pk, each in known.items())],
                help_text=_("Admin instansi dan penanda tangan selalu untuk satu instansi."),
            )  # fmt: skip
        self.order_fields(FIELDS)

    @property
    def post(self) -> Post:
        """The role that was written."""
        told = self.cleaned_data
        return Post(
            Role.OFFICER if self._own else Role(told["role"]),
            self._own or told["agency"],
            told["starts_on"],
            told["ends_on"],
            told["is_substitute"],
        )


class InviteForm(PostForm):
    """Somebody new, by name and e-mail address."""

    name = forms.CharField(label=gettext_lazy("Nama"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Surel"), max_length=254,
        help_text=gettext_lazy("Dengan alamat ini petugas masuk. Tautan kata sandi dikirim ke sana."),
    )  # fmt: skip


class EndingForm(ReasonForm):
    """When a role ends."""

    last_day = DayField(
        gettext_lazy("Hari terakhir"), required=False, help_text=gettext_lazy("Kosong: berakhir sekarang juga.")
    )
    field_order = ("last_day", "reason")


class TokenForm(ReasonForm):
    """Which token is revoked."""

    token = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID)
