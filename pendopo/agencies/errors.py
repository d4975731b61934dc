from pendopo.kernel.errors import RuleViolation


class HoursOfAVan(RuleViolation):
    """A van opens where and when it stops; weekly hours would win over its stops."""

    code = "hours_of_a_van"
    status = 422
