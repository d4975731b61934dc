"""Visits, numbers and tickets: the rows of the hot paths.

`db_constraint=False`: the composite keys of the wall refuse more than the single key would, and each key is looked up
at every ticket. `db_index=False`: the mall stands first in a composite index already. No "positive" integers: the check
of each is read and planned anew at every statement, and only our SQL writes these numbers.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Variant
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.people.models import Person
from pendopo.queues.models.lines import Queue
from pendopo.queues.types import (
    LIVE,
    MOVES,
    SQL_MOVES,
    EndedBecause,
    Hold,
    Origin,
    Outcome,
    Priority,
    SentAwayReason,
    State,
    number_text,
)
from pendopo.tenancy.models import Device, Mall, Site


class Visit(models.Model):
    """One coming of one party to one site on one local day."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    origin = models.CharField(max_length=5, choices=Origin)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False)
    checked_in_at = models.DateTimeField(null=True)
    priority = models.CharField(max_length=11, choices=Priority, blank=True, db_default="")
    wheelchair = models.BooleanField(default=False, db_default=False)
    deaf = models.BooleanField(default=False, db_default=False)
    interpreter = models.BooleanField(default=False, db_default=False)
    rolled_up = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(person__isnull=False), name="visit_of_person")]


class Series(models.Model):
    """The numbers of a queue on a day. Block 0 is the server's own and has no gaps."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    block = models.SmallIntegerField(default=0)
    last = models.IntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["mall", "queue", "day", "block"], name="series_once")]


class Ticket(models.Model):
    """A place in a queue. Its key opens it; its number is what people hear.

    A waiting ticket with a `hold` is not called: not checked in, its visit is at another counter, or parked.
    `holder` is the phone that took it, as a keyed digest of a random key, until it ends; desks and kiosks have none.
    `joined`: its visit has several tickets. `wait_low` and `wait_high` are the minutes told when it was taken.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.CharField(max_length=26)
    request_id = models.UUIDField()
    request_digest = models.BinaryField(max_length=32)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="tickets", db_index=False, db_constraint=False)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    number = models.IntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    counter = models.ForeignKey(
        Counter, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    calls = models.SmallIntegerField(default=0)
    call_request_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    reason = models.CharField(max_length=13, choices=SentAwayReason, blank=True)
    agency_number = models.CharField(max_length=40, blank=True)
    is_priority = models.BooleanField(default=False, db_default=False)
    hold = models.CharField(max_length=9, choices=Hold, blank=True, db_default="")
    hold_note = models.CharField(max_length=80, blank=True, db_default="")
    joined = models.BooleanField(default=False, db_default=False)
    wait_low = models.SmallIntegerField(null=True)
    wait_high = models.SmallIntegerField(null=True)
    returns = models.SmallIntegerField(default=0, db_default=0)
    ended_because = models.CharField(max_length=7, choices=EndedBecause, blank=True, db_default="")
    holder = models.CharField(max_length=32, blank=True, db_default="")

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
            # Every visit is above 0. Said here, this index is no way to answer whether a counter is busy: where few
            # were called the planner could not tell it from the right one, and read all who are called.
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(state__in=["called", "serving"], visit__gt=0),
                name="visit_at_one_counter",
            ),
            models.UniqueConstraint(
                fields=["mall", "queue", "day", "holder"],
                condition=~Q(holder="") & Q(state__in=["waiting", "called", "serving"]),
                name="one_live_ticket_a_phone",
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
                fields=["mall", "queue", "day", "hold", "is_priority", "queued_at", "id"],
                condition=Q(state="waiting"),
                name="ticket_waiting",
            ),
            models.Index(fields=["visit"], condition=Q(joined=True), name="ticket_of_visit"),
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

    @property
    def can_check_in(self) -> bool:
        """Whether its holder may still report at the hall: it waits, and nobody has said that they came."""
        return self.state == State.WAITING and (self.hold == Hold.UNCHECKED or self.visit.checked_in_at is None)

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
        if state in {State.COMPLETED, State.CANCELLED}:
            self.holder = ""
        moved = ["state", "changed_at", "outcome", "reason", "agency_number", "ended_because", "holder"]
        self.save(update_fields=moved)
