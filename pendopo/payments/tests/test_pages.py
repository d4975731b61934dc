"""Bills by the door: shown with their rule, paid, photographed, checked by another, and reconciled."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions.writing import Price
from pendopo.payments.actions import scanning
from pendopo.payments.models import Bill, DayClosing, Deposit, Photo, Refund, Settlement, Voiding
from pendopo.payments.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


def signed_in(who: Actor) -> Client:
    client = Client()
    assert who.account
    client.force_login(who.account)
    return client


def test_whoever_pays_sees_the_rule_and_its_regulation_before_any_way_to_pay(where: Place, bill: Bill) -> None:
    page = Client().get(f"/m/{where.mall.slug}/b/{bill.key}/").content.decode()

    assert page.index("Rp50.000") < page.index(make.BASIS) < page.index("Bayar tanpa ponsel")
    assert "QRIS belum tersedia" in page
    assert Client().get(f"/m/{where.mall.slug}/b/{bill.number}/").status_code == 404


def test_a_free_service_shows_its_basis_and_cannot_be_billed(where: Place, officer: Actor, at: datetime) -> None:
    with wall.inside(where.mall.pk):
        free = make.variant(where.agency, at=at, price=Price(0, "UU 24/2013 pasal 79A"))
        unknown = make.variant(where.agency, at=at, price=None)
    client, path = signed_in(officer), f"/m/{where.mall.slug}/bills/new/"

    page = client.get(f"{path}?variant={free.pk}").content.decode()
    assert "Gratis" in page
    assert "UU 24/2013 pasal 79A" in page
    assert 'name="shown"' not in page
    assert "belum ditetapkan" in client.get(f"{path}?variant={unknown.pk}").content.decode()
    for case in (free, unknown):
        sent = {"shown": 5000, "days": 3, "part": uuid4()}
        assert client.post(f"{path}?variant={case.pk}", sent).status_code == 422
    with wall.inside(where.mall.pk):
        assert not Bill.objects.exists()


def test_a_bill_is_made_once_however_often_it_is_sent(where: Place, officer: Actor, at: datetime) -> None:
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=at)
    client, sent = signed_in(officer), {"shown": 50_000, "days": 3, "part": uuid4()}
    answers = [client.post(f"/m/{where.mall.slug}/bills/new/?variant={case.pk}", sent) for _time in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    with wall.inside(where.mall.pk):
        assert Bill.objects.get().amount == 50_000
    page = client.get(f"/m/{where.mall.slug}/bills/")
    rows = client.get(f"/m/{where.mall.slug}/bills/list.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].split(",")[0] in page.content.decode()


@pytest.mark.usefixtures("scanner")
def test_a_photo_is_kept_sealed_written_down_and_checked_by_another(
    where: Place, officer: Actor, checker: Actor, bill: Bill, at: datetime
) -> None:
    base = f"/m/{where.mall.slug}"
    file = SimpleUploadedFile("x.pdf", PDF)
    assert Client().post(f"{base}/b/{bill.key}/photos/", {"file": file}).status_code == 302
    wrong = SimpleUploadedFile("x.pdf", b"MZ" + b"x" * 99)
    large = SimpleUploadedFile("x.pdf", PDF + b"x" * 5 * 1024 * 1024)
    for bad in (wrong, large):
        assert Client().post(f"{base}/b/{bill.key}/photos/", {"file": bad}).status_code == 422
    with wall.inside(where.mall.pk):
        photo = Photo.objects.get()
        assert PDF not in (Path(str(settings.MEDIA_ROOT)) / photo.file_path).read_bytes()
    assert scanning.scan(where.mall.pk, photo.pk, at=at) == "clean"
    client = signed_in(officer)
    assert client.get(f"{base}/bills/{bill.pk}/photos/{photo.pk}/").content == PDF
    sent = {
        "part": uuid4(), "how": "desk", "number": "STS 9", "amount": 50_000,
        "paid_on": where.mall.local(at).date().isoformat(), "photo": photo.pk,
    }  # fmt: skip
    assert client.post(f"{base}/bills/{bill.pk}/deposits/", sent | {"amount": 1}).status_code == 422
    assert client.post(f"{base}/bills/{bill.pk}/deposits/", sent).status_code == 302
    with wall.inside(where.mall.pk):
        deposit = Deposit.objects.get()
        assert deposit.photo == photo

    path = f"{base}/checks/deposits/{deposit.pk}/"
    assert client.post(path, {"verdict": "accept"}).status_code == 422
    assert signed_in(checker).post(path, {"verdict": "refuse"}).status_code == 422
    assert signed_in(checker).post(path, {"verdict": "accept"}).status_code == 302
    with wall.inside(where.mall.pk):
        assert Settlement.objects.get().deposit == deposit
    assert Client().get(f"{base}/b/{bill.key}/receipt.pdf").content.startswith(b"%PDF-")


def test_a_bill_is_void_with_a_reason_and_money_is_asked_back_by_two(
    where: Place, officer: Actor, checker: Actor, bill: Bill, at: datetime
) -> None:
    base, client = f"/m/{where.mall.slug}", signed_in(officer)
    assert client.post(f"{base}/bills/{bill.pk}/voiding/", {"reason": " "}).status_code == 422
    assert client.post(f"{base}/bills/{bill.pk}/voiding/", {"reason": "Salah layanan"}).status_code == 302
    assert "dibatalkan: jangan dibayar" in Client().get(f"{base}/b/{bill.key}/").content.decode()
    with wall.inside(where.mall.pk):
        assert Voiding.objects.get().bill == bill
        other = make.bill(bill.variant, officer, at=at)
        make.settled(other, officer, checker, at=at)
    sent = {"part": uuid4(), "reason": "Dobel", "to": "desk"}
    assert client.post(f"{base}/bills/{other.pk}/refunds/", sent | {"to": "bank"}).status_code == 422
    assert client.post(f"{base}/bills/{other.pk}/refunds/", sent).status_code == 302
    with wall.inside(where.mall.pk):
        asked = Refund.objects.get()
    assert client.post(f"{base}/checks/refunds/{asked.pk}/", {"verdict": "accept"}).status_code == 422
    assert signed_in(checker).post(f"{base}/checks/refunds/{asked.pk}/", {"verdict": "accept"}).status_code == 302


def test_a_day_is_closed_when_every_difference_is_explained(
    where: Place, officer: Actor, checker: Actor, bill: Bill, at: datetime
) -> None:
    base, day = f"/m/{where.mall.slug}/reconciliation/", where.mall.local(at).date().isoformat()
    with wall.inside(where.mall.pk):
        make.settled(bill, officer, checker, at=at)
    manager = signed_in(agencies.staff(where.mall, Role.MANAGER))
    head = signed_in(agencies.staff(where.mall, Role.HEAD))

    assert "daftar bank atau penyedia belum ditulis" in manager.get(f"{base}?day={day}").content.decode()
    assert manager.post(f"{base}closing/", {"day": day}).status_code == 422
    told = {"day": day, "way": "desk", "amount": 49_000, "count": 1, "source": "Rekening koran"}
    assert head.post(f"{base}statements/", told).status_code == 422
    assert manager.post(f"{base}statements/", told).status_code == 302
    page = manager.get(f"{base}?day={day}").content.decode()
    assert "catatan kami Rp50.000 (1), daftar mereka Rp49.000 (1)" in page
    subject = "sum:desk:49000:50000"
    assert manager.post(f"{base}explanations/", {"day": day, "subject": "x", "reason": "x"}).status_code == 422
    assert manager.post(f"{base}explanations/", {"day": day, "subject": subject, "reason": "Biaya"}).status_code == 302
    assert head.post(f"{base}closing/", {"day": day}).status_code == 422
    assert manager.post(f"{base}closing/", {"day": day}).status_code == 302
    with wall.inside(where.mall.pk):
        assert DayClosing.objects.get().desk == 50_000
    assert manager.post(f"{base}statements/", told).status_code == 422


def test_secrets_of_the_account_are_never_shown(where: Place) -> None:
    manager = signed_in(agencies.staff(where.mall, Role.MANAGER))
    path = f"/m/{where.mall.slug}/settings/qris/"
    sent = {
        "is_active": "on", "address": "https://api.contoh.test", "client": "klien", "merchant_number": "7",
        "channel": "95221", "secret": "sangat-rahasia", "reason": "Kerja sama baru",
    }  # fmt: skip
    assert manager.post(path, sent | {"secret": ""}).status_code == 422
    assert manager.post(path, sent | {"address": "http://api.contoh.test"}).status_code == 422
    assert manager.post(path, sent).status_code == 302

    page = manager.get(path).content.decode()
    assert "BEGIN PUBLIC KEY" in page
    assert "sangat-rahasia" not in page
    assert "PRIVATE" not in page
