"""Files that people give: sealed where they lie, looked at before anybody opens them, proven by an officer."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.types import Actor
from pendopo.documents.types import FileKind, Purpose, Refusal, Source
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.people.models import Party
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the columns are sealed.
GIVEN_NAME, GIVEN_KEY = "documents.given_name", "documents.given_key"
MOST_BYTES = 10 * 1024 * 1024


class StoredFiles(models.QuerySet["StoredFile"]):
    """Files of the mall of the transaction."""

    def visible_to(self, actor: Actor) -> Self:
        """Those that belong to whoever asks; nobody else's, whatever their office."""
        if actor.account is None:
            return self.none()
        mine = Q(account=actor.account)
        if actor.person is not None:
            mine |= Q(party__person=actor.person)
        return self.filter(mine, mall=actor.mall)

    def present(self) -> Self:
        """All but those that were removed."""
        return self.exclude(state=StoredFile.State.REMOVED)


class StoredFile(models.Model):
    """A file that somebody gives. Until it was scanned and cleaned (`clean`) nobody opens it.

    `length` and `offset` are of what arrives, `size` and `digest` of what is kept. A removed one is a row without
    content, name or key.
    """

    tenant = "mall"

    class State(models.TextChoices):
        ARRIVING = "arriving", _("Sedang diunggah")
        WAITING = "waiting", _("Menunggu pemeriksaan")
        CLEAN = "clean", _("Siap dipakai")
        REFUSED = "refused", _("Ditolak")
        QUARANTINED = "quarantined", _("Dikarantina")
        REMOVED = "removed", _("Dihapus")

    # Every lawful move. A state changes through `move_to` and nowhere else.
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        State.ARRIVING: frozenset({State.WAITING, State.REMOVED}),
        State.WAITING: frozenset({State.CLEAN, State.REFUSED, State.QUARANTINED, State.REMOVED}),
        State.QUARANTINED: frozenset({State.WAITING, State.REMOVED}),
        State.CLEAN: frozenset({State.REMOVED}),
        State.REFUSED: frozenset({State.REMOVED}),
        State.REMOVED: frozenset(),
    }

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # In addresses, and shown to an officer on a phone; it opens nothing by itself for anybody else.
    code = models.CharField(max_length=26)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    name_sealed = SealedField(purpose=GIVEN_NAME, blank=True, default=b"")
    # The browser's number of the wish: sent twice, kept once.
    request_id = models.UUIDField(null=True)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=4, choices=FileKind, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    # Keyed, so that it says of nobody that he has a certain file.
    digest = models.BinaryField(max_length=32, null=True)
    raw_path = models.CharField(max_length=120, blank=True)
    raw_key = SealedField(purpose=GIVEN_KEY, blank=True, default=b"")
    kept_path = models.CharField(max_length=120, blank=True)
    kept_key = SealedField(purpose=GIVEN_KEY, blank=True, default=b"")
    state = models.CharField(max_length=11, choices=State, default=State.ARRIVING)
    state_at = models.DateTimeField()
    given_at = models.DateTimeField()
    # Of one that is arriving: what has not come by then is swept away.
    expires_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True)
    # What the scanner found, in its words; which scanner with which signatures; a manager may know better.
    finding = models.CharField(max_length=120, blank=True)
    scanner = models.CharField(max_length=80, blank=True)
    scanned_at = models.DateTimeField(null=True)
    is_released = models.BooleanField(default=False)
    proven_at = models.DateTimeField(null=True)
    proven_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    proof = models.CharField(max_length=10, choices=Source, blank=True)

    objects = StoredFiles.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="stored_file_code_once"),
            models.UniqueConstraint(fields=["mall", "request_id"], name="stored_file_wish_once"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(party__isnull=False), name="stored_file_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(length__gte=1, length__lte=MOST_BYTES, offset__lte=F("length")), name="stored_file_length"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | (Q(offset=F("length")) & ~Q(raw_path="")),
                name="stored_file_waits_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="clean")
                | (~Q(kept_path="") & Q(scanned_at__isnull=False, digest__isnull=False, size__gte=1) & ~Q(kind="")),
                name="stored_file_clean_was_scanned",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(refusal=""), name="stored_file_refused_because"),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | ~Q(finding=""), name="stored_file_quarantined_because"
            ),
            models.CheckConstraint(
                condition=Q(proven_at=None, proven_by=None, proof="")
                | (Q(proven_at__isnull=False, proven_by__isnull=False, state__in=["clean", "removed"]) & ~Q(proof="")),
                name="stored_file_proven_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="removed")
                | Q(raw_path="", kept_path="", raw_key=b"", kept_key=b"", name_sealed=b"", digest=None),
                name="stored_file_removed_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state="arriving") ^ Q(expires_at__isnull=True), name="stored_file_arriving_expires"
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "account", "-id"], name="stored_file_of_account"),
            models.Index(fields=["mall", "party", "purpose"], name="stored_file_of_party"),
            models.Index(
                fields=["mall", "id"],
                condition=Q(state__in=["arriving", "waiting", "quarantined"]),
                name="stored_file_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.code}"

    @property
    def name(self) -> str:
        """What whoever gave it calls it, cleaned. Stand inside the mall."""
        return sealing.unseal(self.mall_id, GIVEN_NAME, bytes(self.name_sealed)) if self.name_sealed else ""

    @property
    def is_proven(self) -> bool:
        """Whether an officer has compared it."""
        return self.proven_at is not None

    def move_to(self, state: str, **changes: object) -> None:
        """Take another state and save what changes with it. Raises MoveNotAllowed."""
        if state not in self.MOVES[self.state]:
            raise MoveNotAllowed(_("Berkas ini %(now)s.") % {"now": self.get_state_display().lower()})
        changes |= {"state": state, "expires_at": None}
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))


class Preview(models.Model):
    """A small picture of a file, of a PDF its first page; sealed as the file is."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120)
    key = SealedField(purpose=GIVEN_KEY)
    wide = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "file"], name="one_preview_a_file")]
