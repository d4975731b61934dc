"""For every page an address to visit, who goes there, and in which windows. A route that is missing here fails."""

from collections.abc import Callable
from dataclasses import dataclass

from pendopo.queues.types import State
from tests.end_to_end.browser import DESK, KIOSK, PHONE, TV
from tests.end_to_end.scene import Scene

HALL = "/m/contoh/"
MANAGER = "manajer@contoh.test"
# What a phone pays for a first visit, without the font, in bytes over the wire.
LIGHT = 60_000


@dataclass(frozen=True)
class Visit:
    """A look at one page. `who` signs in before; `touch` is the least side of whatever is touched, in CSS pixels,
    `weight` the most that it may weigh.
    """

    path: Callable[[Scene], str]
    who: str = ""
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK)
    status: int = 200
    touch: int = 44
    weight: int = LIGHT


def at(
    path: str,
    *,
    who: str = "",
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK),
    status: int = 200,
    touch: int = 44,
    weight: int = LIGHT,
) -> Visit:
    """Visit an address that is the same in every scene."""
    return Visit(lambda scene: path, who, sizes, status, touch, weight)


def kiosk(path: str) -> Visit:
    """Visit a page of the kiosk, where nothing may be smaller than a knuckle."""
    return at(path, sizes=(KIOSK, PHONE), touch=64)


def key(state: State, page: str = "", *, status: int = 200) -> Visit:
    """Visit the page of the ticket in a state."""
    return Visit(lambda scene: f"{HALL}t/{scene.tickets[state]}/{page}", status=status)


def counter(queue: str, page: str = "") -> Visit:
    """Visit a counter, or what belongs to it, as its officer."""
    return Visit(
        lambda scene: f"{HALL}counters/{scene.counters[queue].pk}/{page}",
        who=f"queue {queue}",
        sizes=(PHONE, (1366, 768)),
    )


def desk(page: str) -> Visit:
    """Visit a page of the common desk."""
    return at(f"{HALL}reception/{page}", who=MANAGER)


VISITS: dict[str, tuple[Visit, ...]] = {
    "demo:tour": (at("/tur/"),),
    "portal:home": (at("/"), at("/?q=tidak+ada"), at("/?q=paspor"), at("/", who=MANAGER)),
    "account_login": (at("/accounts/login/"),),
    "account_logout": (at("/accounts/logout/", who=MANAGER),),
    "account_inactive": (at("/accounts/inactive/"),),
    "catalogue:search": (
        at(HALL),
        at(f"{HALL}?q=akta"),
        at(f"{HALL}?q=zzzz"),
        at(f"{HALL}?q=akta+tanah+wakaf+sekolah"),
        at(f"{HALL}?agency=DPMPTSP"),
    ),
    "catalogue:service": (
        Visit(lambda scene: f"{HALL}services/{scene.services['DUKCAPIL']}/"),
        Visit(lambda scene: f"{HALL}services/{scene.services['DPMPTSP']}/"),
    ),
    "catalogue:leaflet": (Visit(lambda scene: f"{HALL}services/{scene.services['DUKCAPIL']}/leaflet/"),),
    "catalogue:charter": (at(f"{HALL}charters/DUKCAPIL/"),),
    "catalogue:standards": (at(f"{HALL}standards/", who=MANAGER),),
    "catalogue:agency_standards": (at(f"{HALL}standards/DPMPTSP/", who=MANAGER),),
    "catalogue:standard": (
        Visit(lambda scene: f"{HALL}services/{scene.services['DUKCAPIL']}/standard/", who=MANAGER),
        Visit(lambda scene: f"{HALL}services/{scene.services['DUKCAPIL']}/standard/", who="queue A"),
    ),
    "queues:ticket": (
        *(key(state) for state in State),
        Visit(lambda scene: f"{HALL}t/{scene.forwarded['forwarded']}/"),
        Visit(lambda scene: f"{HALL}t/{scene.joined}/"),
    ),
    "queues:offline": (at(f"{HALL}offline/"),),
    "surveys:rating": (key(State.COMPLETED, "rating/"),),
    "queues:kiosk": (kiosk(f"{HALL}kiosk/"),),
    "queues:kiosk_services": (
        kiosk(f"{HALL}kiosk/DPMPTSP/"),
        kiosk(f"{HALL}kiosk/DUKCAPIL/?page=2"),
    ),
    "queues:kiosk_needs": (
        Visit(lambda scene: f"{HALL}kiosk/KEJARI/{scene.services['KEJARI']}/", sizes=(KIOSK, PHONE), touch=64),
    ),
    "queues:kiosk_ticket": (
        Visit(lambda scene: f"{HALL}kiosk/t/{scene.tickets[State.WAITING]}/", sizes=(KIOSK, PHONE), touch=64),
    ),
    "queues:board": (at(f"{HALL}board/", sizes=(TV, PHONE, KIOSK)),),
    "queues:device": (at(f"{HALL}device/"),),
    "queues:counters": (at(f"{HALL}counters/", who="queue A"), at(f"{HALL}counters/", who=MANAGER)),
    "queues:console": (counter("A"), counter("R"), counter("AC"), counter("S"), counter("R", "?strip=1")),
    "queues:transfer": (
        counter("S", "transfer/"),
        counter("R", "transfer/"),
        Visit(
            lambda scene: f"{HALL}counters/{scene.counters['R'].pk}/transfer/?queue={scene.queues['R']}",
            who="queue R",
        ),
    ),
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
    "agencies:presence": (at(f"{HALL}presence/", who="queue A"), at(f"{HALL}presence/", who=MANAGER)),
    "agencies:presence_screen": (at(f"{HALL}presence/screen/"),),
    "agencies:attendance": (
        # Each officer with their day; read by whoever leads.
        at(f"{HALL}attendance/", who=MANAGER, weight=100_000),
        at(f"{HALL}attendance/?day=2020-01-01", who=MANAGER),
    ),
    "agencies:shift": (Visit(lambda scene: f"{HALL}attendance/shift/?{scene.shift}", who=MANAGER),),
    "agencies:attendance_month": (
        at(f"{HALL}attendance/month/", who=MANAGER),
        at(f"{HALL}attendance/month/?month=2020-01", who=MANAGER),
    ),
    "agencies:roster": (at(f"{HALL}roster/", who=MANAGER, weight=150_000),),
    "queues:vacancies": (at(f"{HALL}vacancies/", who=MANAGER, weight=100_000),),
    "performance:head": (
        at(f"{HALL}head/", who="pimpinan@contoh.test", sizes=(PHONE, DESK, TV)),
        at(f"{HALL}head/", who="inspektur@contoh.test"),
    ),
    "performance:days": (at(f"{HALL}head/days/", who=MANAGER),),
    "performance:satisfaction": (at(f"{HALL}head/satisfaction/", who=MANAGER),),
    "performance:letters": (at(f"{HALL}head/letters/", who=MANAGER),),
    "agencies:settings": (at(f"{HALL}settings/", who=MANAGER),),
    "agencies:agency_list": (
        at(f"{HALL}settings/agencies/", who=MANAGER, weight=100_000),
        at(f"{HALL}settings/agencies/?q=zzzz", who=MANAGER),
    ),
    "agencies:agency_new": (at(f"{HALL}settings/agencies/new/", who=MANAGER),),
    "agencies:agency_settings": (at(f"{HALL}settings/agencies/DUKCAPIL/", who=MANAGER),),
    "agencies:agency_outlets": (at(f"{HALL}settings/agencies/DUKCAPIL/outlets/", who=MANAGER),),
    "agencies:common_desk": (at(f"{HALL}settings/common-desk/", who=MANAGER),),
    "agencies:outlet": (Visit(lambda scene: f"{HALL}settings/outlets/{scene.counters['A'].outlet_id}/", who=MANAGER),),
    "agencies:outlet_ending": (
        Visit(lambda scene: f"{HALL}settings/outlets/{scene.counters['A'].outlet_id}/ending/", who=MANAGER),
    ),
    "agencies:counter_list": (
        at(f"{HALL}settings/counters/", who=MANAGER, weight=100_000),
        at(f"{HALL}settings/counters/?state=retired", who=MANAGER),
    ),
    "agencies:counter_new": (at(f"{HALL}settings/counters/new/", who=MANAGER),),
    "agencies:counter_settings": (
        Visit(lambda scene: f"{HALL}settings/counters/{scene.counters['A'].pk}/", who=MANAGER),
    ),
    "agencies:counter_retirement": (
        Visit(lambda scene: f"{HALL}settings/counters/{scene.counters['A'].pk}/retirement/", who=MANAGER),
    ),
    "agencies:staff": (
        at(f"{HALL}settings/staff/", who=MANAGER, weight=100_000),
        at(f"{HALL}settings/staff/?state=past", who=MANAGER),
    ),
    "agencies:staff_new": (at(f"{HALL}settings/staff/new/", who=MANAGER),),
    "agencies:staff_member": (Visit(lambda scene: f"{HALL}settings/staff/{scene.joining['officer']}/", who=MANAGER),),
    "agencies:role_ending": (
        Visit(
            lambda scene: f"{HALL}settings/staff/{scene.joining['officer']}/roles/{scene.joining['role']}/ending/",
            who=MANAGER,
        ),
    ),
    "agencies:relocation_counters": (
        Visit(lambda scene: f"{HALL}relocations/{scene.joining['relocation']}/counters/", who=MANAGER, weight=100_000),
    ),
    "account_reset_password_from_key": (at("/accounts/password/1/x-y/"),),
    "account_reset_password_from_key_done": (at("/accounts/password/done/"),),
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
    "agencies:sites": (
        at(f"{HALL}settings/sites/", who=MANAGER),
        at(f"{HALL}settings/sites/", who="pimpinan@contoh.test"),
    ),
    "agencies:site_settings": (Visit(lambda scene: f"{HALL}settings/sites/{scene.site}/", who=MANAGER),),
    "agencies:devices": (
        at(f"{HALL}settings/devices/", who=MANAGER),
        at(f"{HALL}settings/devices/?kind=pad&revoked=1", who=MANAGER),
    ),
    "agencies:device_new": (at(f"{HALL}settings/devices/new/", who=MANAGER),),
    "agencies:device": (Visit(lambda scene: f"{HALL}settings/devices/{scene.joining['device']}/", who=MANAGER),),
    "agencies:brand": (at(f"{HALL}settings/brand/", who=MANAGER),),
    "agencies:calendar": (at(f"{HALL}settings/calendar/", who=MANAGER),),
    "agencies:calendar_new": (at(f"{HALL}settings/calendar/hours/new/?example=ramadan", who=MANAGER),),
    "agencies:calendar_hours": (
        Visit(lambda scene: f"{HALL}settings/calendar/hours/{scene.joining['calendar']}/", who=MANAGER),
        Visit(lambda scene: f"{HALL}settings/calendar/hours/{scene.joining['calendar']}/", who="pimpinan@contoh.test"),
    ),
    "agencies:settings_history": (
        at(f"{HALL}settings/history/", who=MANAGER),
        at(f"{HALL}settings/history/?kind=devices", who=MANAGER),
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
    "queues:board_texts": (at(f"{HALL}settings/board/", who=MANAGER),),
    "queues:full_time": (
        at(f"{HALL}full-time/", who=MANAGER),
        at(f"{HALL}full-time/?month=2020-01", who=MANAGER),
    ),
    "queues:first_day": (at(f"{HALL}first-day/", who=MANAGER, weight=100_000),),
    "queues:vans": (at(f"{HALL}vans/"),),
    "queues:van": (
        Visit(lambda scene: f"{HALL}vans/{scene.van}/"),
        Visit(lambda scene: f"{HALL}vans/{scene.van_now}/"),
    ),
    # Every service may be chosen.
    "queues:van_new": (at(f"{HALL}vans/new/", who=MANAGER, weight=100_000),),
    "queues:stops": (at(f"{HALL}stops/", who=MANAGER),),
    # Every word that a call may have is listed.
    "queues:recordings": (at(f"{HALL}recordings/", who=MANAGER, weight=100_000),),
    "queues:reception": (
        desk(""),
        desk("?q=akta"),
        desk("?q=zzzz"),
        Visit(lambda scene: f"{HALL}reception/?visit={scene.by_phone}", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/?add={scene.services['DUKCAPIL']}&deaf=on", who=MANAGER),
    ),
    "queues:reception_requirements": (
        desk("requirements/"),
        Visit(
            lambda scene: (
                f"{HALL}reception/requirements/?service={scene.services['DUKCAPIL']}&paper={scene.services['DUKCAPIL']}:1"
            ),
            who=MANAGER,
        ),
    ),
    "queues:reception_search": (desk("tickets/"), desk("tickets/?number=1"), desk("tickets/?number=A-9999")),
    "queues:reception_ticket": (
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.at_desk}/", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.by_phone}/", who=MANAGER),
    ),
    "queues:reception_slip": (
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.at_desk}/slip/", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.by_phone}/slip/?width=58", who=MANAGER),
    ),
    "agencies:agreements": (
        at(f"{HALL}agreements/", who=MANAGER, weight=100_000),
        at(f"{HALL}agreements/?q=zzzz", who=MANAGER),
    ),
    "agencies:agreement_new": (at(f"{HALL}agreements/new/", who=MANAGER),),
    "agencies:signing": (at(f"{HALL}agreements/signing/", who=MANAGER),),
    "agencies:agreement": (Visit(lambda scene: f"{HALL}agreements/{scene.joining['agreement']}/", who=MANAGER),),
    "agencies:prospects": (at(f"{HALL}prospects/", who=MANAGER),),
    "agencies:preparations": (at(f"{HALL}preparation/", who=MANAGER),),
    "agencies:preparation_new": (at(f"{HALL}preparation/new/", who=MANAGER),),
    "agencies:preparation": (
        at(f"{HALL}preparation/of/DUKCAPIL/", who=MANAGER),
        at(f"{HALL}preparation/of/DPMPTSP/", who=MANAGER),
    ),
    "agencies:opening_day": (at(f"{HALL}opening-day/", who=MANAGER),),
    "agencies:milestone": (Visit(lambda scene: f"{HALL}milestones/{scene.joining['milestone']}/", who=MANAGER),),
    "agencies:capacity": (at(f"{HALL}capacity/", who=MANAGER),),
    # Two forms an agency.
    "agencies:hotlines": (at(f"{HALL}hotlines/", who=MANAGER, weight=100_000),),
    "catalogue:information": (at(f"{HALL}information/"),),
    "catalogue:changes": (at(f"{HALL}information/changes/"),),
    "catalogue:life": (at(f"{HALL}life/lahir/"),),
    "catalogue:notices": (
        at(f"{HALL}notices/of/announcement/", who=MANAGER),
        at(f"{HALL}notices/of/facility/", who=MANAGER),
    ),
    "catalogue:notice": (Visit(lambda scene: f"{HALL}notices/{scene.joining['notice']}/", who=MANAGER),),
    "catalogue:plans": (at(f"{HALL}notices/plans/", who=MANAGER),),
    "catalogue:coverage": (at(f"{HALL}coverage/", who=MANAGER),),
    "catalogue:coverage_agency": (at(f"{HALL}coverage/of/DUKCAPIL/", who=MANAGER),),
    "catalogue:coverage_twice": (at(f"{HALL}coverage/twice/", who=MANAGER),),
    "catalogue:coverage_service": (
        Visit(lambda scene: f"{HALL}coverage/services/{scene.services['DUKCAPIL']}/", who=MANAGER),
    ),
    "catalogue:service_list": (
        at(f"{HALL}settings/services/", who=MANAGER),
        at(f"{HALL}settings/services/?state=ended", who=MANAGER),
    ),
    "catalogue:service_new": (at(f"{HALL}settings/services/new/", who=MANAGER),),
    "catalogue:service_settings": (
        Visit(lambda scene: f"{HALL}settings/services/{scene.services['DUKCAPIL']}/", who=MANAGER),
    ),
    "catalogue:variant_settings": (
        Visit(lambda scene: f"{HALL}settings/variants/{scene.forwarded['priced']}/", who=MANAGER),
    ),
    "catalogue:charter_signer": (at(f"{HALL}settings/charters/DUKCAPIL/", who=MANAGER),),
    "queues:cases": (at(f"{HALL}cases/", who=MANAGER), at(f"{HALL}cases/?state=done", who=MANAGER)),
    "queues:case": (Visit(lambda scene: f"{HALL}cases/{scene.forwarded['case']}/", who=MANAGER),),
    "inspections:inspections": (at(f"{HALL}inspections/", who=MANAGER),),
    "inspections:inspection_new": (at(f"{HALL}inspections/new/", who=MANAGER),),
    "inspections:inspection": (
        # With its photos.
        Visit(lambda scene: f"{HALL}inspections/{scene.joining['inspection']}/", who=MANAGER, weight=100_000),
        Visit(lambda scene: f"{HALL}inspections/{scene.joining['filling']}/", who=MANAGER, weight=100_000),
    ),
    # All that is asked, at two places, and every agency as an owner; and what works without a network.
    "inspections:form": (
        Visit(lambda scene: f"{HALL}inspections/{scene.joining['filling']}/form/", who=MANAGER, weight=300_000),
    ),
    "inspections:findings": (
        at(f"{HALL}findings/", who=MANAGER),
        at(f"{HALL}findings/?state=late", who=MANAGER),
    ),
    "inspections:finding": (
        Visit(lambda scene: f"{HALL}findings/{scene.joining['finding']}/", who=MANAGER),
        Visit(lambda scene: f"{HALL}findings/{scene.joining['slip']}/", who=MANAGER),
    ),
    # Gates, eleven criteria and the plan; read by whoever leads.
    "readiness:ready": (at(f"{HALL}readiness/", who=MANAGER, weight=100_000),),
    "readiness:versions": (at(f"{HALL}readiness/versions/", who=MANAGER),),
    "readiness:gate": (
        at(f"{HALL}readiness/gates/sisdmk/", who=MANAGER),
        at(f"{HALL}readiness/gates/kepuasan/", who=MANAGER),
    ),
    "readiness:criterion": (
        at(f"{HALL}readiness/criteria/trial/", who=MANAGER),
        at(f"{HALL}readiness/criteria/complaints/", who=MANAGER),
    ),
    "readiness:ratings": (at(f"{HALL}readiness/ratings/", who=MANAGER),),
    "readiness:plan": (at(f"{HALL}readiness/plan/", who=MANAGER),),
    "readiness:step": (Visit(lambda scene: f"{HALL}readiness/plan/{scene.joining['step']}/", who=MANAGER),),
    "readiness:assessments": (at(f"{HALL}readiness/assessments/", who=MANAGER),),
    "readiness:assessment": (
        Visit(lambda scene: f"{HALL}readiness/assessments/{scene.joining['assessment']}/", who=MANAGER),
    ),
    "indicators:indicators": (at(f"{HALL}indicators/", who=MANAGER),),
    "indicators:new": (at(f"{HALL}indicators/new/", who=MANAGER),),
    "indicators:indicator": (Visit(lambda scene: f"{HALL}indicators/of/{scene.joining['indicator']}/", who=MANAGER),),
    # Every service may be chosen.
    "indicators:services": (
        Visit(lambda scene: f"{HALL}indicators/of/{scene.joining['indicator']}/services/", who=MANAGER, weight=100_000),
    ),
    "indicators:tickets": (
        Visit(lambda scene: f"{HALL}indicators/of/{scene.joining['indicator']}/tickets/", who=MANAGER),
        Visit(lambda scene: f"{HALL}indicators/of/{scene.joining['indicator']}/tickets/?month=2001-01", who=MANAGER),
    ),
    "agencies:apps": (
        at(f"{HALL}apps/", who=MANAGER),
        at(f"{HALL}apps/?state=retired", who=MANAGER),
    ),
    "agencies:app_new": (at(f"{HALL}apps/new/", who=MANAGER),),
    "agencies:app": (Visit(lambda scene: f"{HALL}apps/{scene.joining['app']}/", who=MANAGER),),
    "meetings:meetings": (at(f"{HALL}meetings/", who=MANAGER), at(f"{HALL}meetings/", who="queue A")),
    "meetings:meeting_new": (at(f"{HALL}meetings/new/", who=MANAGER),),
    "meetings:meeting": (Visit(lambda scene: f"{HALL}meetings/{scene.joining['meeting']}/", who=MANAGER),),
    "meetings:paper": (
        Visit(lambda scene: f"{HALL}meetings/{scene.joining['meeting']}/papers/standards/", who=MANAGER),
        Visit(lambda scene: f"{HALL}meetings/{scene.joining['meeting']}/papers/discipline/", who=MANAGER),
    ),
    "meetings:decisions": (at(f"{HALL}decisions/", who=MANAGER), at(f"{HALL}decisions/?state=done", who=MANAGER)),
    "meetings:decision": (Visit(lambda scene: f"{HALL}decisions/{scene.joining['decision']}/", who=MANAGER),),
    "meetings:letters": (at(f"{HALL}letters/", who=MANAGER),),
    "meetings:letter_new": (
        at(f"{HALL}letters/new/mpp-digital/", who=MANAGER),
        at(f"{HALL}letters/new/reminder/", who=MANAGER),
    ),
    "innovations:published": (at(f"{HALL}innovations/public/"), at(f"{HALL}innovations/public/?q=zzzz")),
    "innovations:agencies": (at(f"{HALL}innovations/agencies/", who=MANAGER),),
    "innovations:innovations": (
        at(f"{HALL}innovations/", who=MANAGER),
        at(f"{HALL}innovations/?q=zzzz", who=MANAGER),
    ),
    "innovations:new": (at(f"{HALL}innovations/new/", who=MANAGER),),
    "innovations:innovation": (Visit(lambda scene: f"{HALL}innovations/{scene.joining['innovation']}/", who=MANAGER),),
    "innovations:change": (
        Visit(lambda scene: f"{HALL}innovations/{scene.joining['innovation']}/change/", who=MANAGER),
    ),
    "innovations:novelty": (at(f"{HALL}innovations/novelty/?name=Antar&text=warga", who=MANAGER),),
    "innovations:replications": (at(f"{HALL}innovations/replications/", who=MANAGER),),
    "innovations:competitions": (at(f"{HALL}innovations/competitions/", who=MANAGER),),
    "innovations:competition_new": (at(f"{HALL}innovations/competitions/new/", who=MANAGER),),
    "innovations:competition": (
        Visit(lambda scene: f"{HALL}innovations/competitions/{scene.joining['competition']}/", who=MANAGER),
    ),
    "innovations:proposal": (
        Visit(lambda scene: f"{HALL}innovations/proposals/{scene.joining['proposal']}/", who=MANAGER),
        Visit(lambda scene: f"{HALL}innovations/proposals/{scene.joining['draft']}/", who=MANAGER),
    ),
    "innovations:scoring": (
        at(f"{HALL}innovations/scoring/", who=MANAGER),
        at(f"{HALL}innovations/scoring/", who="queue A"),
    ),
    "innovations:scores": (
        Visit(lambda scene: f"{HALL}innovations/proposals/{scene.joining['proposal']}/scores/", who=MANAGER),
    ),
    # Every indicator has its field.
    "innovations:iga": (at(f"{HALL}innovations/iga/", who=MANAGER, weight=100_000),),
    # Read at a desk by whoever writes programs.
    "api_docs": (at("/api/v1/docs", weight=100_000),),
}
# Answered to a reader by something else than a page: a program's document, or a refusal because they are for writing.
DOCUMENTS = frozenset(
    {
        "alive",
        "ready",
        "api:openapi-json",
        "queues:clip",
        "queues:speech",
        "catalogue:leaflet_pdf",
        "catalogue:charter_pdf",
        "catalogue:standards_csv",
        "catalogue:standards_xlsx",
        "queues:report_xlsx",
        "queues:report_csv",
        "agencies:attendance_csv",
        "agencies:attendance_xlsx",
        "queues:vacancies_csv",
        "queues:vacancies_xlsx",
        "queues:full_time_csv",
        "queues:full_time_xlsx",
        "queues:first_day_pdf",
        "performance:days_csv",
        "performance:days_xlsx",
        "performance:satisfaction_csv",
        "performance:satisfaction_xlsx",
        "performance:letter",
        "queues:manifest",
        "queues:worker",
        "queues:door_code",
        "queues:places",
        "agencies:agreements_csv",
        "agencies:agreements_xlsx",
        "agencies:prospects_csv",
        "agencies:prospects_xlsx",
        "agencies:preparations_csv",
        "agencies:preparations_xlsx",
        "agencies:opening_day_csv",
        "agencies:opening_day_xlsx",
        "agencies:hotlines_csv",
        "agencies:hotlines_xlsx",
        "agencies:agreement_file",
        "catalogue:notices_csv",
        "catalogue:notices_xlsx",
        "catalogue:plan",
        "catalogue:coverage_csv",
        "catalogue:coverage_xlsx",
        "catalogue:coverage_agency_csv",
        "catalogue:coverage_agency_xlsx",
        "catalogue:coverage_twice_csv",
        "catalogue:coverage_twice_xlsx",
        "catalogue:coverage_closing",
        "catalogue:service_list_csv",
        "catalogue:service_list_xlsx",
        "catalogue:standard_decree",
        "queues:cases_csv",
        "queues:cases_xlsx",
        "inspections:inspections_csv",
        "inspections:inspections_xlsx",
        "inspections:findings_csv",
        "inspections:findings_xlsx",
        "inspections:report",
        "inspections:photo",
        "inspections:signature",
        "inspections:parts",
        "inspections:worker",
        "readiness:table_csv",
        "readiness:table_xlsx",
        "readiness:report_pdf",
        "readiness:values_csv",
        "readiness:values_xlsx",
        "readiness:evidence_csv",
        "readiness:evidence_xlsx",
        "readiness:evidence_file",
        "readiness:ratings_csv",
        "readiness:ratings_xlsx",
        "readiness:plan_csv",
        "readiness:plan_xlsx",
        "readiness:assessments_csv",
        "readiness:assessments_xlsx",
        "readiness:assessment_csv",
        "readiness:assessment_xlsx",
        "indicators:table_csv",
        "indicators:table_xlsx",
        "indicators:tickets_csv",
        "indicators:tickets_xlsx",
        "indicators:years_csv",
        "indicators:years_xlsx",
        "indicators:figures_csv",
        "indicators:figures_xlsx",
        "indicators:months_csv",
        "indicators:months_xlsx",
        "agencies:agency_list_csv",
        "agencies:agency_list_xlsx",
        "agencies:counter_list_csv",
        "agencies:counter_list_xlsx",
        "agencies:staff_csv",
        "agencies:staff_xlsx",
        "queues:queue_list_csv",
        "queues:queue_list_xlsx",
        "agencies:devices_csv",
        "agencies:devices_xlsx",
        "agencies:settings_history_csv",
        "agencies:settings_history_xlsx",
        "agencies:brand_sheet",
        "agencies:logo",
        "agencies:apps_csv",
        "agencies:apps_xlsx",
        "meetings:meetings_csv",
        "meetings:meetings_xlsx",
        "meetings:agenda_pdf",
        "meetings:minutes_pdf",
        "meetings:paper_csv",
        "meetings:paper_xlsx",
        "meetings:decisions_csv",
        "meetings:decisions_xlsx",
        "meetings:decision_file",
        "meetings:letters_csv",
        "meetings:letters_xlsx",
        "meetings:letter",
        "innovations:innovations_csv",
        "innovations:innovations_xlsx",
        "innovations:agencies_csv",
        "innovations:agencies_xlsx",
        "innovations:replications_csv",
        "innovations:replications_xlsx",
        "innovations:competition_csv",
        "innovations:competition_xlsx",
        "innovations:iga_csv",
        "innovations:iga_xlsx",
    }
)
WRITTEN = frozenset(
    {
        "set_language",
        "catalogue:standard_publication",
        "queues:take",
        "queues:cancellation",
        "queues:return",
        "queues:promise",
        "queues:check_in",
        "queues:heartbeat",
        "queues:kiosk_take",
        "queues:kiosk_scan",
        "queues:kiosk_slips",
        "queues:removal",
        "queues:speaker",
        "queues:trial",
        "queues:attendance",
        "queues:reception_arrival",
        "queues:reception_paper",
        "queues:help",
        "queues:help_answer",
        "queues:assistance",
        "queues:quota_removal",
        "queues:closing_decision",
        "agencies:absence",
        "agencies:witness",
        "agencies:roster_ending",
        "agencies:employment",
        "queues:vacancy_reply",
        "queues:days_removal",
        "queues:event",
        "queues:event_removal",
        "queues:stop_cancellation",
        "queues:van_retirement",
        "queues:session",
        "queues:call",
        "queues:recall",
        "queues:service",
        "queues:absence",
        "queues:completion",
        "queues:take_over",
        "queues:parking",
        "queues:parked",
        "queues:missed",
        "agencies:agreement_standing",
        "agencies:agreement_renewal",
        "agencies:agreement_ending",
        "agencies:prospect_state",
        "agencies:preparation_item",
        "agencies:milestones",
        "agencies:milestone_completion",
        "agencies:site_capacity",
        "agencies:relocation_completion",
        "agencies:hotline",
        "agencies:hotline_test",
        "catalogue:coverage_office",
        "catalogue:service_offering",
        "catalogue:service_ending",
        "catalogue:service_resumption",
        "catalogue:variant_new",
        "catalogue:variant_ending",
        "catalogue:variant_resumption",
        "catalogue:fee_new",
        "catalogue:fee_withdrawal",
        "catalogue:notice_ending",
        "inspections:finding_reply",
        "inspections:finding_closing",
        "inspections:finding_reopening",
        "inspections:finding_withdrawal",
        "readiness:charge",
        "readiness:correction",
        "readiness:evidence_withdrawal",
        "readiness:step_completion",
        "indicators:figure",
        "indicators:correction",
        "indicators:target",
        "agencies:staff_invitation",
        "agencies:staff_token",
        "agencies:zone_new",
        "agencies:zone",
        "agencies:device_move",
        "agencies:device_voice",
        "agencies:device_printer",
        "agencies:device_revocation",
        "queues:mall_day_removal",
        "agencies:app_retirement",
        "agencies:app_overlap",
        "meetings:points",
        "meetings:point_removal",
        "meetings:point_minutes",
        "meetings:invitations",
        "meetings:attendance",
        "meetings:sending",
        "meetings:meeting_decisions",
        "meetings:cancellation",
        "meetings:closing",
        "meetings:postponement",
        "meetings:decision_report",
        "meetings:decision_settlement",
        "innovations:usage",
        "innovations:award",
        "innovations:replication",
        "innovations:ending",
        "innovations:publication",
        "innovations:begin",
        "innovations:jurors",
        "innovations:dismissal",
        "innovations:withdrawal",
        "innovations:iga_maxima",
        "innovations:iga_scores",
    }
)
# What no route answers.
REFUSALS = (
    at("/nowhere/", status=404),
    at("/m/nowhere/", status=404),
    at(f"{HALL}services/TIDAK-ADA/", status=404),
    at(f"{HALL}t/tidakada/", status=404),
    key(State.WAITING, "rating/", status=422),
)
