"""Who works in the demo mall. Every name is invented."""

from pendopo.agencies.models import Membership
from pendopo.agencies.types import Role
from pendopo.demo.sources import wanted_counters
from pendopo.demo.types import DOMAIN, Login

FIRST = (
    "Agus", "Ayu", "Bagas", "Bunga", "Candra", "Citra", "Dimas", "Dewi", "Eko", "Endah", "Fajar", "Fitri", "Galih",
    "Gita", "Hendra", "Hesti", "Indra", "Intan", "Joko", "Kartika",
)  # fmt: skip
LAST = (
    "Anggraini", "Baskoro", "Cahyono", "Damayanti", "Firmansyah", "Gunawan", "Handayani", "Iskandar", "Kusuma",
    "Lestari", "Maharani", "Nugroho", "Permata",
)  # fmt: skip
CITIZEN = f"warga@{DOMAIN}"
MANAGER = f"manajer@{DOMAIN}"
SIGNER = f"penandatangan@{DOMAIN}"

# Role and, for those of one agency, its code.
OTHERS: tuple[tuple[str, Role, str], ...] = (
    ("backoffice", Role.BACK_OFFICE, "DPMPTSP"),
    ("penandatangan", Role.SIGNER, "DPMPTSP"),
    ("instansi", Role.AGENCY_ADMIN, "DUKCAPIL"),
    ("manajer", Role.MANAGER, ""),
    ("pimpinan", Role.HEAD, ""),
    ("inspektur", Role.INSPECTOR, ""),
    ("keliling", Role.OFFICER, ""),
)


def invented(number: int) -> str:
    """Return an invented name; the first 260 differ."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"


def officer_contact(counter: int) -> str:
    """Return how the officer of a counter signs in."""
    return f"loket{counter:02d}@{DOMAIN}"


def logins() -> list[Login]:
    """Return everybody who can sign in."""
    officers = [
        Login(officer_contact(counter.number), invented(counter.number), Role.OFFICER, counter.agency, counter.number)
        for counter in wanted_counters()
    ]
    others = [
        Login(f"{name}@{DOMAIN}", invented(100 + place), role, agency)
        for place, (name, role, agency) in enumerate(OTHERS)
    ]
    return [*officers, *others, Login(CITIZEN, invented(120), None)]


def shown_logins() -> list[tuple[str, str, str]]:
    """Return logins, names and what they do, the sixty officers in one line."""
    everybody = logins()
    counters = [login for login in everybody if login.counter]
    officers = (f"{counters[0].contact} … {counters[-1].contact}", "", f"{_role(counters[0])} 1–{len(counters)}")
    rest = [(login.contact, login.name, _role(login)) for login in everybody if not login.counter]
    return [officers, *rest]


def _role(login: Login) -> str:
    if login.role is None:
        return "Warga"
    label = str(Membership.Role(login.role.value).label)
    return f"{label}, {login.agency}" if login.agency and not login.counter else label
