from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from pendopo.people.models import Account, Person
from pendopo.tenancy.models import Device, Mall


class Role(StrEnum):
    """What a membership lets its holder do in a mall."""

    OFFICER = "officer"
    BACK_OFFICE = "back_office"
    SIGNER = "signer"
    AGENCY_ADMIN = "agency_admin"
    MANAGER = "manager"
    HEAD = "head"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday (Monday is 1), in the mall's own time."""

    weekday: int
    opens: time
    closes: time
    break_from: time | None = None
    break_until: time | None = None
    break_name: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One membership as the request sees it: a role, for one agency or (None) for the whole mall."""

    role: Role
    agency_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a request: an account or nobody, in a mall or above all, maybe through a device.

    `token` is the number of the API token it came with: functions that bypass the middleware's query check it.
    """

    account: Account | None = None
    mall: Mall | None = None
    person: Person | None = None
    memberships: tuple[Held, ...] = ()
    device: Device | None = None
    token: str | None = None
    on: date | None = field(default=None, compare=False)

    @property
    def account_id(self) -> int | None:
        """Number of the account, for the audit."""
        return self.account.pk if self.account else None

    @property
    def device_id(self) -> int | None:
        """Number of the device, for the audit."""
        return self.device.pk if self.device else None

    @property
    def agencies(self) -> frozenset[int]:
        """The agencies that this actor works for."""
        return frozenset(held.agency_id for held in self.memberships if held.agency_id is not None)

    @property
    def is_staff(self) -> bool:
        """Whether the actor has any membership in the mall of the request."""
        return bool(self.memberships)

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles in the mall of the request."""
        return any(held.role in roles for held in self.memberships)

    def works_for(self, agency_id: int | None) -> bool:
        """Whether the actor serves this agency; managers and staff of the common desk serve them all."""
        return any(
            held.role is Role.MANAGER
            or (held.role is Role.OFFICER and (held.agency_id is None or held.agency_id == agency_id))
            for held in self.memberships
        )

    def steers(self, agency_id: int | None) -> bool:
        """Whether the actor decides about an agency's people and counters: its admins, and managers about all."""
        return any(
            held.role is Role.MANAGER
            or (held.role is Role.AGENCY_ADMIN and held.agency_id is not None and held.agency_id == agency_id)
            for held in self.memberships
        )

    def works_behind(self, agency_id: int | None) -> bool:
        """Whether the actor works on what was taken in for an agency: its back office and admins, and managers."""
        return self.steers(agency_id) or any(
            held.role is Role.BACK_OFFICE and held.agency_id in {None, agency_id} for held in self.memberships
        )

    @property
    def followed(self) -> frozenset[int] | None:
        """The agencies of which the actor may read what was taken in for them; None means all."""
        behind = [held.agency_id for held in self.memberships if held.role is Role.BACK_OFFICE]
        if self.overseen is None or None in behind:
            return None
        return self.overseen | frozenset(agency for agency in behind if agency is not None)

    @property
    def overseen(self) -> frozenset[int] | None:
        """The agencies of which the actor may read what is kept of them; None means all."""
        if self.has(Role.MANAGER, Role.HEAD, Role.INSPECTOR):
            return None
        return frozenset(
            held.agency_id for held in self.memberships if held.role is Role.AGENCY_ADMIN and held.agency_id is not None
        )

    @property
    def manages(self) -> bool:
        """Whether the actor manages the mall."""
        return self.has(Role.MANAGER)

    @property
    def steers_any(self) -> bool:
        """Whether the actor manages the mall or administers an agency of it."""
        return self.has(Role.MANAGER, Role.AGENCY_ADMIN)


NOBODY = Actor()
