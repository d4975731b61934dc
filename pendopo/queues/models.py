"""The hall: queues, visits, tickets and what happened to them.

`db_constraint=False`: the composite keys of the wall (migration 0002) refuse more than the single key would, and each
key is looked up at every ticket. `db_index=False`: the mall stands first in a composite index already.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Service, Variant
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.people.models import Person
from pendopo.queues.types import (
    LIVE,
    MOVES,
    SQL_MOVES,
    Origin,
    Outcome,
    SentAwayReason,
    SessionState,
    State,
    number_text,
)
from pendopo.tenancy.models import Device, Mall, Site, Zone


class Queue(models.Model):
    """A line of people at a site, known by one to three letters."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="queues")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    code = models.CharField(max_length=3)
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "site", "code"], name="queue_code_once_a_site"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{1,3}$"), name="queue_code_1_to_3_letters"),
        ]

    def __str__(self) -> str:
        return self.code


class QueueService(models.Model):
    """Which queue a service's visitors stand in, at each site."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="services")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "service", "site"], name="queue_of_service_once_a_site")]


class CounterQueue(models.Model):
    """Which queues a counter calls from: its own first, then those it helps, each in order."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="counters")
    is_helped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "counter", "queue"], name="counter_queue_once")]


class CounterSession(models.Model):
    """An officer at a counter, open or paused, until it is closed."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=SessionState, default=SessionState.OPEN)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "counter"], condition=Q(ended_at=None), name="one_officer_a_counter"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", ended_at__isnull=False) | (~Q(state="closed") & Q(ended_at__isnull=True)),
                name="session_closed_when_ended",
            ),
        ]


class Visit(models.Model):
    """One coming of one party to one site on one local day."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    origin = models.CharField(max_length=5, choices=Origin)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, db_constraint=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False)
    checked_in_at = models.DateTimeField(null=True)


class Series(models.Model):
    """The numbers of a queue on a day. Block 0 is the server's own and has no gaps."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    block = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["mall", "queue", "day", "block"], name="series_once")]


class Ticket(models.Model):
    """A place in a queue. Its key opens it; its number is what people hear."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.CharField(max_length=26)
    request_id = models.UUIDField()
    request_digest = models.BinaryField(max_length=32)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="tickets", db_index=False, db_constraint=False)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    counter = models.ForeignKey(
        Counter, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    calls = models.PositiveSmallIntegerField(default=0)
    call_request_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    reason = models.CharField(max_length=13, choices=SentAwayReason, blank=True)
    agency_number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="ticket_key_once"),
            models.UniqueConstraint(fields=["mall", "queue", "day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(fields=["mall", "request_id"], name="ticket_once_a_request"),
            models.UniqueConstraint(
                fields=["mall", "call_request_id"],
                condition=Q(call_request_id__isnull=False),
                name="call_once_a_request",
            ),
            models.UniqueConstraint(
                fields=["mall", "counter"], condition=Q(state__in=["called", "serving"]), name="counter_has_one_ticket"
            ),
            # By the visit alone: with the mall in front it served to look for a counter, and read all that are called.
            models.UniqueConstraint(
                fields=["visit"], condition=Q(state__in=["called", "serving"]), name="visit_at_one_counter"
            ),
            models.CheckConstraint(
                condition=(Q(state="completed") & ~Q(outcome="")) | (~Q(state="completed") & Q(outcome="")),
                name="completed_has_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="sent_away") & ~Q(reason="")) | (~Q(outcome="sent_away") & Q(reason="")),
                name="sent_away_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["called", "serving"]) | Q(counter__isnull=False), name="called_has_counter"
            ),
        ]
        indexes = [
            models.Index(
                fields=["mall", "queue", "day", "queued_at", "id"],
                condition=Q(state="waiting"),
                name="ticket_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def number_text(self) -> str:
        """The number as it is printed, shown and spoken: A-012."""
        return number_text(self.queue.code, self.number)

    @property
    def is_live(self) -> bool:
        """Whether something can still happen with it."""
        return self.state in LIVE

    def can_move_to(self, state: State) -> bool:
        """Say whether this is a lawful move that Python makes."""
        now = State(self.state)
        return state in MOVES[now] and (now, state) not in SQL_MOVES

    def move_to(self, state: State, *, at: datetime) -> None:
        """Go to another state. Raises MoveNotAllowed, and then nothing has changed."""
        if not self.can_move_to(state):
            message = _("Nomor %(number)s berstatus “%(now)s”; tidak dapat menjadi “%(wanted)s”.")
            values = {"number": self.number_text, "now": State(self.state).label, "wanted": state.label}
            raise MoveNotAllowed(message % values)
        self.state = state
        self.changed_at = at
        self.save(update_fields=["state", "changed_at", "outcome", "reason", "agency_number"])


class Period(models.Model):
    """A stretch of a ticket's life: only ever added, its end filled in once. All statistics come from here."""

    tenant = "mall"

    class Kind(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        CALLED = "called", _("Dipanggil")
        SERVING = "serving", _("Dilayani")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="periods", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=7, choices=Kind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    counter = models.ForeignKey(
        Counter, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "ticket"], condition=Q(ended_at=None), name="one_open_period"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="period_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["mall", "ticket", "started_at"], name="period_of_ticket")]


class Event(models.Model):
    """What a board may show, in the transaction of the change. Shared: it holds nothing that a hall does not hear.

    `live` reads it for all malls in one query by `seq`; a transaction's numbers may become visible out of order.
    """

    tenant = "shared"

    class Kind(models.TextChoices):
        TAKEN = "taken"
        CALLED = "called"
        RECALLED = "recalled"
        SERVING = "serving"
        COMPLETED = "completed"
        ABSENT = "absent"
        CANCELLED = "cancelled"
        COUNTER = "counter"

    seq = models.BigAutoField(primary_key=True)
    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=Kind)
    zone_id = models.BigIntegerField()
    queue_id = models.BigIntegerField(null=True)
    ticket_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=12, blank=True)
    counter = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["mall", "-seq"], condition=Q(kind__in=["called", "recalled"]), name="event_calls")
        ]
