"""A mall with a row in every table of the wall, somebody for every role, and the keys to all doors."""

from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.agencies.models import Membership
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.applications.models import Handover
from pendopo.documents.models import IssuedDocument, StoredFile
from pendopo.payments.models import Bill
from pendopo.people.models import Account
from pendopo.queues.actions import serving
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall, Stop
from tests.world import bills, files, issuing, joining, messages, products, returning, signing, steering, told
from tests.world import hall as halls
from tests.world.joining import ACCENT
from tests.world.tables import count_rows, ours, rows, tables

__all__ = ["ACCENT", "World", "build", "count_rows", "ours", "rows", "tables"]


@dataclass
class World:
    """A mall with everything in it. `waiting`, `called` and `done` are tickets in these states."""

    hall: Hall
    citizen: Account
    kiosk: Device
    kiosk_token: str
    waiting: Ticket
    called: Ticket
    done: Ticket
    staff: dict[Role, Actor] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)

    @property
    def stop(self) -> Stop:
        """The one stop, of the one van."""
        with wall.inside(self.mall.pk):
            return Stop.objects.get()

    def number_of(self, model: type[models.Model], of: str = "pk") -> int:
        """The number of the first row of a table, or of what it points to."""
        with wall.inside(self.mall.pk):
            found: int = model._default_manager.order_by("pk").values_list(of, flat=True)[0]
            return found

    @property
    def document(self) -> str:
        """The code of the one issued document."""
        with wall.inside(self.mall.pk):
            return IssuedDocument.objects.get().code

    @property
    def product(self) -> str:
        """The key of the first product."""
        with wall.inside(self.mall.pk):
            return Handover.objects.order_by("pk")[0].key

    @property
    def bill_key(self) -> str:
        """The key of the first bill, which is paid."""
        with wall.inside(self.mall.pk):
            return Bill.objects.order_by("pk")[0].key

    @property
    def file(self) -> str:
        """The code of the one file that the citizen gave."""
        with wall.inside(self.mall.pk):
            return StoredFile.objects.get().code

    @property
    def role(self) -> int:
        """The number of the officer's one role."""
        with wall.inside(self.mall.pk):
            return Membership.objects.get(account=self.hall.officer.account, role=Role.OFFICER).pk

    @property
    def mall(self) -> Mall:
        """The mall."""
        return self.hall.mall

    @property
    def mall_now(self) -> Mall:
        """The mall as it stands in the database."""
        return Mall.objects.get(pk=self.mall.pk)

    def account(self, role: Role) -> Account:
        """Whoever has a role here."""
        found = self.staff[role].account
        assert found
        return found


def build() -> World:
    """Make a mall with everything in it."""
    hall = make.hall()
    at = timezone.now()
    citizen = make_agencies.account("Warga Contoh")
    with wall.inside(hall.mall.pk):
        kiosk, kiosk_token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios 1", at=at, zone=hall.place.zone
        )
        done = make.called(hall)
        serving.serve(done, by=hall.officer, at=at)
        done = serving.complete(done, outcome=Outcome.DONE, by=hall.officer, at=at)
        surveys.rate(done, Rating.Score.GOOD, at=at)
        called = make.called(hall)
        waiting = make.ticket(hall)
        halls.fill_the_rest(hall)
        joining.promise(hall)
        issuing.issue(hall, told.citizen_of(hall, citizen))
        halls.complete(hall, waiting, kiosk)
        joining.lead_agencies_in(hall)
        steering.ask_whether_ready(hall)
        steering.follow_indicators(hall)
        steering.meet(hall)
        steering.innovate(hall)
        joining.dress(hall)
        bills.bill(hall)
        told.tell(hall)
        returning.give_back(hall)
        products.products(hall)
        messages.tell(hall)
    world = World(hall, citizen, kiosk, kiosk_token, waiting, called, done)
    for role in Role:
        own_agency = hall.place.agency if role in {Role.OFFICER, Role.AGENCY_ADMIN, Role.SIGNER} else None
        world.staff[role] = (
            hall.officer if role is Role.OFFICER else make_agencies.staff(hall.mall, role, agency=own_agency)
        )
        with wall.inside(hall.mall.pk):
            world.tokens[role] = memberships.create_token(world.account(role), hall.mall, at=at)
    with wall.inside(hall.mall.pk):
        signing.sign(hall, world.staff[Role.SIGNER])
        files.give(hall.mall, citizen)
        steering.inspect(hall, world.staff[Role.INSPECTOR], world.staff[Role.HEAD], world.staff[Role.AGENCY_ADMIN])
    return world
