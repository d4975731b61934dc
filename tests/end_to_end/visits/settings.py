from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
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
}
