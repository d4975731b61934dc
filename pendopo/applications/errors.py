from pendopo.kernel.errors import RuleViolation


class ShelfTaken(RuleViolation):
    """Something else lies there."""


class NotTheirs(RuleViolation):
    """Whoever came may not take what belongs to somebody else."""
