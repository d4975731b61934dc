"""Make the hall of a crash run in its installation, and print what the clients need: run beside `pendopo up`."""

import json
import sys
from datetime import timedelta

import django

COUNTERS = 3


def main() -> None:
    """Make a mall with one queue and officers at their counters."""
    django.setup()
    from django.utils import timezone

    from pendopo.agencies.actions import founding, memberships
    from pendopo.agencies.queries.actors import actor_of_account
    from pendopo.agencies.tests import make as make_agencies
    from pendopo.agencies.types import Role
    from pendopo.queues.actions import lines, sessions
    from pendopo.queues.tests import make
    from pendopo.queues.types import SessionState
    from pendopo.tenancy import wall

    # The run may cross a midnight: those who work today work since yesterday.
    at = timezone.now() - timedelta(days=1)
    hall = make.hall()
    desks = {}
    for number in range(2, 2 + COUNTERS):
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency, at=at)
        assert officer.account
        with wall.inside(hall.mall.pk):
            counter = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=number, at=at)
            lines.assign_counter(counter, [hall.queue], at=at)
            by = actor_of_account(hall.mall, officer.account)
            sessions.set_session(counter, SessionState.OPEN, by=by, at=timezone.now())
            desks[counter.pk] = memberships.create_token(officer.account, hall.mall, at=timezone.now())
    json.dump({"mall": hall.mall.slug, "service": hall.service.code, "desks": desks}, sys.stdout)


if __name__ == "__main__":
    main()
