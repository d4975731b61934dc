from tests.end_to_end.browser import DESK, PHONE, TV
from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "performance:head": (
        at(f"{HALL}head/", who="pimpinan@contoh.test", sizes=(PHONE, DESK, TV)),
        at(f"{HALL}head/", who="inspektur@contoh.test"),
    ),
    "performance:days": (at(f"{HALL}head/days/", who=MANAGER),),
    "performance:satisfaction": (at(f"{HALL}head/satisfaction/", who=MANAGER),),
    "performance:letters": (at(f"{HALL}head/letters/", who=MANAGER),),
    # It fetches the page that begins one, to keep it for where there is no network.
    "inspections:inspections": (at(f"{HALL}inspections/", who=MANAGER, weight=100_000),),
    # All that is asked at a place, to be filled in without a network; it comes twice, to be shown and to be kept.
    "inspections:inspection_new": (at(f"{HALL}inspections/new/", who=MANAGER, weight=200_000),),
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
        at(f"{HALL}letters/new/cancellation/", who=MANAGER),
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
}
