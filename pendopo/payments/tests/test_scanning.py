"""Pictures of receipts are opened by nobody before a scanner has called them clean; clamd here is a real one."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor
from pendopo.audit.models import Entry
from pendopo.documents.scanners import ScannerAway
from pendopo.documents.tests.clamd import EICAR, FOUND
from pendopo.payments.actions import photos, scanning, settling
from pendopo.payments.errors import NotClean
from pendopo.payments.models import Bill, Photo
from pendopo.payments.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n%%EOF\n"
INFECTED = b"%PDF-1.4\n" + EICAR + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> Path:
    """Keep files apart."""
    setattr(settings, "MEDIA_ROOT", str(tmp_path / "files"))  # noqa: B010 - pytest-django's settings take any name
    return tmp_path / "files"


def send(where: Place, bill: Bill, content: bytes, at: datetime) -> Photo:
    with wall.inside(where.mall.pk):
        return photos.send(bill, content, at=at)


def seen(where: Place, bill: Bill, photo: Photo, officer: Actor) -> int:
    """Open a picture by the door of the desk."""
    path = f"/m/{where.mall.slug}/bills/{bill.pk}/photos/{photo.pk}/"
    return agencies.client(officer).get(path).status_code


def test_without_a_scanner_a_picture_waits_and_is_opened_by_nobody(
    where: Place, bill: Bill, officer: Actor, at: datetime, settings: object
) -> None:
    setattr(settings, "CLAMD", "")  # noqa: B010 - as above
    photo = send(where, bill, PAPER, at)
    scanning.scan_photo.func(where.mall.pk, photo.pk)
    with pytest.raises(ScannerAway):
        scanning.scan(where.mall.pk, photo.pk, at=at)

    assert seen(where, bill, photo, officer) == 409
    page = agencies.client(officer).get(f"/m/{where.mall.slug}/bills/{bill.pk}/").content.decode()
    assert "Menunggu pemindaian" in page
    assert f"photos/{photo.pk}/" not in page
    with wall.inside(where.mall.pk), pytest.raises(NotClean):
        settling.record(bill, make.payment(bill), part=uuid4(), by=officer, at=at, photo=photo)
    # It is taken up again, after a while.
    with wall.inside(where.mall.pk):
        assert scanning.take_up(where.mall, at=at) == 0
        assert scanning.take_up(where.mall, at=at + timedelta(minutes=3)) == 1


@pytest.mark.usefixtures("scanner")
def test_a_clean_picture_is_opened_and_settled_once(where: Place, bill: Bill, officer: Actor, at: datetime) -> None:
    photo = send(where, bill, PAPER, at)

    assert scanning.scan(where.mall.pk, photo.pk, at=at) == "clean"
    assert scanning.scan(where.mall.pk, photo.pk, at=at) == ""
    assert seen(where, bill, photo, officer) == 200
    with wall.inside(where.mall.pk):
        assert Entry.objects.filter(action="photo.scanned").count() == 1
        assert scanning.take_up(where.mall, at=at + timedelta(hours=1)) == 0
        photo.refresh_from_db()
        recorded = settling.record(bill, make.payment(bill), part=uuid4(), by=officer, at=at, photo=photo)
        assert recorded.photo == photo


@pytest.mark.usefixtures("scanner")
def test_an_infected_picture_is_erased_and_another_one_asked_for(
    where: Place, bill: Bill, officer: Actor, at: datetime, own_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    photo = send(where, bill, INFECTED, at)
    with wall.inside(where.mall.pk):
        path = own_folder / photo.file_path
    assert path.is_file()

    with django_capture_on_commit_callbacks(execute=True):
        assert scanning.scan(where.mall.pk, photo.pk, at=at) == "refused"

    assert not path.exists()
    with wall.inside(where.mall.pk):
        photo.refresh_from_db()
        assert photo.finding == FOUND
    assert seen(where, bill, photo, officer) == 409
    page = Client().get(f"/m/{where.mall.slug}/b/{bill.key}/").content.decode()
    assert "ditolak pemindai berkas berbahaya" in page
    assert "Kirim foto" in page
    with pytest.raises(NotClean):
        send(where, bill, INFECTED, at)
    # What is refused takes no place of the three.
    for number in range(photos.MOST):
        assert send(where, bill, PAPER + bytes(str(number), "ascii"), at).state == "waiting"


def test_a_picture_whose_file_is_gone_does_not_wait_for_ever(
    where: Place, bill: Bill, at: datetime, own_folder: Path
) -> None:
    photo = send(where, bill, PAPER, at)
    (own_folder / photo.file_path).unlink()

    assert scanning.scan(where.mall.pk, photo.pk, at=at) == "refused"
