"""What the worker does by the clock: its own housekeeping, and what is due in each mall."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from pendopo.documents.actions import sweeping
from pendopo.notifications.actions import forgetting, sending
from pendopo.payments.actions import following, scanning
from pendopo.people.actions import codes, limits, remembering
from pendopo.people.actions import sessions as browsers
from pendopo.performance.actions import adding_up
from pendopo.queues.actions import checking_in, night, planned_closings, sessions, vacancies, vans
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Remove sign-ins that have expired, and what was counted and sent for them."""
    at = datetime.fromtimestamp(timestamp, UTC)
    Session.objects.filter(expire_date__lt=at).delete()
    browsers.forget(before=at - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    codes.forget(before=at - timedelta(days=1))
    limits.forget(before=at - timedelta(days=2))
    remembering.forget_until(at)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Give jobs of a killed worker to another: they stay marked as being done for ever."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await app.job_manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="lapse_unchecked", pass_context=False)
def lapse_unchecked(timestamp: int) -> None:
    """Give back the places of those who never reported at the hall, in each mall by itself."""
    _in_each_mall(checking_in.lapse_unchecked, timestamp)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="close_days", pass_context=False)
def close_days(timestamp: int) -> None:
    """End what yesterday left open, in each mall after its own midnight."""
    _in_each_mall(night.close_day, timestamp)


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="roll_up_days", pass_context=False)
def roll_up_days(timestamp: int) -> None:
    """Add up days older than 13 months and remove what names a person in them; at night in all of Indonesia."""
    _in_each_mall(night.roll_up, timestamp)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="end_pauses", pass_context=False)
def end_pauses(timestamp: int) -> None:
    """Open the counters whose pause is over, in each mall by itself."""
    _in_each_mall(sessions.end_pauses, timestamp)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="move_vans_on", pass_context=False)
def move_vans_on(timestamp: int) -> None:
    """Send home whoever waits where a van has left for its next stop, in each mall by itself."""
    _in_each_mall(vans.move_on, timestamp)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="begin_closings", pass_context=False)
def begin_closings(timestamp: int) -> None:
    """Let the counters of closings told ahead rest when these begin, in each mall by itself."""
    _in_each_mall(planned_closings.begin_closings, timestamp)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_closings", pass_context=False)
def tell_closings(timestamp: int) -> None:
    """Tell phones, kiosks and boards at once of closings that begin or end, in each mall by itself."""
    _in_each_mall(planned_closings.tell_changes, timestamp)


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="watch_counters", pass_context=False)
def watch_counters(timestamp: int) -> None:
    """Note which counters should be open and are not, each 20 seconds, in each mall by itself."""
    _in_each_mall(vacancies.watch, timestamp)


@app.periodic(cron="5-59/10 * * * *")
@app.task(queueing_lock="tally_days", pass_context=False)
def tally_days(timestamp: int) -> None:
    """Add up how long counters were open on days that are over, in each mall by itself."""
    _in_each_mall(vacancies.tally_days, timestamp)


@app.periodic(cron="3-59/5 * * * *")
@app.task(queueing_lock="add_up_days", pass_context=False)
def add_up_days(timestamp: int) -> None:
    """Add up days that are over, and again those of which a row changed since, in each mall by itself."""
    _in_each_mall(adding_up.add_up, timestamp)


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="send_messages", pass_context=False)
def send_messages(timestamp: int) -> None:
    """Carry the messages that are due, each ten seconds, in each mall by itself."""
    for mall in Mall.objects.order_by("pk"):
        sending.send_due(mall)


@app.periodic(cron="20 19 * * *")
@app.task(queueing_lock="forget_messages", pass_context=False)
def forget_messages(timestamp: int) -> None:
    """Remove words and addresses of old messages, in each mall by itself; at night in all of Indonesia."""
    _in_each_mall(forgetting.forget, timestamp)


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="follow_codes", pass_context=False)
def follow_codes(timestamp: int) -> None:
    """Look after the codes and refunds of bills, each 20 seconds; no transaction stands while a gateway thinks."""
    for mall in Mall.objects.order_by("pk"):
        following.follow(mall, at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_files", pass_context=False)
def take_up_files(timestamp: int) -> None:
    """Look again at files that wait for a scanner, and at those without preview, in each mall by itself."""
    _in_each_mall(sweeping.take_up, timestamp)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_photos", pass_context=False)
def take_up_photos(timestamp: int) -> None:
    """Look again at pictures of receipts that wait for a scanner, in each mall by itself."""
    _in_each_mall(scanning.take_up, timestamp)


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Remove uploads that did not end in time, and files that belong to no row, in each mall by itself."""
    _in_each_mall(sweeping.sweep, timestamp)


class _Act(Protocol):
    def __call__(self, mall: Mall, *, at: datetime) -> int: ...


def _in_each_mall(act: _Act, timestamp: int) -> None:
    """Do it in each mall by itself, in a transaction of its own."""
    for mall in Mall.objects.order_by("pk"):
        with wall.inside(mall.pk):
            act(mall, at=datetime.fromtimestamp(timestamp, UTC))
