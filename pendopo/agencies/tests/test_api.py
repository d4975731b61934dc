import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pendopo.agencies.tests import make

pytestmark = pytest.mark.django_db


def test_a_mall_tells_its_places(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    here = make.place()
    path = f"/api/v1/malls/{here.mall.slug}"
    Client().get(path)

    with django_assert_max_num_queries(7):
        mall = Client().get(path).json()

    (site,) = mall["sites"]
    (zone,) = site["zones"]
    assert (mall["slug"], mall["timezone"]) == (here.mall.slug, "Asia/Jakarta")
    assert zone["counters"] == [{"id": here.counter.pk, "number": 1, "agency": "DUKCAPIL"}]
