"""Periodic work of the worker that belongs to no module."""

from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Remove sign-ins that have expired."""
    Session.objects.filter(expire_date__lt=datetime.fromtimestamp(timestamp, UTC)).delete()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Give jobs of a killed worker to another: they stay marked as being done for ever."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await app.job_manager.retry_job(job)
