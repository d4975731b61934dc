import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pendopo.audit.models import Entry
from pendopo.catalogue.actions import writing
from pendopo.queues.actions import lines
from pendopo.queues.models import QueueService
from pendopo.queues.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def test_visitors_of_one_more_service_stand_in_the_queue() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        more = writing.write_service(hall.place.agency, name="Akta Kelahiran", at=timezone.now())
        lines.extend_queue(hall.queue, [more], at=timezone.now(), by=hall.officer)

        assert list(hall.queue.services.order_by("pk").values_list("service__name", flat=True)) == [
            "Kartu Keluarga",
            "Akta Kelahiran",
        ]
        assert Entry.objects.get(action="queue.extended").account_id == hall.officer.account_id


def test_a_service_has_one_queue_at_a_site() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            lines.extend_queue(hall.queue, [hall.service], at=timezone.now())

        assert QueueService.objects.count() == 1
        assert not Entry.objects.filter(action="queue.extended").exists()
