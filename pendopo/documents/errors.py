from pendopo.kernel.errors import RuleViolation


class NoLongerValid(RuleViolation):
    """Only a valid document can be revoked."""

    code = "document_not_valid"


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
