"""The innovation index by its formula, against examples counted by hand."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pendopo.innovations.actions import iga as acts
from pendopo.innovations.errors import ScoreOutOfRange
from pendopo.innovations.iga import formula, index
from pendopo.innovations.models import IgaMaximum, IgaScore
from pendopo.innovations.models.iga import INDICATORS, OF_INNOVATIONS
from pendopo.innovations.queries import iga as shown
from pendopo.innovations.tests import make
from pendopo.innovations.tests.make import AT, Town
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.tenancy import wall

# 15 × 12.6 = 189 and 21 × 187 / 7 = 561: 750 in all, of which 25.2 and 74.8 percent.
MAXIMA = {number: Decimal("12.6") if number <= 15 else Decimal(187) / 7 for number in INDICATORS}
TENS = dict.fromkeys(INDICATORS, Decimal(10))


def each(score: int, many: int) -> list[dict[int, Decimal]]:
    return [dict.fromkeys(OF_INNOVATIONS, Decimal(score)) for _one in range(many)]


@pytest.mark.parametrize(
    ("scores", "of_each", "spd", "sid", "iid", "verdict"),
    [
        # Nothing at all.
        ({}, [], "0", "0", "0.00", "Tidak Dapat Dinilai"),
        # SPD: 15 × 6 = 90. SID: 4 innovations × 20 × 5 = 400, by ten: 40; and 8. (90 + 48) / 360 × 100 = 38.33.
        (dict.fromkeys(range(1, 16), 6) | {36: 8}, each(5, 4), "90", "48", "38.33", "Inovatif"),
        # Twelve innovations are divided by twelve: 12 × 20 × 5 / 12 = 100. (90 + 108) / 360 × 100 = 55.
        (dict.fromkeys(range(1, 16), 6) | {36: 8}, each(5, 12), "90", "108", "55.00", "Inovatif"),
        # All there is: 150 + 20 × 10 + 10 = 360.
        (dict.fromkeys([*range(1, 16), 36], 10), each(10, 10), "150", "210", "100.00", "Sangat Inovatif"),
        # The same scores on nine innovations: 9 × 200 / 10 = 180, and 10. 340 / 360 = 94.44.
        (dict.fromkeys([*range(1, 16), 36], 10), each(10, 9), "150", "190", "94.44", "Sangat Inovatif"),
        # One innovation with one point: 0.1 / 360 = 0.03 percent.
        ({}, [{16: Decimal(1)}], "0", "0.1", "0.03", "Kurang Inovatif"),
        # 126 / 360 = 35 exactly, 125.9 / 360 = 34.97, 216 / 360 = 60 exactly.
        ({1: 126}, [], "126", "0", "35.00", "Inovatif"),
        ({1: Decimal("125.9")}, [], "125.9", "0", "34.97", "Kurang Inovatif"),
        ({1: 216}, [], "216", "0", "60.00", "Inovatif"),
        ({1: Decimal("216.04")}, [], "216.04", "0", "60.01", "Sangat Inovatif"),
    ],
)
def test_the_index_is_what_is_counted_by_hand(
    scores: dict[int, int], of_each: list[dict[int, Decimal]], spd: str, sid: str, iid: str, verdict: str
) -> None:
    found = index({number: Decimal(score) for number, score in scores.items()}, of_each, TENS)

    assert (found.government, found.of_innovations) == (Decimal(spd), Decimal(sid))
    assert (str(found.result), found.verdict) == (iid, verdict)
    assert sum(each.value for each in found.indicators) == found.total


def test_weights_are_parts_of_the_highest_sum() -> None:
    found = index({}, [], MAXIMA)
    shares = [found.share(aspect) for aspect in formula().aspects]

    assert found.maximum
    assert [round(float(share or 0), 3) for share in shares] == [25.2, 74.8]
    assert [aspect.share * 100 for aspect in formula().aspects] == [Decimal("25.2"), Decimal("74.8")]
    assert found.indicators[0].weight == Decimal("12.6") * 100 / found.maximum


def test_without_every_maximum_there_is_no_index() -> None:
    found = index({1: Decimal(5)}, [], {number: Decimal(1) for number in range(1, 36)})

    assert (found.result, found.verdict, found.missing_maxima) == (None, "", [36])
    assert found.missing_scores == list(range(2, 37))
    assert found.total == 5


def test_there_are_twenty_names_of_innovations_and_none_is_invented_for_the_others() -> None:
    told = formula()
    assert sorted(told.names) == list(range(16, 37))
    assert told.name_of(3) == "Indikator 3"
    assert "Pasal 386–390" in told.basis


@pytest.fixture
def town() -> Town:
    return make.town()


@pytest.mark.django_db
def test_a_year_is_filled_in_by_the_manager_within_its_maxima(town: Town) -> None:
    told: dict[str, Any] = {"source": "Instrumen 2026", "at": AT}
    with wall.inside(town.mall.pk):
        innovation = town.innovation()
        with pytest.raises(NotAllowed):
            acts.set_maxima(town.mall, 2026, TENS, by=town.admins[0], **told)
        with pytest.raises(ScoreOutOfRange):
            acts.set_scores(town.mall, 2026, {1: Decimal(1)}, by=town.manager, **told)
        acts.set_maxima(town.mall, 2026, TENS, by=town.manager, **told)
        for wrong in ({}, {37: Decimal(1)}, {1: Decimal(0)}):
            with pytest.raises(NotUnderstood):
                acts.set_maxima(town.mall, 2026, wrong, by=town.manager, **told)
        for wrong in ({}, {16: Decimal(1)}):
            with pytest.raises(NotUnderstood):
                acts.set_scores(town.mall, 2026, wrong, by=town.manager, **told)
        with pytest.raises(NotUnderstood):
            acts.set_scores(town.mall, 2026, {1: Decimal(1)}, innovation=innovation, by=town.manager, **told)
        with pytest.raises(ScoreOutOfRange):
            acts.set_scores(town.mall, 2026, {1: Decimal("10.01")}, by=town.manager, **told)
        with pytest.raises(NotAllowed):
            acts.set_scores(town.mall, 2026, {1: Decimal(1)}, by=town.admins[0], **told)
        assert not IgaScore.objects.exists()
        acts.set_scores(town.mall, 2026, {1: Decimal(9), 36: Decimal(2)}, by=town.manager, **told)
        acts.set_scores(town.mall, 2026, {16: Decimal(10)}, innovation=innovation, by=town.manager, **told)
        acts.set_scores(town.mall, 2026, {16: Decimal(5)}, innovation=innovation, by=town.manager, **told)
        found = shown.year(town.mall, 2026).index
        # 9 + 5 / 10 + 2 = 11.5 of 360.
        assert (found.total, str(found.result), found.innovations) == (Decimal("11.5"), "3.19", 1)
        assert shown.year(town.mall, 2025).index.result is None
        with pytest.raises(ScoreOutOfRange):
            acts.set_maxima(town.mall, 2026, {1: Decimal(8)}, by=town.manager, **told)
        assert IgaMaximum.objects.get(number=1).maximum == 10
        changes: tuple[dict[str, Any], ...] = ({"score": 11}, {"number": 17}, {"source": ""})
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                IgaScore.objects.filter(number=1).update(**change)


@pytest.mark.django_db
def test_the_index_by_its_page(town: Town) -> None:
    with wall.inside(town.mall.pk):
        innovation = town.innovation("Antar KK")
    browser, here = make.client(town.manager), f"{town.here}iga/"
    assert "Belum dapat dihitung" in browser.get(f"{here}?year=2026").content.decode()
    maxima = {f"maxima-n{number}": "10" for number in INDICATORS} | {"maxima-source": "Instrumen 2026"}
    assert browser.post(f"{here}maxima/?year=2026", maxima | {"maxima-n1": "0"}).status_code == 422
    assert browser.post(f"{here}maxima/?year=2026", maxima).status_code == 302
    own = {"own-n1": "9", "own-n36": "2", "own-source": "Laporan"}
    assert browser.post(f"{here}scores/?year=2026", own | {"own-n1": "11"}).status_code == 422
    assert browser.post(f"{here}scores/?year=2026", own).status_code == 302
    one = {"each-innovation": innovation.pk, "each-n16": "5", "each-source": "Laporan"}
    assert browser.post(f"{here}scores/?year=2026", one | {"each-innovation": "0"}).status_code == 422
    assert browser.post(f"{here}scores/?year=2026", one).status_code == 302
    page = browser.get(f"{here}?year=2026").content.decode()
    for words in ("3,19", "Kurang Inovatif", "Antar KK", "Instrumen 2026", "SPD", "UU 23/2014 Pasal 386–390"):
        assert words in page, words
    table = browser.get(f"{here}table.csv?year=2026").content.decode("utf-8-sig").splitlines()
    assert len(table) == 38
    assert table[16] == "16,Regulasi inovasi daerah,5.00,0.50,10.00,2.78"
    assert table[37] == ",Jumlah,,11.50,360.00,3.19"
    assert make.client(town.admins[0]).get(here).status_code == 403
