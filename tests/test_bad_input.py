"""Bad input at every kind of door: a clear 4xx in words, and nothing written."""

import json
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.agencies.models import Agreement, ApiToken, App, Milestone, Relocation
from pendopo.agencies.types import Role
from pendopo.applications.models import Handover
from pendopo.catalogue.models import Fee, Variant
from pendopo.innovations.models import Competition, Innovation, Proposal
from pendopo.inspections.models import Finding, Inspection
from pendopo.kernel.crypto import Bearer, sign_bearer
from pendopo.meetings.models import Decision, Invitation, Meeting
from pendopo.notifications.models import Message
from pendopo.payments.models import Bill, Deposit, Refund, RefundWish, Transfer
from pendopo.queues.models import ForwardedCase
from pendopo.readiness.models import Evidence, PlanStep
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.worktime.models import Calendar
from tests.world import World, build, count_rows
from tests.wrong_input.addresses import MALLS, METHODS
from tests.wrong_input.billing import BILLING
from tests.wrong_input.files import FILES
from tests.wrong_input.hall import READS, WRITES
from tests.wrong_input.joining import JOINING
from tests.wrong_input.messages import MESSAGES
from tests.wrong_input.people import ENTERING, ME
from tests.wrong_input.products import PRODUCTS
from tests.wrong_input.settings import ARRANGING, SETTINGS
from tests.wrong_input.steering import INNOVATING, MEETING, READINESS
from tests.wrong_input.trying import HERE, SCRIPT, UUID, Try, api, ticket

pytestmark = pytest.mark.django_db


GROUPS = {
    "malls": MALLS,
    "reads": READS,
    "writes": WRITES,
    "billing": BILLING,
    "joining": JOINING,
    "meeting": MEETING,
    "readiness": READINESS,
    "arranging": ARRANGING,
    "innovating": INNOVATING,
    "settings": SETTINGS,
    "files": FILES,
    "products": PRODUCTS,
    "messages": MESSAGES,
    "methods": METHODS,
    "entering": ENTERING,
    "me": ME,
}


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_what_is_wrong_is_told_in_words_and_writes_nothing(group: list[Try], world: World) -> None:
    before = count_rows(world.mall)
    wrong = [fault for one in group for fault in faults(one, send(one, world))]

    assert not wrong, "\n".join(wrong)
    # Signing in, as some of them must, is a session; a wrong password is counted.
    apart = dict.fromkeys(["django_session", "people_session", "people_remembered"], 0)
    audited = {"audit_installationentry": 0}  # Of the session.
    assert count_rows(world.mall) | apart | audited == before | apart | audited


@pytest.fixture
def world() -> World:
    return build()


def send(one: Try, world: World) -> HttpResponse:
    """Send a request as it is."""
    client = Client(raise_request_exception=False)
    headers = dict(one.headers)
    if one.role and one.path.startswith("/api/"):
        headers["authorization"] = f"Bearer {world.tokens[one.role]}"
    elif one.role:
        client.force_login(world.account(one.role))
    names = {
        "mall": world.mall.slug, "key": world.waiting.key, "done": world.done.key, "ticket": str(world.called.pk),
        "counter": str(world.hall.counter.pk), "service": world.hall.service.code,
        "site": str(world.hall.place.site.pk), "van": str(world.stop.site_id), "stop": str(world.stop.pk),
        "agency": world.hall.place.agency.code, "agency_number": str(world.hall.place.agency.pk),
        "agreement": str(world.number_of(Agreement)), "milestone": str(world.number_of(Milestone)),
        "relocation": str(world.number_of(Relocation)), "inspection": str(world.number_of(Inspection)),
        "finding": str(world.number_of(Finding)),
        "evidence": str(world.number_of(Evidence)), "step": str(world.number_of(PlanStep)),
        "app": str(world.number_of(App)),
        "outlet": str(world.hall.place.outlet.pk), "queue": str(world.hall.queue.pk),
        "account": str(world.hall.officer.account_id), "role": str(world.role),
        "document": world.document, "file": world.file,
        "zone": str(world.hall.place.zone.pk), "device": str(world.kiosk.pk),
        "calendar": str(world.number_of(Calendar)), "message": str(world.number_of(Message)),
        "meeting": str(world.number_of(Meeting)),
        "invitation": str(world.number_of(Invitation)),
        "decision": str(world.number_of(Decision)),
        "innovation": str(world.number_of(Innovation)),
        "bill": str(world.number_of(Bill)), "bill_key": world.bill_key,
        "variant": str(world.number_of(Variant)), "deposit": str(world.number_of(Deposit)),
        "refund": str(world.number_of(Refund)), "wish": str(world.number_of(RefundWish)),
        "transfer": str(world.number_of(Transfer)),
        "fee": str(world.number_of(Fee)), "case": str(world.number_of(ForwardedCase)),
        "handover": str(world.number_of(Handover)),
        "competition": str(world.number_of(Competition)), "proposal": str(world.number_of(Proposal)),
    }  # fmt: skip
    path, body = one.path, one.body
    for name, value in names.items():
        path = path.replace("{" + name + "}", value)
        body = body.replace("{" + name + "}", value) if isinstance(body, str) else body
    data = body.encode() if isinstance(body, str) else body
    response = client.generic(one.method, path, data, content_type=one.kind, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def faults(one: Try, response: HttpResponse) -> Iterator[str]:
    """Name what is wrong with an answer."""
    if response.status_code not in one.expected:
        yield f"{one}: {response.status_code}, not {sorted(one.expected)}"
    elif one.path.startswith("/api/"):
        problem = json.loads(response.content) if "problem+json" in response["Content-Type"] else {}
        if not (problem.get("code") and problem.get("detail") and problem.get("status") == response.status_code):
            yield f"{one}: no problem document: {response.content[:100]!r}"
    elif not ("<h1" in response.content.decode() and response["Content-Type"].startswith("text/html")):
        yield f"{one}: {response.status_code} without a page: {response.content[:100]!r}"
    if SCRIPT.encode() in response.content:
        yield f"{one}: markup came back as it was sent"


def tokens(world: World, other: World) -> dict[str, tuple[str, set[int]]]:
    """Tokens that open nothing here."""
    good = world.tokens[Role.MANAGER]
    body, _, mac = good.partition(".")
    account = world.account(Role.MANAGER)
    number = str(uuid4())
    return {
        "forged": (f"{body}.{mac[:-4]}AAAA", {401}),
        "of another body": (f"{other.tokens[Role.MANAGER].partition('.')[0]}.{mac}", {401}),
        "without signature": (body, {401}),
        "not a token": ("pdp_", {401}),
        "with letters of elsewhere": ("pdp_é.é", {401}),
        "with a zero byte": ("pdp_\x00", {401}),
        "endless": ("pdp_" + "a" * 10_000, {401}),
        "expired": (sign_bearer(Bearer("account", account.pk, world.mall.pk, number, 1)), {401}),
        "never given": (sign_bearer(Bearer("account", account.pk, world.mall.pk, number, 2**40)), {401}),
        "of another mall": (other.tokens[Role.MANAGER], {404}),
        "of another mall's device": (other.kiosk_token, {404}),
    }


def test_a_token_that_is_not_good_opens_nothing(world: World) -> None:
    other = build()
    with wall.inside(world.mall.pk):
        revoked = world.tokens[Role.HEAD]
        memberships.revoke_token(ApiToken.objects.get(account=world.account(Role.HEAD)), at=timezone.now())
        tenancy.revoke_device(world.kiosk, at=timezone.now())
    bad = tokens(world, other) | {"revoked": (revoked, {401}), "of a revoked device": (world.kiosk_token, {401, 403})}
    before = count_rows(world.mall, other.mall)
    doors = [
        api("/tickets", ticket(origin="desk"), method="POST"),
        api("/counters/{counter}/calls", method="POST"),
        api("/counters/{counter}/session", {"state": "paused"}, method="PUT"),
        api("/tickets/{ticket}/service", method="PUT"),
        api(""),
    ]
    wrong = []
    for name, (token, expected) in bad.items():
        for door in doors:
            one = replace(door, headers={"authorization": f"Bearer {token}"}, expected=frozenset(expected))
            wrong += [f"{name}: {fault}" for fault in faults(one, send(one, world))]
    for text in ("Basic YTpi", "Bearer", "bearer ", "x"):
        one = api("", headers={"authorization": text}, expected=frozenset({401}))
        wrong += [f"{text}: {fault}" for fault in faults(one, send(one, world))]

    assert not wrong, "\n".join(wrong)
    assert count_rows(world.mall, other.mall) == before


def test_an_id_is_not_used_for_two_things(world: World) -> None:
    first = api("/tickets", ticket(), method="POST", expected=frozenset({201}))
    assert send(first, world).status_code == 201
    before = count_rows(world.mall)

    for other in (ticket(service="TIDAK-ADA"), ticket(origin="desk")):
        one = api("/tickets", other, method="POST", role=Role.OFFICER, expected=frozenset({409}))
        assert list(faults(one, send(one, world))) == []
    assert count_rows(world.mall) == before


@pytest.mark.parametrize(
    "language", ["xx", "*", "en;q=x", "a" * 5000, "\x00", "id, en;q=0.5" * 200, "../../etc", "<b>"]
)
def test_a_browser_of_any_language_is_answered(language: str, world: World) -> None:
    response = send(Try(HERE + "/", headers={"accept-language": language}), world)

    assert response.status_code == 200
    assert response["Content-Language"] in {"id", "en"}


def test_markup_is_shown_and_never_run(world: World) -> None:
    for path in (f"/?q={SCRIPT}", f"/?agency={SCRIPT}", f"/board/?zone={SCRIPT}", f"/services/{SCRIPT}/"):
        response = send(Try(HERE + path), world)
        assert SCRIPT.encode() not in response.content
        assert response.status_code in {200, 404}


def test_a_form_of_another_site_is_refused(world: World) -> None:
    before = count_rows(world.mall)
    client = Client(enforce_csrf_checks=True)
    sent = {"service": world.hall.service.code, "id": UUID}

    response = client.post(f"/m/{world.mall.slug}/tickets/", sent)

    assert response.status_code == 403
    assert "<h1" in response.content.decode()
    assert count_rows(world.mall) == before
