"""Halls small enough to be played by hand: every service takes ten minutes, nothing passes between two people."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pendopo.queues.types import SessionState
from pendopo.queues.waiting import rules
from pendopo.queues.waiting.desks import Sitting, expect
from pendopo.queues.waiting.history import History, Passed, Pause, learn
from pendopo.queues.waiting.simulation import (
    Busy,
    Desk,
    Hall,
    Waiting,
    WaitRange,
    estimate,
    reach,
    round_of_turns,
    rounded_up,
)

A, B, C = 1, 2, 3
TEN = 600.0
NINE = 9 * 3600.0
NOON = 12 * 3600.0


def called(day: int, queue: int, counter: int, at: float, *, waited: float = 0.0, lasts: float = TEN) -> Passed:
    """Make a call of an earlier day."""
    return Passed(date(2026, 9, day), queue, queue, counter, at - waited, at, at, at + lasts)


def steady(*queues: int) -> History:
    """Know ten minutes for each service; on the earlier day nobody came after nine."""
    rows = [called(1, queue, counter, 100.0 * number) for queue in queues for number, counter in enumerate(range(50))]
    return replace(learn(rows, {}), rest=0.0, reaction=0.0)


def at_counter(queue: int, since: float, *, is_served: bool = True) -> Busy:
    return Busy(queue, queue, since, is_served)


def told(hall: Hall, history: History | None = None, mine: Waiting | None = None) -> WaitRange:
    found = estimate(hall, history or steady(A, B), mine or hall.waiting[-1], seed=1)
    assert found
    return found


def queue_of(queue: int, people: int, *, until: float = NINE) -> list[Waiting]:
    return [Waiting(queue, queue, until - people + number) for number in range(people)]


def test_one_counter_and_two_before_me() -> None:
    # Four of ten minutes are over: six are left, and two people of ten each stand before me.
    hall = Hall(NINE, [Desk((A,), busy=at_counter(A, NINE - 240))], queue_of(A, 3))

    assert told(hall) == WaitRange(1560.0, 1560.0)
    assert (told(hall).low, told(hall).high) == (30, 30)


def test_two_counters_share_the_queue() -> None:
    desks = [Desk((A,), busy=at_counter(A, NINE - 240)), Desk((A,), busy=at_counter(A, NINE))]

    # Free after 6 and 10 minutes: the first before me goes at 6, the second at 10, I at 16.
    assert told(Hall(NINE, desks, queue_of(A, 3))).median == 960.0


def test_a_free_counter_calls_at_once() -> None:
    assert told(Hall(NINE, [Desk((A,))], queue_of(A, 1))).median == 0.0
    assert told(Hall(NINE, [Desk((A,))], queue_of(A, 1))).high == 5


def test_a_counter_helps_only_when_its_own_queue_is_empty() -> None:
    helper = Desk((B,), helped=(A,), busy=at_counter(B, NINE - 300))
    desks = [Desk((A,), busy=at_counter(A, NINE)), helper]

    # Nobody of its own waits: the helper takes the one before me after 5 minutes, the other me after 10.
    assert told(Hall(NINE, desks, queue_of(A, 2))).median == 600.0
    # One of its own waits: it is busy until 15, and the one before me goes at 10; I go to the helper at 15.
    both = [*queue_of(B, 1), *queue_of(A, 2)]
    assert told(Hall(NINE, desks, both)).median == 900.0


def test_whoever_comes_to_the_helpers_own_queue_later_takes_it_from_me() -> None:
    # On every earlier day somebody came to B at 9.04, before the helper was free at 9.05.
    history = steady(A, B)
    history.days = [{B: learn([called(1, B, 0, NINE + 240)], {}).days[0][B]}]
    desks = [Desk((A,), busy=at_counter(A, NINE)), Desk((B,), helped=(A,), busy=at_counter(B, NINE - 300))]

    assert told(Hall(NINE, desks, queue_of(A, 1)), history).median == 600.0


def test_a_counter_on_its_break_calls_afterwards() -> None:
    lunch = Pause(NOON, 1800, NOON + 1800)
    desk = Desk((A,), busy=at_counter(A, NOON - 420), pauses=(lunch,))

    # Free at 12.03, back at 12.30; one goes then, I at 12.40, told at 11.59.
    assert told(Hall(NOON - 60, [desk], queue_of(A, 2))).median == 2460.0
    # A break that lasts as long whenever it begins ends at 12.33.
    assert told(Hall(NOON - 60, [replace(desk, pauses=(Pause(NOON, 1800),))], queue_of(A, 1))).median == 2040.0


def test_a_counter_that_closes_calls_nobody_afterwards() -> None:
    closing = Desk((A,), busy=at_counter(A, NINE - 300), closes=NINE + 360)
    desks = [Desk((A,), busy=at_counter(A, NINE)), closing]

    # At 5 minutes the closing one takes the first, at 10 the other the second, at 20 me.
    assert told(Hall(NINE, desks, queue_of(A, 3))).median == 1200.0
    two = queue_of(A, 2)
    assert estimate(Hall(NINE, [closing], two), steady(A), two[-1], seed=1) is None


def test_turns_of_priority_and_ordinary_visitors() -> None:
    mine = Waiting(A, A, NINE - 10)
    urgent = [Waiting(A, A, NINE - 5 + number, is_priority=True) for number in range(3)]
    hall = Hall(NINE, [Desk((A,), busy=at_counter(A, NINE))], [mine, *urgent], round_of_turns(1, 2))

    # Of three calls two are ordinary: priority, then I. Who has priority waits for turns 1, 3 and 4.
    assert round_of_turns(1, 2) == (False, True, True)
    assert told(hall, mine=mine).median == 1200.0
    assert told(hall, mine=urgent[1]).median == 1800.0


def test_only_what_can_reach_me_is_played() -> None:
    desks = [Desk((A,)), Desk((B,), helped=(A,)), Desk((C,))]
    near = reach(Hall(NINE, desks, [*queue_of(A, 1), *queue_of(C, 5)]), B)

    assert list(near.desks) == desks[:2]
    assert [person.queue for person in near.waiting] == [A]


def test_too_little_is_known() -> None:
    hall = Hall(NINE, [Desk((A,))], queue_of(A, 1))
    few = learn([called(1, A, 1, 100.0 * number) for number in range(19)], {})

    assert estimate(hall, few, hall.waiting[0], seed=1) is None
    assert estimate(Hall(NINE, [], hall.waiting), steady(A), hall.waiting[0], seed=1) is None


def test_the_same_seed_tells_the_same() -> None:
    chance = Random(7)
    rows = [called(1 + number % 5, A, 1, 700.0 * number, lasts=chance.uniform(60, 1200)) for number in range(100)]
    history = learn(rows, {1: [A]})
    hall = Hall(NINE, [Desk((A,), busy=at_counter(A, NINE - 60))], queue_of(A, 8))

    assert told(hall, history) == told(hall, history)
    assert told(hall, history).median < told(hall, history).late
    # Eight people of 10.5 minutes on average.
    assert 65 * 60 < told(hall, history).median < 100 * 60


def test_minutes_are_rounded_up_to_five() -> None:
    assert [rounded_up(seconds) for seconds in (0, 299, 300, 301, 1500, 1501)] == [5, 5, 5, 10, 25, 30]


def test_a_service_is_learnt_with_its_no_shows() -> None:
    rows = [called(1, A, 1, 1000.0 * number) for number in range(27)]
    rows += [replace(called(1, A, 1, 1000.0 * number, lasts=150), served=None) for number in range(27, 30)]
    history = learn(rows, {1: [A]})

    assert sum(length == 150 for length in history.lengths(A, A)) == round(0.1 * 256)
    assert set(history.lengths(A, A, served=True)) == {TEN}


def test_a_service_of_few_calls_is_like_its_queue() -> None:
    rows = [called(1, A, 1, 1000.0 * number) for number in range(100)]
    rare = [replace(called(1, A, 1, 1000.0 * number, lasts=1200), service=99) for number in range(100, 110)]
    history = learn([*rows, *rare], {1: [A]})

    # Ten of its own count a quarter beside thirty for its queue, of which one in eleven is its own too.
    share = sum(length == 1200 for length in history.lengths(A, 99)) / 256
    assert abs(share - (0.25 + 0.75 * 10 / 110)) < 0.01


def days_with_lunch() -> History:
    """Six days on which people wait over noon while the counter calls nobody from 12.05 to 12.50."""
    rows = []
    for day in range(1, 7):
        rows += [called(day, A, 1, NOON - 300 - number * TEN, waited=300) for number in range(5)]
        rows += [called(day, A, 1, NOON + 3000 + number * TEN, waited=3600 + number * TEN) for number in range(3)]
    return learn(rows, {1: [A]})


def test_a_pause_is_learnt_where_people_waited() -> None:
    assert days_with_lunch().pauses == {1: (Pause(NOON + 300, 2700),)}


def test_a_counter_without_work_made_no_pause() -> None:
    rows = [called(day, A, 1, at) for day in range(1, 7) for at in (NINE, NINE + 4000, NINE + 8000)]

    assert learn(rows, {1: [A]}).pauses == {}


def test_a_counter_is_expected_as_its_days_were() -> None:
    history = days_with_lunch()
    open_now = Sitting(1, (A,), (), SessionState.OPEN)

    before = expect(open_now, history, NINE)
    after = expect(open_now, history, NOON + 3600)
    paused = expect(replace(open_now, state=SessionState.PAUSED, last_at=NOON + 360), history, NOON + 900)
    told_end = expect(replace(open_now, state=SessionState.PAUSED, until=NOON + 1200), history, NOON + 900)
    unknown = expect(replace(open_now, state=SessionState.PAUSED), history, NINE)
    early = expect(replace(open_now, state=SessionState.CLOSED), history, NINE)
    late = expect(replace(open_now, state=SessionState.CLOSED), history, NOON + 7200)

    assert before
    assert after
    assert paused
    assert told_end
    assert unknown
    assert early
    assert before.pauses == (Pause(NOON + 300, 2700),)
    assert after.pauses == ()
    assert paused.ready == NOON + 360 + 2700
    assert told_end.ready == NOON + 1200
    assert unknown.back
    assert early.ready == NOON - 300 - 4 * TEN
    assert late is None


def test_an_announced_break_wins_over_a_learnt_one() -> None:
    announced = Pause(NOON, 3600, NOON + 3600)
    desk = expect(Sitting(1, (A,), (), SessionState.OPEN, breaks=(announced,)), days_with_lunch(), NINE)

    assert desk
    assert desk.pauses == (announced,)


def test_the_rules_of_others() -> None:
    desks = [Desk((A,), busy=at_counter(A, NINE)), Desk((A,), busy=at_counter(A, NINE)), Desk((B,), helped=(A,))]
    hall = Hall(NINE, desks, queue_of(A, 4))
    seen = rules.see(hall, steady(A, B), hall.waiting[-1], last_wait=420.0)

    assert (seen.ahead, seen.counters, seen.free) == (3, 2, 0)
    assert rules.last_wait(seen) == 420.0
    assert rules.queue_by_counters(seen) == 900.0
    assert rules.slots(seen, 0.8) == 960.0
    assert rules.slots(replace(seen, ahead=0, free=1)) == 0.0
    assert rules.tune([(seen, 900.0)]) == 0.75


def test_a_large_hall_costs_little() -> None:
    """The calls that are played are bounded; the time is measured by `python -m bench estimate`."""
    queues = range(16)
    history = learn(
        [called(1 + number % 10, queue, queue, 300.0 * number) for queue in queues for number in range(100)], {}
    )
    desks = [Desk((one % 16,), ((one + 5) % 16,), at_counter(one % 16, NINE - 60)) for one in range(60)]
    hall = Hall(NINE, desks, [Waiting(one % 16, one % 16, NINE - 200 + one) for one in range(200)])

    found = told(hall, history)

    assert 20 * 60 <= found.median <= 60 * 60
    assert timedelta(seconds=found.late) < timedelta(hours=2)
