"""Everybody who can stand before a door, and how they knock."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.test import Client

from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.agencies.models import Agreement, App, Milestone, Relocation
from pendopo.agencies.queries.brand import style_sheet
from pendopo.agencies.types import Role
from pendopo.applications.models import Handover, Receipt
from pendopo.catalogue.models import Fee, Notice, Standard
from pendopo.documents.models import SigningBatch, WaitingPaper
from pendopo.innovations.models import Competition, Innovation, Proposal
from pendopo.inspections.models import Finding, Inspection, Photo
from pendopo.meetings.models import AgendaPoint, Decision, DecisionReport, Letter, Meeting
from pendopo.notifications.models import Message
from pendopo.payments.models import Bill, Deposit, Refund, RefundWish, Transfer
from pendopo.payments.models import Photo as ReceiptPhoto
from pendopo.people.models import Account
from pendopo.queues.models import ForwardedCase
from pendopo.readiness.models import Assessment, Evidence, PlanStep
from pendopo.worktime.models import Calendar
from tests.doors import Door
from tests.world import ACCENT, World


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: `role` where they have one in their own mall, `is_known` when signed in."""

    name: str
    client: Client
    role: Role | None = None
    is_known: bool = False
    is_device: bool = False


def browsers(world: World) -> list[Visitor]:
    """Return everybody who can stand before a page."""
    kiosk = Client()
    kiosk.cookies[DEVICE_COOKIE] = world.kiosk_token
    return [
        Visitor("anonymous", Client()),
        Visitor("citizen", _signed_in(world.citizen), is_known=True),
        Visitor("kiosk", kiosk, is_device=True),
        *(Visitor(role, _signed_in(world.account(role)), role=role, is_known=True) for role in Role),
    ]


def programs(world: World) -> list[Visitor]:
    """Return everybody who can call the API; a session opens nothing there."""
    return [
        Visitor("anonymous", Client()),
        Visitor("session", _signed_in(world.account(Role.MANAGER))),
        Visitor("kiosk", _bearing(world.kiosk_token), is_device=True),
        *(Visitor(role, _bearing(world.tokens[role]), role=role, is_known=True) for role in Role),
    ]


def _signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _bearing(token: str) -> Client:
    return Client(headers={"authorization": f"Bearer {token}"})


def values(world: World) -> dict[str, object]:
    """Return what the addresses of a mall ask for."""
    return {
        "mall": world.mall.slug,
        "code": world.hall.service.code,
        "agency": world.hall.place.agency.code,
        "key": world.waiting.key,
        "counter": world.hall.counter.pk,
        "van": world.stop.site_id,
        "stop": world.stop.pk,
        "ticket": world.called.pk,
        "site": world.hall.place.site.pk,
        "zone": world.hall.place.zone.pk,
        "device": world.kiosk.pk,
        "calendar": world.number_of(Calendar),
        "day": "2099-06-01",
        "colour": ACCENT[1:],
        "digest": style_sheet(ACCENT)[1],
        "name": world.mall_now.logo.rpartition("/")[2],
        "agreement": world.number_of(Agreement),
        "milestone": world.number_of(Milestone),
        "relocation": world.number_of(Relocation),
        "notice": world.number_of(Notice),
        **dict.fromkeys(["kind", "notice_kind"], "question"),
        "event": "lahir",
        "inspection": world.number_of(Inspection),
        "finding": world.number_of(Finding),
        "photo": world.number_of(Photo),
        "gate": "sisdmk",
        "criterion": "trial",
        "evidence": world.number_of(Evidence),
        "step": world.number_of(PlanStep),
        "assessment": world.number_of(Assessment),
        "indicator": "kemiskinan",
        "app": world.number_of(App),
        "meeting": world.number_of(Meeting),
        "point": world.number_of(AgendaPoint),
        "decision": world.number_of(Decision),
        "report": world.number_of(DecisionReport),
        "letter": world.number_of(Letter),
        "document": world.document,
        "batch": world.number_of(SigningBatch),
        "waiting": world.number_of(WaitingPaper),
        "file": world.file,
        "paper": "apps",
        "template": "reminder",
        "innovation": world.number_of(Innovation),
        "competition": world.number_of(Competition),
        "proposal": world.number_of(Proposal),
        "outlet": world.hall.place.outlet.pk,
        "queue": world.hall.queue.pk,
        "account": world.hall.officer.account_id,
        "role": world.role,
        "uidb36": "1",
        "language": "id",
        "token": "satu",
        "fee": world.number_of(Fee),
        "standard": world.number_of(Standard),
        "case": world.number_of(ForwardedCase),
        "handover": world.number_of(Handover),
        "handed": world.number_of(Receipt, "handover_id"),
        "product": world.product,
        "message": world.number_of(Message),
        "bill": world.number_of(Bill),
        "bill_key": world.bill_key,
        "deposit": world.number_of(Deposit),
        "refund": world.number_of(Refund),
        "wish": world.number_of(RefundWish),
        "transfer": world.number_of(Transfer),
        "own_document": world.document,
        "receipt_photo": world.number_of(ReceiptPhoto),
    }


def body(world: World) -> dict[str, object]:
    """Return a body that fits every door: each takes what it knows."""
    return {
        "service": world.hall.service.code,
        "origin": "phone",
        "id": str(uuid4()),
        "state": "open",
        "outcome": "done",
        "score": 3,
        "token": world.kiosk_token,
        "language": "en",
    }


def knock(visitor: Visitor, door: Door, address: str, sent: Mapping[str, object]) -> HttpResponse:
    """Ask, and undo what was done: the next one finds the same hall."""
    cookies = deepcopy(visitor.client.cookies)
    with transaction.atomic():
        if door.method == "GET":
            response = visitor.client.get(address)
        elif address.startswith("/api/"):
            response = visitor.client.generic(door.method, address, json.dumps(sent), content_type="application/json")
        else:
            response = visitor.client.post(address, dict(sent))
        if isinstance(response, FileResponse):
            response = HttpResponse(response.getvalue(), status=response.status_code, headers=response.headers)
        assert isinstance(response, HttpResponse)
        transaction.set_rollback(True)
    visitor.client.cookies = cookies
    return response
