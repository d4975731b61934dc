from pendopo.kernel.errors import RuleViolation


class NoLongerValid(RuleViolation):
    """Only a valid document can be revoked."""

    code = "document_not_valid"
