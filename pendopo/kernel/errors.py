"""What a rule of the field forbids. Edges turn it into an answer in words; nothing was written."""

from typing import ClassVar


class RuleViolation(Exception):
    """Refuse an act with a sentence for the person who tried it.

    `code` is for programs and never changes; `status` is the HTTP status it becomes at an edge.
    """

    code: ClassVar[str] = "rule_violation"
    status: ClassVar[int] = 409

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(RuleViolation):
    """What was asked for does not exist, or not for whoever asks: both look the same."""

    code = "not_found"
    status = 404


class NotAllowed(RuleViolation):
    """Whoever asks is known, and has no such right."""

    code = "not_allowed"
    status = 403


class NotSignedIn(RuleViolation):
    """Whoever asks must say who they are: no token, or one that is forged, expired or revoked."""

    code = "not_signed_in"
    status = 401


class NotUnderstood(RuleViolation):
    """What was sent has the wrong shape; the message names the field."""

    code = "not_understood"
    status = 422


class AnotherBody(RuleViolation):
    """A request number was used again for something else."""

    code = "id_reused"


class MoveNotAllowed(RuleViolation):
    """A thing cannot go from its present state to the wanted one."""

    code = "move_not_allowed"


class ReasonMissing(RuleViolation):
    """What is decided, corrected, ended or refused says why, so that the audit can show it."""

    code = "reason_missing"
    status = 422
