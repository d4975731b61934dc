from datetime import date
from typing import NotRequired, Self, TypedDict

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value

from pendopo.tenancy.models import Mall


class PublishedQuerySet(models.QuerySet["Published"]):
    def of_mall(self, mall: Mall) -> Self:
        """What one mall has published."""
        return self.filter(mall=mall)


class Tariff(TypedDict):
    """A fee as it is published: rupiah, by which regulation, and the days on which it holds."""

    amount: int
    basis: str
    valid_from: str
    valid_to: str | None


class Promise(TypedDict):
    """The public part of a standard as it is published: its texts by component, and the days on which it holds.

    `file`: the number of the standard whose decree can be downloaded.
    """

    code: str
    decree: str
    decree_on: str
    valid_from: str
    valid_to: str | None
    texts: dict[str, str]
    file: NotRequired[int]


class Published(models.Model):
    """What everybody may read of a variant, written by the act that publishes it. The public reads only this.

    The database keeps one column more, `lexemes`, which it makes itself of the texts: A service's name and
    abbreviations, B variant's name, C agency and group, D description, each as written and
    stemmed. Only search reads it.

    `fees` held or were to come when it was published: ask `fee_on` and `fees_after`. `texts` are English.
    """

    tenant = "shared"

    mall = models.ForeignKey(Mall, models.CASCADE, related_name="+")
    code = models.CharField(max_length=28)
    service_code = models.CharField(max_length=24)
    name = models.CharField(max_length=400)
    service_name = models.CharField(max_length=200)
    variant_name = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    agency_code = models.CharField(max_length=12)
    agency_name = models.CharField(max_length=160)
    group = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12)
    description = models.TextField(blank=True)
    procedure = models.TextField(blank=True)
    requirements = models.JSONField(default=list)
    duration = models.CharField(max_length=120, blank=True)
    fee_amount = models.BigIntegerField(null=True)
    fee_basis = models.CharField(max_length=200, blank=True)
    outlet_id = models.BigIntegerField()
    texts = models.JSONField(default=dict)
    standards = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    fees = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    search_text = models.TextField()
    abbreviations = models.TextField(blank=True, db_default="")
    published_at = models.DateTimeField()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "published"
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="published_code_once")]
        indexes = [
            models.Index(fields=["mall", "name", "code"], name="published_by_name"),
            models.Index(fields=["mall", "service_code"], name="published_by_service"),
        ]

    def __str__(self) -> str:
        return self.name

    def in_language(self, field: str, language: str | None) -> str:
        """Return `service_name`, `description` or `procedure` in a language; Indonesian where nothing else is."""
        texts: dict[str, str] = self.texts
        english = texts.get(f"{field.removeprefix('service_')}_en", "") if language == "en" else ""
        return english or str(getattr(self, field))

    def fee_on(self, day: date) -> Tariff | None:
        """Return the fee that holds on a day, None where it is not known."""
        fees: list[Tariff] = self.fees
        if not fees and self.fee_amount is not None:
            # Published before fees were kept with their days.
            return Tariff(amount=self.fee_amount, basis=self.fee_basis, valid_from=day.isoformat(), valid_to=None)
        on = day.isoformat()
        return next((each for each in fees if each["valid_from"] <= on <= (each["valid_to"] or "9999")), None)

    def fees_after(self, day: date) -> list[Tariff]:
        """Return the fees that begin after a day, the nearest first."""
        fees: list[Tariff] = self.fees
        return [each for each in fees if each["valid_from"] > day.isoformat()]

    def standard_on(self, day: date) -> Promise | None:
        """Return what is promised on a day: of the variant itself, else of its service."""
        promises: list[Promise] = self.standards
        held = [
            each
            for each in promises
            if each["valid_from"] <= day.isoformat() and (each["valid_to"] or "9999") >= day.isoformat()
        ]
        own = {each["code"]: each for each in held}
        return own.get(self.code) or own.get(self.service_code)


class Word(models.Model):
    """A word of what some mall has published: near it a misspelt one is looked for. Never removed; it harms nobody."""

    tenant = "shared"

    word = models.CharField(max_length=60, primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_nearest")]

    def __str__(self) -> str:
        return self.word
