from typing import ClassVar

from pendopo.kernel.errors import RuleViolation


class NoLongerValid(RuleViolation):
    """Only a valid document can be revoked or corrected."""

    code = "document_not_valid"


class NoLongerWaiting(RuleViolation):
    """A paper was signed or withdrawn already, or another one signs it at this moment."""

    code = "paper_not_waiting"


class CannotSign(RuleViolation):
    """A signature was refused or did not come. `problem` names why; `can_retry` whether trying again may help;
    `stops` whether the rest of a batch would meet the same.
    """

    code: ClassVar[str] = "cannot_sign"

    def __init__(self, message: object, *, problem: str, can_retry: bool, stops: bool) -> None:
        super().__init__(message)
        self.problem, self.can_retry, self.stops = problem, can_retry, stops
