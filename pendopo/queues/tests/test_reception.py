"""The common desk: services, papers and needs in one form, a visit's tickets, its slip, and tickets looked up."""

from typing import Protocol
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import founding, opening_hours
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.actions.writing import Case
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.queues.actions import attending, lines, serving
from pendopo.queues.actions.attending import MOST_SERVICES
from pendopo.queues.models import HallRules, Ticket, Visit
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Needs, Origin, Priority
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


class Answered(Protocol):
    """An answer with a body."""

    @property
    def content(self) -> bytes:
        """The body."""
        ...


def desk(hall: Hall, role: Role = Role.OFFICER) -> Actor:
    """Somebody of the common desk."""
    return agencies.staff(hall.mall, role)


def at_desk(hall: Hall, actor: Actor | None = None) -> Client:
    client = Client()
    account = (actor or desk(hall)).account
    assert account
    client.force_login(account)
    return client


def second_service(hall: Hall, *, code: str = "B", papers: tuple[str, ...] = ("KTP", "Buku nikah")) -> str:
    """Add a service with papers and a queue of its own, and return its code."""
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        cases = [Case(requirements=list(papers))]
        service = writing.write_service(hall.place.agency, name=f"Akta Kelahiran {code}", at=at, cases=cases)
        writing.offer(service, hall.place.outlet, at=at)
        publishing.publish(hall.mall, at=at)
        lines.open_queue(hall.place.zone, code=code, name="Akta", services=[service], at=at)
    return service.code


def page(hall: Hall, path: str = "") -> str:
    return f"/m/{hall.mall.slug}/reception/{path}"


def text(response: Answered) -> str:
    """Return the page with each run of blanks as one."""
    return " ".join(response.content.decode().split())


def attend(hall: Hall, client: Client, services: list[str], **more: str) -> HttpResponse:
    sent = {"service": services, "id": str(uuid4()), **more}
    response = client.post(page(hall, "visits/"), sent)
    assert isinstance(response, HttpResponse)
    return response


def test_a_service_is_found_chosen_and_its_papers_are_shown() -> None:
    hall = make.hall()
    code = second_service(hall)
    client = at_desk(hall)

    found = text(client.post(page(hall), {"q": "akta"}))
    chosen = text(client.post(page(hall), {"q": "akta", "add": code}))

    assert f'name="add" value="{code}"' in found
    assert "Buku nikah" in chosen
    assert f'name="service" value="{code}"' in chosen


def test_what_was_ticked_and_said_stays_while_another_service_is_looked_for() -> None:
    hall = make.hall()
    code = second_service(hall)
    sent = {"q": "kartu", "service": [code], "paper": [f"{code}:2"], "priority": "elderly", "deaf": "on"}

    shown = text(at_desk(hall).post(page(hall), sent))

    assert shown.count(f'value="{code}:2" checked') == 1
    assert shown.count(f'value="{code}:1" checked') == 0
    assert 'value="elderly" checked' in shown
    assert 'name="deaf" checked' in shown
    assert "Kartu Keluarga" in shown


def test_a_services_own_code_means_its_first_case() -> None:
    hall = make.hall()
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        cases = [Case(name="Baru", requirements=["KTP"]), Case(name="Hilang", requirements=["Surat polisi"])]
        service = writing.write_service(hall.place.agency, name="Akta", at=at, cases=cases)
        writing.offer(service, hall.place.outlet, at=at)
        publishing.publish(hall.mall, at=at)
    both = [f"{service.code}-2", service.code]

    shown = text(at_desk(hall).post(page(hall), {"service": both}))

    assert shown.index("Surat polisi") < shown.index("<span>KTP</span>")
    assert shown.count('<fieldset class="papers') == 2


def test_nothing_found_is_told_with_what_to_do() -> None:
    hall = make.hall()

    assert "Tidak ada layanan yang cocok." in text(at_desk(hall).post(page(hall), {"q": "zzzz"}))


def test_a_person_with_two_services_comes_once() -> None:
    hall = make.hall()
    code = second_service(hall)
    client = at_desk(hall)

    response = attend(hall, client, [hall.service.code, code], priority="pregnant", wheelchair="on", interpreter="on")

    assert response.status_code == 302
    with wall.inside(hall.mall.pk):
        visit = Visit.objects.get()
        tickets = list(Ticket.objects.order_by("pk").select_related("queue"))
        assert [ticket.number_text for ticket in tickets] == ["A-001", "B-001"]
        assert {ticket.visit_id for ticket in tickets} == {visit.pk}
        assert all(ticket.is_priority and ticket.hold == "" for ticket in tickets)
        assert (visit.origin, visit.priority) == (Origin.DESK, Priority.PREGNANT)
        assert (visit.wheelchair, visit.deaf, visit.interpreter) == (True, False, True)
        assert visit.checked_in_at is not None
        assert Entry.objects.filter(action="visit.attended").count() == 1
    shown = text(client.get(response["Location"]))
    assert "A-001" in shown
    assert "B-001" in shown
    assert "<svg" in shown


def test_the_same_form_sent_twice_gives_the_same_tickets() -> None:
    hall = make.hall()
    services = [hall.service.code, second_service(hall)]
    client, sent = at_desk(hall), str(uuid4())

    first, second = (client.post(page(hall, "visits/"), {"service": services, "id": sent}) for _time in range(2))

    assert first["Location"] == second["Location"]
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 2


def test_where_one_service_is_closed_no_number_is_taken() -> None:
    hall = make.hall()
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        agency = founding.add_agency(hall.mall, code="BPN", name="Pertanahan", short_name="BPN", at=at)
        outlet = founding.add_outlet(hall.mall, hall.place.site, agency=agency, at=at)
        opening_hours.set_hours(outlet, [], at=at)
        shut = writing.write_service(agency, name="Sertipikat", at=at)
        writing.offer(shut, outlet, at=at)
        publishing.publish(hall.mall, at=at)
        lines.open_queue(hall.place.zone, code="D", name="Tanah", services=[shut], at=at)

    response = attend(hall, at_desk(hall), [hall.service.code, shut.code])

    assert response.status_code == 422
    assert "Nomor antrean belum dapat diambil" in text(response)
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()
        assert not Visit.objects.exists()


@pytest.mark.parametrize("services", [[], [f"X-{number}" for number in range(MOST_SERVICES + 1)]])
def test_none_or_too_many_services_are_refused(services: list[str]) -> None:
    hall = make.hall()

    response = attend(hall, at_desk(hall), services)

    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    with wall.inside(hall.mall.pk), pytest.raises(NotUnderstood):
        attending.attend(hall.mall, services, request_id=uuid4(), by=desk(hall), at=timezone.now())
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()


def test_an_agencys_officer_has_no_desk() -> None:
    hall = make.hall()
    client = at_desk(hall, hall.officer)

    assert client.get(page(hall)).status_code == 403
    assert attend(hall, client, [hall.service.code]).status_code == 403
    with wall.inside(hall.mall.pk), pytest.raises(NotAllowed):
        attending.attend(hall.mall, [hall.service.code], request_id=uuid4(), by=hall.officer, at=timezone.now())
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()


def test_a_service_is_added_to_a_visit_that_is_here() -> None:
    hall = make.hall()
    code = second_service(hall)
    first = make.taken(hall)
    client = at_desk(hall)

    assert "A-001" in text(client.get(page(hall, f"?visit={first.id}")))
    attend(hall, client, [code], visit=str(first.id), priority="elderly")

    with wall.inside(hall.mall.pk):
        visit = Visit.objects.get()
        assert Ticket.objects.filter(visit=visit, joined=True).count() == 2
        assert visit.priority == ""


def test_a_visit_that_has_ended_is_not_joined_and_the_desk_says_so() -> None:
    hall = make.hall()
    code = second_service(hall)
    with wall.inside(hall.mall.pk):
        first = make.ticket(hall)
        serving.cancel(first, by=None, at=timezone.now())

    response = attend(hall, at_desk(hall), [code], visit=str(first.pk))

    assert response.status_code == 422
    assert "Kunjungan itu sudah selesai" in text(response)
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 1


def test_what_to_bring_is_printed_with_a_box_for_each_paper() -> None:
    hall = make.hall()
    code = second_service(hall)
    client = at_desk(hall)
    sent = {"service": [code], "paper": [f"{code}:1"], "wheelchair": "on"}

    shown = text(client.post(page(hall, "requirements/"), sent))
    large = text(client.post(page(hall, "requirements/?sheet=a4"), sent))
    empty = text(client.get(page(hall, "requirements/")))

    assert shown.count("sheet-box") == 2 + 1
    assert "sudah ada" in shown
    # The way back carries what was said.
    assert f'name="paper" value="{code}:1"' in shown
    assert 'name="wheelchair"' in shown
    assert "sheet-a5" in shown
    assert "sheet-a4" in large
    assert "Belum ada layanan yang dipilih." in empty


@pytest.mark.parametrize("typed", ["A-001", "a1", "A 001", " a.01 ", "1"])
def test_a_ticket_is_found_by_its_number_as_people_say_it(typed: str) -> None:
    hall = make.hall()
    taken = make.taken(hall)

    response = at_desk(hall).get(page(hall, "tickets/"), {"number": typed})

    assert response.status_code == 302
    assert response["Location"].endswith(f"/reception/tickets/{taken.id}/")


def test_a_scanned_code_finds_its_ticket() -> None:
    hall = make.hall()
    taken = make.taken(hall)
    client = at_desk(hall)

    for scanned in (taken.key, f"https://mpp.test/m/x/t/{taken.key}/"):
        assert client.get(page(hall, "tickets/"), {"number": scanned}).status_code == 302


def test_a_number_of_two_queues_is_a_list_and_an_unknown_one_is_told() -> None:
    hall = make.hall()
    client = at_desk(hall)
    attend(hall, client, [hall.service.code, second_service(hall)])

    both = text(client.get(page(hall, "tickets/"), {"number": "1"}))
    none = text(client.get(page(hall, "tickets/"), {"number": "A-099"}))
    odd = client.get(page(hall, "tickets/"), {"number": "<b>\x00"})

    assert "A-001" in both
    assert "B-001" in both
    assert "Nomor ini tidak ada hari ini." in none
    assert odd.status_code == 422
    assert "Alamat ini tidak terbaca." in odd.content.decode()


def test_whoever_took_by_phone_keeps_the_key() -> None:
    hall = make.hall()
    taken = make.taken(hall)
    client = at_desk(hall)

    for path in (f"tickets/{taken.id}/", f"tickets/{taken.id}/slip/"):
        shown = text(client.get(page(hall, path)))
        assert taken.number in shown
        assert taken.key not in shown
        assert "desk-code" not in shown


def test_a_phone_ticket_is_reported_at_the_desk() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, check_in_required=True)
    taken = make.taken(hall)
    client = at_desk(hall)
    assert "Sudah tiba" in text(client.get(page(hall, f"tickets/{taken.id}/")))

    response = client.post(page(hall, f"tickets/{taken.id}/arrival/"))

    assert response.status_code == 302
    assert "Sudah tiba" not in text(client.get(response["Location"]))
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().hold == ""
        assert Visit.objects.get().checked_in_at is not None


def test_whoever_waits_no_more_is_not_reported() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)
        serving.cancel(ticket, by=None, at=timezone.now())

    response = at_desk(hall).post(page(hall, f"tickets/{ticket.pk}/arrival/"))

    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    with wall.inside(hall.mall.pk):
        assert Visit.objects.get().checked_in_at is None


def test_one_slip_has_all_numbers_of_the_visit_on_either_paper() -> None:
    hall = make.hall()
    client = at_desk(hall)
    address = attend(hall, client, [hall.service.code, second_service(hall)])["Location"]

    wide, narrow = text(client.get(f"{address}slip/")), text(client.get(f"{address}slip/?width=58"))

    assert "slip-80" in wide
    assert "slip-58" in narrow
    for slip in (wide, narrow):
        assert "A-001" in slip
        assert "B-001" in slip
        assert slip.count("<svg") > 1


def test_the_phone_page_lists_the_visit() -> None:
    hall = make.hall()
    attend(hall, at_desk(hall), [hall.service.code, second_service(hall)])
    with wall.inside(hall.mall.pk):
        first, second = Ticket.objects.order_by("pk")

    shown = text(Client().get(f"/m/{hall.mall.slug}/t/{first.key}/"))

    assert f"/t/{second.key}/" in shown
    assert "Kunjungan ini" in shown
    alone = make.taken(hall)
    assert "Kunjungan ini" not in text(Client().get(f"/m/{hall.mall.slug}/t/{alone.key}/"))


def test_needs_are_said_once_for_the_visit() -> None:
    hall = make.hall()
    needs = Needs(Priority.DISABILITY, deaf=True)
    with wall.inside(hall.mall.pk):
        attending.attend(
            hall.mall, [hall.service.code], request_id=uuid4(), by=desk(hall), at=timezone.now(), needs=needs
        )
        found = Visit.objects.get()

    assert (found.priority, found.deaf, found.wheelchair) == (Priority.DISABILITY, True, False)
