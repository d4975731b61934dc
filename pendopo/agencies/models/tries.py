"""Who types wrong codes: counted, so that nobody finds a code by trying."""

from django.conf import settings
from django.db import models

from pendopo.tenancy.models import Mall


class CodeTries(models.Model):
    """How many wrong presence codes an account typed since a moment, and until when it is refused for that."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    refused_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "code tries"
        constraints = [models.UniqueConstraint(fields=["mall", "account"], name="code_tries_once")]
