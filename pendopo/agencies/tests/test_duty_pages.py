"""Roster and presence by the door: a phone in the hall, a device, the manager's list, and files equal to the page."""

import csv
import io
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.http import FileResponse, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from pendopo.agencies.actions.founding import add_agency
from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.agencies.models import Absence, Duty, Employment, Presence
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

pytestmark = pytest.mark.django_db

# A Monday in Jakarta: 7.50.
MORNING = datetime(2030, 11, 18, 0, 50, tzinfo=UTC)
TODAY = date(2030, 11, 18)
MINUTE = timedelta(minutes=1)


class Hall:
    """A place with an officer who is on the roster by the manager's form, and browsers for them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.place: Place = make.place(hours=[Hours(day, *_hours()) for day in range(1, 6)])
        self.officer = make.staff(self.place.mall, agency=self.place.agency)
        self.manager = make.staff(self.place.mall, Role.MANAGER)
        self.clock(MORNING)

    def clock(self, at: datetime) -> None:
        self._monkeypatch.setattr(timezone, "now", lambda: at)

    def browser(self, who: Actor) -> Client:
        client = Client()
        assert who.account
        client.force_login(who.account)
        return client

    def get(self, client: Client, path: str) -> HttpResponse:
        response = client.get(f"/m/{self.place.mall.slug}/{path}")
        if isinstance(response, FileResponse):
            return HttpResponse(response.getvalue(), status=response.status_code)
        assert isinstance(response, HttpResponse)
        return response

    def post(self, client: Client, path: str, **said: object) -> HttpResponse:
        response = client.post(f"/m/{self.place.mall.slug}/{path}", said)
        assert isinstance(response, HttpResponse)
        return response

    def put_on_duty(self) -> None:
        assert self.officer.account
        response = self.post(
            self.browser(self.manager), "roster/", counter=self.place.counter.pk, person=self.officer.account.pk,
            weekdays=[1, 2, 3, 4, 5], valid_from="2030-11-18", starts="08:00", ends="15:00",
        )  # fmt: skip
        assert response.status_code == 302


def _hours() -> tuple[time, time]:
    return time(8), time(15)


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(monkeypatch)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_an_officer_scans_the_screen_and_the_manager_sees_it(hall: Hall) -> None:
    hall.put_on_duty()
    with wall.inside(hall.place.mall.pk):
        _device, token = tenancy.register_device(hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=MORNING)
    screen = Client()
    assert "hanya tampil di perangkat MPP" in text(hall.get(screen, "presence/screen/"))
    screen.cookies[DEVICE_COOKIE] = token
    found = re.search(r'class="digits">(\d{3}) (\d{3})<', text(hall.get(screen, "presence/screen/")))
    assert found
    code = found[1] + found[2]
    phone = hall.browser(hall.officer)
    assert f'value="{code}"' in text(hall.get(phone, f"presence/?code={code}"))
    wrong = hall.post(phone, "presence/", code="12")
    assert (wrong.status_code, Presence.objects.count()) == (422, 0)
    assert "Kode ini tidak cocok." in text(wrong)
    assert "Belum waktunya" in text(hall.get(hall.browser(hall.manager), "attendance/"))

    assert hall.post(phone, "presence/", code=code, office_at="07:20", office_note="FP-7").status_code == 302

    assert "Hadir sejak 07.50 WIB di Gedung." in text(hall.get(phone, "presence/"))
    seen = text(hall.get(hall.browser(hall.manager), "attendance/"))
    assert "Tiba 07.50, Kode di layar" in seen
    assert "Di kantor sendiri 07.20 (FP-7)" in seen
    # A picture of the screen, shown to a colleague at home an hour later.
    hall.clock(MORNING + 60 * MINUTE)
    other = hall.browser(make.staff(hall.place.mall, agency=hall.place.agency))
    refused = hall.post(other, "presence/", code=code)
    assert refused.status_code == 302
    with wall.inside(hall.place.mall.pk):
        assert Presence.objects.count() == 1
    assert "Kode ini tidak cocok." in text(hall.get(other, "presence/"))


def test_at_a_device_of_the_mall_no_code_is_asked(hall: Hall) -> None:
    hall.put_on_duty()
    with wall.inside(hall.place.mall.pk):
        device, token = tenancy.register_device(hall.place.site, kind=Device.Kind.COUNTER, name="PC 1", at=MORNING)
    counter_pc = hall.browser(hall.officer)
    counter_pc.cookies[DEVICE_COOKIE] = token
    assert "kode tidak perlu" in text(hall.get(counter_pc, "presence/"))

    assert hall.post(counter_pc, "presence/").status_code == 302

    with wall.inside(hall.place.mall.pk):
        assert Presence.objects.get().device == device
        tenancy.revoke_device(device, at=MORNING)
    other = hall.browser(make.staff(hall.place.mall, agency=hall.place.agency))
    other.cookies[DEVICE_COOKIE] = token
    assert hall.post(other, "presence/").status_code == 422


def test_the_manager_notes_who_is_ill_and_who_has_no_phone(hall: Hall) -> None:
    hall.put_on_duty()
    hall.clock(MORNING + 30 * MINUTE)
    manager = hall.browser(hall.manager)
    substitute = make.staff(hall.place.mall, agency=hall.place.agency).account
    assert substitute
    listed = text(hall.get(manager, "attendance/"))
    assert "Belum hadir" in listed
    assert "Atasan langsung belum dicatat." in listed
    with wall.inside(hall.place.mall.pk):
        number = Duty.objects.get(weekday=1).pk
    assert hall.get(manager, f"attendance/shift/?duty={number}&day=2030-11-18").status_code == 200
    named = {"duty": number, "day": "2030-11-18"}
    assert hall.post(manager, "attendance/witness/", **named, why="").status_code == 422

    said = hall.post(manager, "attendance/absence/", **named, reason="sick", substitute=substitute.pk)
    assert said.status_code == 302
    assert hall.post(manager, "attendance/witness/", **named, why="Ponsel mati").status_code == 302

    with wall.inside(hall.place.mall.pk):
        assert Absence.objects.get().substitute == substitute
        came = Presence.objects.get()
        assert (came.account, came.witness) == (substitute, hall.manager.account)
    assert "Terlambat 20 menit" in text(hall.get(manager, "attendance/"))


def test_the_roster_shows_the_week_and_who_may_change_it(hall: Hall) -> None:
    hall.put_on_duty()
    manager, head = hall.browser(hall.manager), hall.browser(make.staff(hall.place.mall, Role.HEAD))
    admin = hall.browser(make.staff(hall.place.mall, Role.AGENCY_ADMIN, agency=hall.place.agency))
    shown = text(hall.get(manager, "roster/"))
    assert "Senin, Selasa, Rabu, Kamis, Jumat, 08.00–15.00" in shown
    assert "Simpan jadwal" in shown
    assert "Simpan jadwal" not in text(hall.get(head, "roster/"))
    assert hall.get(hall.browser(hall.officer), "roster/").status_code == 403
    assert hall.officer.account
    employment = {
        "employment-person": hall.officer.account.pk, "employment-kind": "bank",
        "employment-superior": "Kepala Cabang", "employment-office_minutes": 15,
    }  # fmt: skip
    assert hall.post(head, "roster/employment/", **employment).status_code == 422
    assert hall.post(admin, "roster/employment/", **employment).status_code == 302
    with wall.inside(hall.place.mall.pk):
        assert Employment.objects.get().kind == Employment.Kind.BANK
        numbers = list(Duty.objects.values_list("pk", flat=True))
    assert hall.post(head, "roster/ending/", duty=numbers, reason="x").status_code == 422
    assert hall.post(manager, "roster/ending/", duty=numbers, reason="").status_code == 422
    assert hall.post(manager, "roster/ending/", duty=numbers, reason="Pindah tugas").status_code == 302
    assert "Belum ada jadwal" in text(hall.get(manager, "roster/"))


def test_an_agencys_admin_sees_the_own_people_alone(hall: Hall) -> None:
    hall.put_on_duty()
    with wall.inside(hall.place.mall.pk):
        tax = add_agency(hall.place.mall, code="PAJAK", name="Kantor Pajak", at=MORNING)
        number = Duty.objects.get(weekday=1).pk
    own = hall.browser(make.staff(hall.place.mall, Role.AGENCY_ADMIN, agency=hall.place.agency))
    foreign = hall.browser(make.staff(hall.place.mall, Role.AGENCY_ADMIN, agency=tax))

    assert "Loket 1, Dukcapil" in text(hall.get(own, "attendance/"))
    assert "Loket 1, Dukcapil" not in text(hall.get(foreign, "attendance/"))
    assert hall.get(foreign, f"attendance/shift/?duty={number}&day=2030-11-18").status_code == 404
    named = {"duty": number, "day": "2030-11-18"}
    assert hall.post(foreign, "attendance/absence/", **named, reason="sick").status_code in {404, 422}
    with wall.inside(hall.place.mall.pk):
        assert Absence.objects.count() == 0


def test_csv_and_xlsx_are_the_page(hall: Hall) -> None:
    hall.put_on_duty()
    hall.clock(MORNING + timedelta(days=1, hours=12))
    manager = hall.browser(hall.manager)
    page = text(hall.get(manager, "attendance/month/?month=2030-11"))
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    shown = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", body)]

    text_file = hall.get(manager, "attendance/month.csv?month=2030-11").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text_file)))
    book = load_workbook(io.BytesIO(hall.get(manager, "attendance/month.xlsx?month=2030-11").getvalue()))
    cells = [
        ["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)
    ]

    assert rows == cells
    assert rows[1:] == [shown]
    # Monday and Tuesday without a word.
    assert shown[4:] == ["2", "0", "0", "0", "0", "0", "2"]
    empty = hall.get(manager, "attendance/month/?month=2030-10")
    assert "Belum ada hari tugas" in text(empty)


def test_lists_cost_the_same_for_many(hall: Hall) -> None:
    hall.put_on_duty()
    manager = hall.browser(hall.manager)
    hall.get(manager, "attendance/")

    def queries() -> list[int]:
        counts = []
        for path in ("attendance/", "attendance/month/", "roster/"):
            with CaptureQueriesContext(connection) as asked:
                assert hall.get(manager, path).status_code == 200
            counts.append(len(asked))
        return counts

    few = queries()
    for _number in range(6):
        other = make.staff(hall.place.mall, agency=hall.place.agency).account
        assert other
        with wall.inside(hall.place.mall.pk):
            Duty.objects.create(
                mall=hall.place.mall,
                counter=hall.place.counter,
                account=other,
                day=TODAY,
                starts=time(8),
                ends=time(15),
            )

    assert queries() == few
    assert text(hall.get(manager, "attendance/")).count('class="card person') == 6


def test_a_days_coming_and_a_weeks_roster_are_files_too(hall: Hall) -> None:
    hall.put_on_duty()
    manager = hall.browser(hall.manager)

    shown = text(hall.get(manager, "attendance/?day=2030-11-18"))
    came = listed(hall.get(manager, "attendance/list.csv?day=2030-11-18"))
    week = listed(hall.get(manager, "roster/list.csv?day=2030-11-20"))

    assert "attendance/list.csv?day=2030-11-18" in shown
    assert came[0][0] == "Petugas"
    assert came[1:] == [["Sri Wahyuni", "Loket 1", "Dukcapil", "08.00", "15.00", "", "Belum waktunya"]]
    assert week[0] == ["Loket", "Instansi", *(f"{day} Nov 2030" for day in range(18, 25))]
    assert week[1:] == [["Loket 1", "Dukcapil", *["Sri Wahyuni 08.00–15.00"] * 5, "tutup", "tutup"]]
    book = load_workbook(io.BytesIO(hall.get(manager, "roster/list.xlsx?day=2030-11-20").content))
    assert [[cell.value for cell in row] for row in book.worksheets[0].rows] == week
    assert hall.get(manager, "attendance/list.csv?day=x").status_code == 422


def listed(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
