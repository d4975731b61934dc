"""What nobody finished: taken up again, or cleared away."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.documents import shelf
from pendopo.documents.actions import examining, giving, sweeping
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.tests import make_files
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Purpose
from pendopo.kernel.ids import new_key
from pendopo.tenancy.models import Mall


def jobs(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=name).count()


def test_a_given_file_is_looked_at_by_a_job_and_again_when_that_was_lost(hall: Mall) -> None:
    file = make_files.give(hall, make_files.citizen(hall), make_files.picture())

    assert jobs("documents.look_at") == 1
    assert sweeping.take_up(hall, at=AT + timedelta(seconds=10)) == 0
    assert sweeping.take_up(hall, at=AT + timedelta(minutes=2)) == 1
    assert jobs("documents.look_at") == 2
    examining.look_at(hall.pk, file.pk)
    file.refresh_from_db()
    # Nobody scans: it waits on.
    assert file.state == "waiting"


@pytest.mark.usefixtures("scanner")
def test_a_missing_preview_is_drawn_by_a_job_and_again_when_that_was_lost(hall: Mall) -> None:
    file = make_files.clean(hall, make_files.citizen(hall))

    assert jobs("documents.draw") == 1
    sweeping.take_up(hall, at=AT + timedelta(minutes=2))
    assert jobs("documents.draw") == 2
    examining.draw(hall.pk, file.pk)
    assert Preview.objects.filter(file=file).exists()
    sweeping.take_up(hall, at=AT + timedelta(minutes=3))
    assert jobs("documents.draw") == 2


@pytest.mark.usefixtures("scanner")
def test_what_belongs_to_no_row_is_swept_and_nothing_else(hall: Mall) -> None:
    by = make_files.citizen(hall)
    kept = make_files.clean(hall, by)
    examining.preview(hall.pk, kept.pk, at=AT)
    begun = giving.begin(hall, length=300_000, name="kk", purpose=Purpose.KK, by=by, at=AT)
    chunks = iter([bytes(290_000), b""])
    giving.append(hall, begun.code, offset=0, read=lambda most: next(chunks), by=by, at=AT)
    orphan = shelf.new(hall.pk, new_key(), "raw")
    orphan.keep(b"x")
    young = shelf.new(hall.pk, new_key(), "raw")
    young.keep(b"x")
    for place in Path(settings.MEDIA_ROOT).glob(f"given/{hall.pk}/*"):
        if place != young.place:
            os.utime(place, (AT.timestamp() - 200_000,) * 2)
    os.utime(young.place, (AT.timestamp(),) * 2)
    before = set(shelf.lying(hall.pk, older_than=AT.timestamp() + 10))

    kept.refresh_from_db()
    orphans = set(sweeping._orphans(hall, AT))
    assert orphan.path in orphans
    # The other is what arrived of the clean file, erased when its examination is committed, which a test never is.
    assert len(orphans) == 2
    assert not {path for path in orphans if path.startswith((kept.kept_path, begun.raw_path, young.path))}
    assert sweeping.sweep(hall, at=AT) == 2
    assert orphans < before
    assert StoredFile.objects.exclude(state="removed").count() == 2
