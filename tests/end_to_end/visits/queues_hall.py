from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "queues:hall": (
        # Sixty counters, each with its officer; read by one person in a house.
        at(f"{HALL}hall/", who=MANAGER, weight=100_000),
        Visit(lambda scene: f"{HALL}hall/?help={scene.queues['R']}", who=MANAGER, weight=100_000),
    ),
    "queues:report": (
        at(f"{HALL}report/", who=MANAGER, weight=100_000),
        at(f"{HALL}report/?day=2020-01-01", who=MANAGER),
    ),
    "queues:report_tickets": (at(f"{HALL}report/tickets/?measure=wait", who=MANAGER, weight=100_000),),
    "queues:closing": (at(f"{HALL}closing/", who=MANAGER),),
    "queues:rules": (at(f"{HALL}rules/", who=MANAGER),),
    "queues:days": (at(f"{HALL}days/", who=MANAGER),),
    # Every service may be chosen.
    "queues:quotas": (at(f"{HALL}quotas/", who=MANAGER, weight=100_000),),
    "queues:vacancies": (at(f"{HALL}vacancies/", who=MANAGER, weight=100_000),),
    "queues:queue_list": (
        at(f"{HALL}settings/queues/", who=MANAGER, weight=100_000),
        at(f"{HALL}settings/queues/?state=retired", who=MANAGER),
    ),
    "queues:queue_new": (at(f"{HALL}settings/queues/new/", who=MANAGER),),
    "queues:queue_settings": (Visit(lambda scene: f"{HALL}settings/queues/{scene.queues['A']}/", who=MANAGER),),
    # Every service of the site may be chosen, every counter may call.
    "queues:queue_services": (
        Visit(lambda scene: f"{HALL}settings/queues/{scene.queues['A']}/services/", who=MANAGER, weight=100_000),
    ),
    "queues:queue_callers": (
        Visit(lambda scene: f"{HALL}settings/queues/{scene.queues['A']}/counters/", who=MANAGER, weight=100_000),
    ),
    "queues:queue_retirement": (
        Visit(lambda scene: f"{HALL}settings/queues/{scene.queues['A']}/retirement/", who=MANAGER),
    ),
    "queues:counter_queues": (
        Visit(lambda scene: f"{HALL}settings/counters/{scene.counters['A'].pk}/queues/", who=MANAGER, weight=100_000),
    ),
    "queues:site_ending": (Visit(lambda scene: f"{HALL}settings/sites/{scene.site}/ending/", who=MANAGER),),
    "queues:zone_ending": (
        Visit(lambda scene: f"{HALL}settings/zones/{scene.zones['A']}/ending/", who=MANAGER),
        Visit(lambda scene: f"{HALL}settings/zones/{scene.joining['zone']}/ending/", who=MANAGER),
    ),
    "queues:mall_day": (
        at(f"{HALL}settings/calendar/day/", who=MANAGER),
        Visit(lambda scene: f"{HALL}settings/calendar/day/?day={scene.joining['own_day']}", who=MANAGER),
    ),
    "queues:full_time": (
        at(f"{HALL}full-time/", who=MANAGER),
        at(f"{HALL}full-time/?month=2020-01", who=MANAGER),
    ),
    "queues:first_day": (at(f"{HALL}first-day/", who=MANAGER, weight=100_000),),
    # Every word that a call may have is listed.
    "queues:recordings": (at(f"{HALL}recordings/", who=MANAGER, weight=100_000),),
    "queues:cases": (at(f"{HALL}cases/", who=MANAGER), at(f"{HALL}cases/?state=done", who=MANAGER)),
    "queues:case": (Visit(lambda scene: f"{HALL}cases/{scene.forwarded['case']}/", who=MANAGER),),
}
