from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
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
    "documents:check": (at(f"{HALL}v/"),),
    "documents:document": (
        Visit(lambda scene: f"{HALL}v/{scene.forwarded['issued']}/"),
        Visit(lambda scene: f"{HALL}v/{scene.forwarded['issued']}/", who=MANAGER),
    ),
    "catalogue:charter_signer": (at(f"{HALL}settings/charters/DUKCAPIL/", who=MANAGER),),
}
