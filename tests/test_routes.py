"""Every route × role × foreign mall: who is let in, who is sent away and how, and that nothing foreign is touched."""

from collections.abc import Callable
from typing import get_args

import pytest

from pendopo.agencies.types import Role
from pendopo.config.middleware import ROLES
from pendopo.kernel.http import Audience
from tests import doors
from tests.doors import Door
from tests.visitors import Visitor, body, browsers, knock, programs, values
from tests.world import World, build, count_rows

pytestmark = pytest.mark.django_db

type Record = Callable[[str, object], None]

# Of whoever is let in: done, elsewhere, wrong method, wrong state, wrong shape. Never 500.
INSIDE = {200, 201, 204, 302, 405, 409, 422}
# What names one thing of one mall; a `code` or `agency` names another thing in each.
OWN = {
    "key", "counter", "ticket", "van", "stop", "site", "agreement", "milestone", "relocation", "notice", "app",
    "meeting", "decision", "letter", "evidence", "step", "assessment",
    "innovation", "competition", "proposal", "inspection", "finding", "photo", "fee", "standard", "case", "document",
    "outlet", "queue", "account", "role", "zone", "device", "calendar", "handover", "handed", "product", "message",
    "bill", "bill_key", "deposit", "refund", "receipt_photo", "wish", "transfer", "own_document",
    "batch", "waiting", "file",
}  # fmt: skip
# Of which those of the staff who oversee nothing see only what names them: here, nothing does.
PERSONAL, PLAIN = {"meeting", "decision"}, {Role.OFFICER, Role.BACK_OFFICE, Role.SIGNER}
# Where no provider is set up nothing is there, and only whoever signs as a partner gets more.
OUTSIDE: dict[str | None, Callable[[Visitor], set[int]]] = {
    "partner": lambda who: {400, 401, 403, 404, 405},
}
COUNTERS = {Role.OFFICER, Role.MANAGER}
# So many workers can share the pages.
PARTS = 4


def test_every_route_says_whom_it_is_for() -> None:
    assert [door.name for door in [*doors.pages(), *doors.operations()] if door.audience is None] == []
    assert {door.audience for door in doors.pages()} <= set(get_args(Audience))
    assert {door.audience for door in doors.operations()} <= {"everybody", "bearer", "officer"}


def page_here(door: Door, who: Visitor) -> set[int]:
    """What somebody gets in their own mall."""
    if door.audience == "device":
        return INSIDE if who.is_device else {403}
    if door.audience == "staff" and door.parameters & PERSONAL and who.role in PLAIN:
        return {404, 405}
    if door.audience in OUTSIDE:
        return OUTSIDE[door.audience](who)
    if door.audience == "account":
        return _page_of_account(door, who, is_owner=who.name == "citizen")
    if door.audience not in ROLES or who.role in ROLES[door.audience]:
        return INSIDE
    if who.role:
        return {403}
    # What a stranger may not see does not exist; whoever has not signed in may.
    return {404} if who.is_known else {302}


def page_there(door: Door, who: Visitor) -> set[int]:
    """What they get in a mall that is not theirs."""
    if door.audience == "device":
        return {404} if who.is_device else {403}
    if door.audience in OUTSIDE:
        return OUTSIDE[door.audience](who)
    if door.audience == "account":
        return _page_of_account(door, who, is_owner=False)
    if door.audience not in ROLES:
        return INSIDE
    return {404} if who.is_known else {302}


def _page_of_account(door: Door, who: Visitor, *, is_owner: bool) -> set[int]:
    """What somebody gets who needs no role, but to have signed in: of things, only their own."""
    if not who.is_known:
        return {302, 405}
    return INSIDE if is_owner or not door.parameters & OWN else {404, 405}


def operation_here(door: Door, who: Visitor) -> set[int]:
    """What a program gets with a token of the mall."""
    if door.audience == "everybody" or who.role in COUNTERS:
        return INSIDE | {404}
    if door.audience == "bearer" and who.is_device:
        return {403}
    return {403} if who.role else {401}


def operation_there(door: Door, who: Visitor) -> set[int]:
    """What it gets in a mall that is not its token's."""
    if who.is_known or who.is_device:
        return {404}
    return INSIDE | {404} if door.audience == "everybody" else {401}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_lets_in_whom_it_is_for_and_nobody_else(part: int, record_property: Record) -> None:
    here, there = build(), build()
    # Each knock is undone: what the addresses ask for stays the same.
    of_here, of_there = values(here), values(there)
    visitors, locals_ = browsers(here), browsers(there)
    tried: list[tuple[str, int, set[int]]] = []

    def knocks(door: Door, who: Visitor, address: str, sent: World, expected: set[int]) -> bytes:
        told = knock(who, door, address, body(sent))
        tried.append((f"{door.method} {address} as {who.name}", told.status_code, expected))
        return told.content

    mine = doors.pages()[part::PARTS]
    for door in mine:
        for who in visitors:
            knocks(door, who, door.at(of_here), here, page_here(door, who))
    before = count_rows(here.mall, there.mall)
    for door in mine:
        for who, local in zip(visitors, locals_, strict=True):
            if "mall" not in door.parameters:
                continue
            page = knocks(door, who, door.at(of_there), here, page_there(door, who))
            assert here.mall.name.encode() not in page
            if door.parameters & OWN:
                smuggled = of_here | {"mall": there.mall.slug}
                expected = page_here(door, local)
                knocks(door, local, door.at(smuggled), there, {404, 405} if expected == INSIDE else expected)
    assert count_rows(here.mall, there.mall) == before

    judge(tried, record_property, at_least=2000)


def test_every_operation_lets_in_whom_it_is_for_and_nobody_else(record_property: Record) -> None:
    here, there = build(), build()
    of_here, of_there = values(here), values(there)
    visitors, locals_ = programs(here), programs(there)
    tried: list[tuple[str, int, set[int]]] = []

    def knocks(door: Door, who: Visitor, address: str, sent: World, expected: set[int]) -> None:
        told = knock(who, door, address, body(sent))
        tried.append((f"{door.method} {address} as {who.name}", told.status_code, expected))
        assert here.mall.name.encode() not in told.content or here.mall.slug in address

    for door in doors.operations():
        for who in visitors:
            knocks(door, who, door.at(of_here), here, operation_here(door, who))
        before = count_rows(here.mall, there.mall)
        for who, local in zip(visitors, locals_, strict=True):
            knocks(door, who, door.at(of_there), here, operation_there(door, who))
            if door.parameters & OWN:
                smuggled = of_here | {"mall": there.mall.slug}
                expected = operation_here(door, local)
                knocks(door, local, door.at(smuggled), there, {404} if 200 in expected else expected | {404})
        assert count_rows(here.mall, there.mall) == before

    judge(tried, record_property, at_least=350)


def judge(tried: list[tuple[str, int, set[int]]], record_property: Record, *, at_least: int) -> None:
    """Tell how many combinations were tried, and each that went wrong."""
    record_property("combinations of route, role and mall tried", len(tried))
    print(f"{len(tried)} combinations of route, role and mall tried")
    wrong = [f"{what}: {status}, not {sorted(expected)}" for what, status, expected in tried if status not in expected]
    assert not wrong, "\n".join(wrong)
    assert len(tried) >= at_least
