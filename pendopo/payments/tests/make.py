"""Bills for tests, made by the module's own actions."""

from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import Client

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import writing
from pendopo.catalogue.actions.writing import Case, Price
from pendopo.catalogue.models import Variant
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing, merchants, settling
from pendopo.payments.actions.merchants import MerchantFacts
from pendopo.payments.models import Bill, Deposit, Merchant, Settlement
from pendopo.payments.types import Destination, How, Payment
from pendopo.people.actions.knowing import Told
from pendopo.tenancy.models import Mall
from simulators.snap.server import SimulatedGateway
from simulators.snap.telling import Teller

FEE = Money(50_000)
BASIS = "Perda Kota Contoh 4/2024 Lampiran II angka 3"
# Nobody who lives.
PAYER = Told("Siti Contoh", phone="0812-0000-1111")
# An account that no bank has.
ACCOUNT = Destination("Bank Contoh", "000011112222", "Siti Contoh")
LINK = "https://mpp.test/b/{}/"
_number = count(1)


def variant(agency: Agency, *, at: datetime, price: Price | None = Price(FEE.rupiah, BASIS)) -> Variant:
    """Write a service with one case that costs something."""
    service = writing.write_service(agency, name=f"Izin reklame {next(_number)}", cases=[Case(price=price)], at=at)
    return service.variants.get()


def bill(of: Variant, by: Actor, *, at: datetime, days: int = 3, payer: Told | None = None) -> Bill:
    """Bill a case that costs what it usually costs."""
    return billing.bill(
        of, shown=FEE, part=uuid4(), expires_at=at + timedelta(days=days), by=by, at=at, payer=payer,
        address_of=LINK.format,
    )  # fmt: skip


def payment(of: Bill, *, how: How = How.DESK, amount: Money = FEE, days: int = 0) -> Payment:
    """Say that a bill was paid as it should be, on its own day or days later; each payment has its own number."""
    day, number = of.day + timedelta(days=days), next(_number)
    if how is How.CODE:
        return Payment(how, amount, day, f"8202209{number:08}", f"NTPN{number:012}")
    return Payment(how, amount, day, f"STS {number}/XI/2026")


def deposit(of: Bill, by: Actor, *, at: datetime, how: How = How.DESK) -> Deposit:
    """Record how a bill was paid."""
    return settling.record(of, payment(of, how=how), part=uuid4(), by=by, at=at)


def settled(of: Bill, by: Actor, checker: Actor, *, at: datetime) -> Settlement:
    """Let one record how a bill was paid, and another one accept it."""
    return settling.accept(deposit(of, by, at=at), by=checker, at=at)


def gateway() -> SimulatedGateway:
    """Make a gateway that knows no key of ours yet: `merchant` hands it over."""
    return SimulatedGateway("contoh-klien", "rahasia-contoh", rsa.generate_private_key(65537, 2048).public_key())


def merchant(mall: Mall, of: SimulatedGateway, by: Actor, *, at: datetime) -> Merchant:
    """Register a mall at a simulated gateway, and the gateway's key with us."""
    facts = MerchantFacts(
        of.address, of.client, "00007100010926", "95221", "LOKET03", of.public_key, secret=of.secret
    )  # fmt: skip
    made = merchants.write(mall, facts, reason="Uji", by=by, at=at)
    key = load_pem_public_key(made.public_key.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    of.key = key
    return made


def teller(of: SimulatedGateway, mall: Mall, *, with_token: bool = True) -> Teller:
    """Let a gateway tell of payments by the door."""

    def send(path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        told = Client(headers=headers).post(path, body, content_type="application/json")
        return told.status_code, told.json()

    return Teller(of, send, f"/m/{mall.slug}", with_token)
