from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from pendopo.kernel import dates
from pendopo.kernel.money import Money
from pendopo.kernel.templatetags.money import rupiah

AT = datetime(2026, 11, 16, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "Senin, 16 November 2026 pukul 09.05 WIB"),
        ("Asia/Makassar", "Senin, 16 November 2026 pukul 10.05 WITA"),
        ("Asia/Jayapura", "Senin, 16 November 2026 pukul 11.05 WIT"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_mall(zone: str, words: str) -> None:
    with override("id"):
        assert dates.moment(AT, zone) == words


def test_the_day_turns_at_midnight_of_the_mall() -> None:
    late = datetime(2026, 11, 15, 17, 30, tzinfo=UTC)
    with override("id"):
        assert dates.day(late, "Asia/Jakarta") == "Senin, 16 November 2026"
        assert dates.day(late.replace(hour=16), "Asia/Jakarta") == "Minggu, 15 November 2026"
        assert dates.day(date(2026, 11, 20), "Asia/Jayapura") == "Jumat, 20 November 2026"


def test_english_writes_days_and_hours_its_own_way() -> None:
    with override("en"):
        assert dates.day(AT, "Asia/Jakarta") == "Monday, 16 November 2026"
        assert dates.clock(AT, "Asia/Jakarta") == "09:05 WIB"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tanpa zona"):
        dates.moment(AT.replace(tzinfo=None), "Asia/Jakarta")


def test_a_zone_outside_indonesia_is_refused() -> None:
    with pytest.raises(KeyError):
        dates.clock(AT, "Europe/Berlin")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "kurang dari 1 menit"),
        (59.9, "kurang dari 1 menit"),
        (60, "1 menit"),
        (12 * 60 + 59, "12 menit"),
        (3600, "1 jam"),
        (3900, "1 jam 5 menit"),
    ],
)
def test_a_length_of_time_is_written_in_minutes(seconds: float, words: str) -> None:
    with override("id"):
        assert dates.minutes(seconds) == words


@pytest.mark.parametrize(("count", "words"), [(0, "selesai hari itu"), (1, "1 hari kerja"), (5, "5 hari kerja")])
def test_working_days(count: int, words: str) -> None:
    with override("id"):
        assert dates.working_days(count) == words


def test_working_days_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="kurang dari nol"):
        dates.working_days(-1)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Gratis"), (500, "Rp500"), (1_250_000, "Rp1.250.000"), (10**12, "Rp1.000.000.000.000")],
)
def test_money_is_written_for_people(amount: int, words: str) -> None:
    with override("id"):
        assert str(Money(amount)) == words
        assert rupiah(amount) == words


def test_an_unknown_fee_is_not_free() -> None:
    assert rupiah(None) == ""


def test_zero_is_a_figure_on_a_bill() -> None:
    assert Money(0).figure == "Rp0"


@pytest.mark.parametrize("wrong", [-1, 2**63])
def test_money_outside_its_range_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="Jumlah uang"):
        Money(wrong)


@pytest.mark.parametrize("wrong", [1.5, True, "100", None])
def test_money_is_a_whole_number(wrong: object) -> None:
    with pytest.raises(TypeError, match="whole number"):
        Money(wrong)  # type: ignore[arg-type]


def test_money_adds_up() -> None:
    assert Money(355_000) + Money(45_000) == Money(400_000)
    assert Money(1) < Money(2)
