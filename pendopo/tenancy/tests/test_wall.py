"""Row security as it was written: what PostgreSQL itself shows and refuses."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from pendopo.tenancy import actions, wall
from pendopo.tenancy.models import Mall, Site, Zone

pytestmark = pytest.mark.django_db


def mall(slug: str) -> Mall:
    return actions.found_mall(slug, name=slug, government="Kota Contoh", at=timezone.now())


def test_without_a_mall_there_are_no_rows() -> None:
    here = mall("sini")
    with wall.inside(here.pk):
        actions.add_site(here, name="Gedung", at=timezone.now())
        assert Site.objects.count() == 1

    assert Site.objects.count() == 0


def test_another_mall_sees_and_changes_nothing() -> None:
    here, there = mall("sini"), mall("sana")
    with wall.inside(here.pk):
        actions.add_site(here, name="Gedung", at=timezone.now())

    with wall.inside(there.pk):
        assert not Site.objects.filter(mall=here).exists()
        assert Site.objects.update(name="Direbut") == 0

    with wall.inside(here.pk):
        assert Site.objects.get().name == "Gedung"


def test_a_row_for_another_mall_is_refused() -> None:
    here, there = mall("sini"), mall("sana")
    with wall.inside(here.pk), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Site.objects.create(mall=there, name="Titipan")

    with wall.inside(there.pk):
        assert Site.objects.count() == 0


def test_a_row_cannot_point_into_another_mall() -> None:
    here, there = mall("sini"), mall("sana")
    with wall.inside(here.pk):
        foreign = actions.add_site(here, name="Gedung", at=timezone.now())

    with wall.inside(there.pk), pytest.raises(IntegrityError, match="same_mall"), transaction.atomic():
        Zone.objects.create(mall=there, site_id=foreign.pk, code="A", name="A")


def test_a_nested_mall_is_given_back() -> None:
    here, there = mall("sini"), mall("sana")
    with wall.inside(here.pk):
        with wall.inside(there.pk):
            assert wall.current_mall() == there.pk
        assert wall.current_mall() == here.pk
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pendopo.mall', true)")
            assert cursor.fetchone() == (str(here.pk),)


def test_a_failed_act_gives_the_mall_back_too() -> None:
    here, there = mall("sini"), mall("sana")
    with wall.inside(here.pk):
        with pytest.raises(ZeroDivisionError), wall.inside(there.pk):
            raise ZeroDivisionError
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pendopo.mall', true)")
            assert cursor.fetchone() == (str(here.pk),)
