"""The hall: rules, quotas, closings, duty and presence, what was counted."""

from datetime import date, time, timedelta

from django.utils import timezone

from pendopo.agencies.actions import opening_hours
from pendopo.agencies.models import (
    Absence,
    Closing,
    CodeTries,
    Duty,
    Employment,
    Presence,
)
from pendopo.catalogue.actions import writing
from pendopo.catalogue.actions.writing import Case, Price
from pendopo.people import actions as people
from pendopo.people.actions import identifying
from pendopo.people.models import Contact, Identifier, Organisation, Party, Representation
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.queues.models import (
    CaseStep,
    CounterDay,
    DayFigure,
    EventDay,
    ForwardedCase,
    HallRules,
    HelpCall,
    QuotaDay,
    QuotaRule,
    Recording,
    ServiceDays,
    Slip,
    Spoken,
    Ticket,
    Vacancy,
    VacancyReply,
)
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Device, Site, Stop
from pendopo.worktime import actions as worktime
from pendopo.worktime.types import Hours


def complete(hall: Hall, ticket: Ticket, kiosk: Device) -> None:
    """Add what the hall has beside queues: rules, quotas, closings, figures, a van, duty."""
    at, mall, site = timezone.now(), hall.mall, hall.place.site
    HallRules.objects.create(mall=mall)
    Closing.objects.create(
        mall=mall, outlet=hall.place.outlet, counter=hall.counter, starts_at=at + timedelta(hours=20),
        ends_at=at + timedelta(hours=21), reason="Rapat",
    )  # fmt: skip
    HelpCall.objects.create(mall=mall, zone=hall.place.zone, counter=hall.counter, kind=HelpCall.Kind.HELP, asked_at=at)
    EventDay.objects.create(
        mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), name="Hari tilang", queue=hall.queue
    )
    ServiceDays.objects.create(mall=mall, site=site, service=hall.service, weekdays=127)
    QuotaRule.objects.create(mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), total=10)
    QuotaDay.objects.create(mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), total=10)
    Recording.objects.create(mall=mall, language="id", token="satu", path="satu.wav", sha256=b"s" * 32, at=at)
    case = ForwardedCase.objects.create(
        mall=mall, ticket=ticket, agency=hall.place.agency, variant=ticket.variant, opened_at=at, changed_at=at
    )
    CaseStep.objects.create(mall=mall, case=case, kind="taken_in", at=at)
    Slip.objects.create(mall=mall, ticket=ticket, device=kiosk, asked_at=at)
    DayFigure.objects.create(
        mall=mall, day=date(2000, 1, 1), variant=ticket.variant, origin="kiosk", tickets=1, served=1, absent=0,
        cancelled=0, sent_away=0, wait_seconds=60, service_seconds=60,
    )  # fmt: skip
    van = tenancy.add_site(mall, name="Mobil Keliling", kind=Site.Kind.VAN, at=at)
    Stop.objects.create(mall=mall, site=van, day=date(2000, 1, 1), opens=time(8), closes=time(11), place="Balai Desa")
    Spoken.objects.create(mall=mall, seq=1, device=kiosk, at=at)
    _put_on_duty(hall, kiosk)


def _put_on_duty(hall: Hall, kiosk: Device) -> None:
    at, mall, officer = timezone.now(), hall.mall, hall.officer.account
    assert officer
    past = {"mall": mall, "day": date(2000, 1, 3)}
    duty = Duty.objects.create(**past, counter=hall.counter, account=officer, starts=time(8), ends=time(15))
    Employment.objects.create(mall=mall, account=officer, kind=Employment.Kind.BANK, superior="Kepala Cabang")
    Absence.objects.create(**past, duty=duty, reason=Absence.Reason.SICK, noted_at=at)
    CodeTries.objects.create(mall=mall, account=officer, since=at - timedelta(days=9000), wrong=1)
    Presence.objects.create(
        **past, account=officer, site=hall.place.site, arrived_at=at - timedelta(days=9000), how=Presence.How.DEVICE,
        device=kiosk,
    )  # fmt: skip
    vacancy = Vacancy.objects.create(
        **past, counter=hall.counter, kind=Vacancy.Kind.EMPTY, starts_at=at - timedelta(days=9000),
        ended_at=at - timedelta(days=8999), ended_because=Vacancy.Ended.OPENED,
    )  # fmt: skip
    VacancyReply.objects.create(mall=mall, vacancy=vacancy, account=officer, at=at)
    DayRollup.objects.create(mall=mall, day=date(2000, 1, 3), visitors=1, arrivals=[480], made_at=at)
    ServiceRollup.objects.create(
        mall=mall, day=date(2000, 1, 3), service=hall.service, taken=1, completed=1, sent_away=0, absent=0, cancelled=0,
        waits=[60], served_seconds=60,
    )  # fmt: skip
    StaleDay.objects.create(mall=mall, day=date(2000, 1, 3))
    CounterDay.objects.create(**past, counter=hall.counter, due=60, empty=0, rest=0)


def fill_the_rest(hall: Hall) -> None:
    """Add what no screen of this stage makes yet."""
    at = timezone.now()
    mall = hall.mall
    writing.write_service(hall.place.agency, name="Akta", at=at, cases=[Case(price=Price(0, "UU 24/2013"))])
    opening_hours.except_day(hall.place.outlet, date(2000, 1, 1), reason="Libur lama", at=at)
    person = people.add_person(mall, name="Warga", at=at)
    identifying.note_identifier(person, Identifier.Kind.NIK, "3576014101900001", at=at)
    identifying.note_contact(person, Contact.Kind.PHONE, "081234567890", at=at)
    organisation = Organisation.objects.create(mall=mall, name="CV Contoh")
    Party.objects.create(mall=mall, organisation=organisation)
    party = Party.objects.create(mall=mall, person=person)
    Representation.objects.create(mall=mall, person=person, party=party, basis="parent", starts_on=at.date())
    worktime.set_mall_day(mall, date(2000, 1, 1), is_day_off=True, name="Hari jadi", reason="Perda", at=at)
    worktime.make_calendar(mall, name="Kantor", hours=[Hours(1, time(8), time(15))], at=at)
