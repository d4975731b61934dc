"""The apps that agencies already have: what each is for, who uses it, what it does twice, and until when."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Agency
from pendopo.tenancy.models import Mall


class AppQuerySet(models.QuerySet["App"]):
    def overdue(self, day: date) -> Self:
        """Those that should have been retired by a day, and are not."""
        return self.filter(retired_on=None, retire_by__lt=day)

    def twofold(self, mall: Mall) -> Self:
        """Those that do what another one does."""
        return self.filter(
            models.Exists(
                AppOverlap.objects.filter(
                    Q(first=models.OuterRef("pk")) | Q(second=models.OuterRef("pk")), mall=mall, is_overlap=True
                )
            )
        )


class App(models.Model):
    """An aplikasi of an agency. It is in use until it is retired; one that goes may have one that takes its place.

    How many use it is a claim: it says by whom and when.
    """

    tenant = "mall"

    class SignIn(models.TextChoices):
        NONE = "none", _("Tanpa masuk")
        OWN = "own", _("Akun sendiri")
        SINGLE = "single", _("Masuk tunggal (SSO)")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=160)
    purpose = models.CharField(max_length=300)
    users = models.PositiveIntegerField(null=True)
    users_told_by = models.CharField(max_length=120, blank=True)
    users_told_on = models.DateField(null=True)
    link = models.CharField(max_length=300, blank=True)
    sign_in = models.CharField(max_length=6, choices=SignIn, default=SignIn.OWN)
    sign_in_with = models.CharField(max_length=80, blank=True)
    shares_data_with = models.CharField(max_length=300, blank=True)
    retire_by = models.DateField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, related_name="replaces", null=True)
    retired_on = models.DateField(null=True)
    retired_because = models.CharField(max_length=200, blank=True)

    objects = AppQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "agency", "name"], name="app_name_once_an_agency"),
            models.CheckConstraint(
                condition=Q(users__isnull=True, users_told_by="", users_told_on__isnull=True)
                | (Q(users__isnull=False, users_told_on__isnull=False) & ~Q(users_told_by="")),
                name="app_users_told_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="app_replaced_by_another"),
            models.CheckConstraint(
                condition=Q(sign_in="single") & ~Q(sign_in_with="") | ~Q(sign_in="single") & Q(sign_in_with=""),
                name="app_single_sign_on_named",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retired_because="")
                | (Q(retired_on__isnull=False) & ~Q(retired_because="")),
                name="app_retired_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["mall", "name"], name="app_by_name")]

    def __str__(self) -> str:
        return self.name

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been retired by a day."""
        return self.retired_on is None and self.retire_by is not None and self.retire_by < day

    def state_text(self, day: date) -> str:
        """How it stands on a day, in words."""
        if self.retired_on:
            return str(_("Sudah dipensiunkan"))
        if self.is_overdue(day):
            return str(_("Lewat batas pensiun"))
        return str(_("Akan dipensiunkan") if self.retire_by else _("Dipakai"))


class AppOverlap(models.Model):
    """Somebody said of two apps that they do the same, or that they only look so. `first` is the older row."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    first = models.ForeignKey(App, models.PROTECT, related_name="+")
    second = models.ForeignKey(App, models.PROTECT, related_name="+")
    is_overlap = models.BooleanField()
    note = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "first", "second"], name="app_overlap_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="app_overlap_ordered"),
            models.CheckConstraint(condition=~Q(note=""), name="app_overlap_with_words"),
        ]
