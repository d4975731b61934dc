"""What the module keeps: each day added up once, and the marks of days whose rows changed since."""

from pendopo.performance.models.rollups import DayRollup, ServiceRollup, StaleDay

__all__ = ["DayRollup", "ServiceRollup", "StaleDay"]
