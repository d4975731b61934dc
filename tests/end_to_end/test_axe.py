"""Every page there is, in every window that it is made for: for everybody, light enough, and only from us."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, StorageState

from pendopo.queues.types import State
from tests import doors
from tests.end_to_end import checks, staff
from tests.end_to_end.browser import DESK, Visitors
from tests.end_to_end.scene import Scene
from tests.end_to_end.visits import VISITS
from tests.end_to_end.visits.apart import DOCUMENTS, REFUSALS, WRITTEN
from tests.end_to_end.visits.going import Visit

pytestmark = pytest.mark.xdist_group("pages")
PAGES = sorted({door.name for door in doors.pages() if door.method == "GET"} - DOCUMENTS - WRITTEN)
NARROWEST = 320


@pytest.fixture(scope="package")
def keys() -> dict[str, StorageState]:
    """What the browser remembers of whoever has signed in before: once is enough."""
    return {}


def test_every_route_is_visited_or_is_no_page() -> None:
    everything = {door.name for door in doors.pages()}

    assert set(PAGES) == set(VISITS)
    assert all(VISITS.values())
    assert everything >= DOCUMENTS | WRITTEN


@pytest.mark.parametrize("route", PAGES)
def test_a_page_is_for_everybody(scene: Scene, visitors: Visitors, keys: dict[str, StorageState], route: str) -> None:
    found = [problem for visit in VISITS[route] for problem in inspect(visit, scene, visitors, keys)]

    assert not found, "\n".join(found)


def test_refusals_are_for_everybody_too(scene: Scene, visitors: Visitors, keys: dict[str, StorageState]) -> None:
    found = [problem for visit in REFUSALS for problem in inspect(visit, scene, visitors, keys)]

    # A refused page is an error on the browser's console, and nothing else is.
    assert [
        heard for heard in visitors.watched.complaints if "the server responded with a status of 4" not in heard
    ] == []
    visitors.watched.complaints.clear()
    assert not found, "\n".join(found)


def test_what_is_written_is_no_page(scene: Scene, visitors: Visitors, keys: dict[str, StorageState]) -> None:
    page = visitors.person(known=signed_in("queue A", scene, visitors, keys))
    values = {
        "mall": "contoh",
        "key": scene.tickets[State.WAITING],
        "counter": scene.counters["A"].pk,
        "ticket": scene.at_desk,
        "stop": 1,
        "code": scene.services["DUKCAPIL"],
        **dict.fromkeys(["van", "site", "relocation"], 1),
        "agency": scene.joining["led"],
        "agreement": scene.joining["agreement"],
        "milestone": scene.joining["milestone"],
        "notice": scene.joining["notice"],
        "finding": scene.joining["finding"],
        **{name: scene.joining[name] for name in ("step", "evidence", "assessment", "indicator")},
        **{name: scene.joining[name] for name in ("zone", "device")},
        "day": scene.joining["own_day"],
        **dict.fromkeys(["fee", "standard", "case"], 1),
        "gate": "sisdmk",
        "criterion": "trial",
        **{name: scene.joining[name] for name in ("outlet", "role")},
        "account": scene.joining["officer"],
        "queue": scene.queues["A"],
        **{name: scene.joining[name] for name in ("bill", "bill_key", "deposit")},
        "refund": 1,
        "wish": 1,
        "transfer": 1,
        "handover": scene.forwarded["handover"],
        "handed": scene.forwarded["handed"],
        "document": scene.forwarded["issued"],
        "batch": scene.joining["batch"],
        "waiting": scene.joining["paper_waiting"],
        "file": scene.joining["file"],
        **{name: scene.joining[name] for name in ("app", "meeting", "point", "decision")},
        **{name: scene.joining[name] for name in ("innovation", "competition", "proposal", "inspection", "message")},
    }
    written = [door for door in doors.pages() if door.method == "GET" and door.name in WRITTEN]

    answers = {door.name: page.request.get(door.at(values), max_redirects=0).status for door in written}

    assert {name for name, status in answers.items() if status not in {302, 403, 405}} == set()


def inspect(visit: Visit, scene: Scene, visitors: Visitors, keys: dict[str, StorageState]) -> list[str]:
    """Go there and return all that is wrong with it."""
    page = visitors.person(visit.sizes[0], known=signed_in(visit.who, scene, visitors, keys) if visit.who else None)
    scales = checks.Scales(page)
    path = visit.path(scene)
    response = page.goto(path)
    assert response
    assert response.status == visit.status, path
    # Whoever is sent to sign in sees a page in order, and not the one that was meant.
    assert urlsplit(page.url).path == urlsplit(path).path
    # Whatever the page brings in by itself is part of it.
    page.wait_for_timeout(150)
    found = [] if scales.bytes <= visit.weight else [f"{scales.bytes} bytes"]
    for width, height in visit.sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {problem}" for problem in checks.violations(page) + checks.too_wide(page)]
        found += [f"{width} px: {problem}" for problem in checks.too_small(page, visit.touch)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {problem}" for problem in checks.faint(page)]
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    found += [f"{NARROWEST} px: {problem}" for problem in checks.too_wide(page)]
    page.close()
    return [f"{path}: {problem}" for problem in found]


def signed_in(who: str, scene: Scene, visitors: Visitors, keys: dict[str, StorageState]) -> StorageState:
    """Return what the browser of somebody remembers, who signs in by the page the first time."""
    if who not in keys:
        page: Page = visitors.person(DESK)
        contact = scene.login(who.removeprefix("queue ")) if who.startswith("queue ") else who
        staff.sign_in(page, contact, then="/m/contoh/presence/")
        keys[who] = page.context.storage_state()
        page.close()
    return keys[who]
