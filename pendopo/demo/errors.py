from pendopo.kernel.errors import RuleViolation


class NotADemoMall(RuleViolation):
    """The mall is a real one: invented people and visitors have no place in it."""

    code = "not_a_demo_mall"


class DayNotPlayable(RuleViolation):
    """The demo mall cannot receive visitors on this day."""

    code = "day_not_playable"
    status = 422
