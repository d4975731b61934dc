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


class FileRefused(RuleViolation):
    """A file is not taken; the sentence says why."""

    code = "file_refused"
    status = 422


class TooManyFiles(RuleViolation):
    """Somebody keeps as many files as one may."""

    code = "too_many_files"


class WrongOffset(RuleViolation):
    """What is sent does not go on where the last piece ended, or another request is just sending."""

    code = "wrong_offset"


class TooMuch(RuleViolation):
    """More bytes than were announced, or than may be."""

    code = "too_much"
    status = 413


class UploadOver(RuleViolation):
    """The upload has ended or was swept away."""

    code = "upload_over"
    status = 410


class ProvenAlready(RuleViolation):
    """An officer has proven this file before."""

    code = "proven_already"


class LinkOver(RuleViolation):
    """A signed link is older than ten minutes."""

    code = "link_over"
