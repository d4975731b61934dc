from datetime import date
from pathlib import Path

import pytest
from django.db.models import Max

from pendopo.audit.models import Entry, InstallationEntry
from pendopo.kernel.errors import MoveNotAllowed, NotUnderstood, ReasonMissing
from pendopo.kernel.reports import Outcome
from pendopo.tenancy import wall
from pendopo.worktime import actions, queries
from pendopo.worktime.errors import LawIsAboveMalls
from pendopo.worktime.models import Holiday
from pendopo.worktime.tests import make

pytestmark = pytest.mark.django_db

GOOD = "2026-08-17,Senin,Hari Kemerdekaan RI,libur_nasional,SKB uji,,uji"


@pytest.fixture
def before() -> int:
    """The last entry of before: holidays are the installation's, and a demo mall may have brought them too."""
    return InstallationEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def acts(before: int) -> list[str]:
    return list(InstallationEntry.objects.filter(pk__gt=before).order_by("pk").values_list("action", flat=True))


def test_the_shipped_file_is_taken_whole(before: int) -> None:
    report = actions.import_holidays(at=make.NOW)

    assert report.is_written
    assert report.totals == {Outcome.TAKEN: 129}
    assert Holiday.objects.in_force().count() == 129
    assert acts(before) == ["holidays.imported"]


def test_the_same_file_again_changes_nothing(before: int) -> None:
    actions.import_holidays(at=make.NOW)
    kept = list(Holiday.objects.order_by("pk").values())

    report = actions.import_holidays(at=make.NOW)

    assert report.totals == {Outcome.UNCHANGED: 129}
    assert report.notes == ()
    assert list(Holiday.objects.order_by("pk").values()) == kept
    assert acts(before) == ["holidays.imported", "holidays.imported"]


def test_26_april_2023_is_a_working_day() -> None:
    actions.import_holidays(at=make.NOW)
    mall = make.mall()

    with wall.inside(mall.pk):
        leave = queries.days_off(mall, date(2023, 4, 19), date(2023, 4, 27))

    assert sorted(leave) == [date(2023, 4, day) for day in (19, 20, 21, 22, 23, 24, 25)]


def test_the_regional_election_of_2024_waits_for_confirmation() -> None:
    actions.import_holidays(at=make.NOW)

    unconfirmed = queries.unconfirmed()

    assert [(holiday.day, holiday.kind) for holiday in unconfirmed] == [(date(2024, 11, 27), Holiday.Kind.PRESIDENTIAL)]


def test_a_broken_line_is_named_and_nothing_is_written(tmp_path: Path, before: int) -> None:
    file = make.holiday_file(
        tmp_path,
        GOOD,
        "2026-02-30,Senin,Salah tanggal,libur_nasional,SKB uji,,",
        "2026-12-25,Kamis,Salah hari,libur_nasional,SKB uji,,",
        "2026-12-24,Kamis,Salah jenis,libur_besar,SKB uji,,",
        "2026-12-24,Kamis,Tanpa dasar,cuti_bersama,,,",
        GOOD,
    )

    report = actions.import_holidays(file, at=make.NOW)

    assert not report.is_written
    assert [line.number for line in report.refused] == [3, 4, 5, 6, 7]
    assert "2026-12-25 jatuh pada hari jumat, bukan Kamis" in report.refused[1].why
    assert Holiday.objects.count() == 0
    assert acts(before) == []


def test_broken_lines_can_be_skipped(tmp_path: Path) -> None:
    file = make.holiday_file(tmp_path, GOOD, "2026-02-30,Senin,Salah,libur_nasional,SKB uji,,")

    report = actions.import_holidays(file, at=make.NOW, skip_bad=True)

    assert report.totals == {Outcome.TAKEN: 1, Outcome.REFUSED: 1}
    assert Holiday.objects.get().name == "Hari Kemerdekaan RI"


@pytest.mark.parametrize("content", [b"", b"\xff\x00\x01", b"a,b\n1,2\n", b"tanggal,hari,nama,jenis\n1,2,3,4\n"])
def test_what_is_no_table_of_holidays_is_refused(tmp_path: Path, content: bytes, before: int) -> None:
    file = tmp_path / "libur.csv"
    file.write_bytes(content)

    with pytest.raises(NotUnderstood):
        actions.import_holidays(file, at=make.NOW)

    assert Holiday.objects.count() == 0
    assert acts(before) == []


def test_a_newer_file_corrects_and_tells_what_it_no_longer_names(tmp_path: Path) -> None:
    make_first = make.holiday_file(tmp_path, GOOD, "2026-12-24,Kamis,Cuti Natal,cuti_bersama,SKB uji,,")
    actions.import_holidays(make_first, at=make.NOW)

    newer = make.holiday_file(tmp_path, GOOD.replace("SKB uji", "SKB perubahan"))
    report = actions.import_holidays(newer, at=make.NOW)

    assert report.totals == {Outcome.CHANGED: 1}
    assert report.notes == ("2026-12-24 Cuti Natal tidak ada di berkas ini dan tetap berlaku.",)
    assert Holiday.objects.get(day=date(2026, 8, 17)).basis == "SKB perubahan"
    assert Holiday.objects.in_force().count() == 2


def test_an_import_does_not_undo_what_a_person_decided() -> None:
    actions.import_holidays(at=make.NOW)
    election = queries.unconfirmed().get()
    leave = Holiday.objects.get(day=date(2026, 12, 24))
    actions.set_holiday(
        election.day,
        name=election.name,
        kind=Holiday.Kind.PRESIDENTIAL,
        basis="Keppres yang sudah dilihat",
        reason="Keputusan diperiksa",
        at=make.NOW,
    )
    actions.remove_holiday(leave, reason="SKB perubahan", at=make.NOW)

    report = actions.import_holidays(at=make.NOW)

    assert report.totals == {Outcome.UNCHANGED: 129}
    assert sum("perubahan itu tetap berlaku" in note for line in report.lines for note in line.notes) == 2
    assert Holiday.objects.get(pk=election.pk).is_confirmed
    assert not Holiday.objects.in_force().filter(day=leave.day).exists()


def test_a_withdrawn_holiday_can_be_given_back(before: int) -> None:
    holiday = make.holiday()
    actions.remove_holiday(holiday, reason="Keliru", at=make.NOW)
    with pytest.raises(MoveNotAllowed):
        actions.remove_holiday(holiday, reason="Sekali lagi", at=make.NOW)

    again = make.holiday()

    assert again.pk == holiday.pk
    assert again.withdrawn_at is None
    assert acts(before) == ["holiday.set", "holiday.withdrawn", "holiday.set"]


def test_a_change_of_law_needs_a_reason(before: int) -> None:
    holiday = make.holiday()

    with pytest.raises(ReasonMissing):
        actions.remove_holiday(holiday, reason=" ", at=make.NOW)
    with pytest.raises(ReasonMissing):
        actions.set_holiday(
            date(2026, 12, 1), name="Libur", kind=Holiday.Kind.NATIONAL, basis="", reason="Uji", at=make.NOW
        )

    assert list(Holiday.objects.in_force()) == [holiday]
    assert acts(before) == ["holiday.set"]


def test_no_mall_changes_the_law_of_all() -> None:
    holiday, mall = make.holiday(), make.mall()

    with wall.inside(mall.pk):
        recorded = Entry.objects.count()
        with pytest.raises(LawIsAboveMalls):
            actions.import_holidays(at=make.NOW)
        with pytest.raises(LawIsAboveMalls):
            actions.remove_holiday(holiday, reason="Uji", at=make.NOW)
        with pytest.raises(LawIsAboveMalls):
            make.holiday(date(2026, 12, 1))
        assert Entry.objects.count() == recorded

    assert list(Holiday.objects.in_force()) == [holiday]
