import time
from datetime import UTC, date, datetime

import pytest

from pendopo.audit.models import InstallationEntry
from pendopo.tenancy.actions import import_regions
from pendopo.tenancy.models import Region

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_all_regions_are_imported_in_seconds_and_again_nothing_changes() -> None:
    began = time.monotonic()
    changed = import_regions(at=AT)

    assert time.monotonic() - began < 5
    assert changed == 552 + 7_285 + 83_762 + 620
    in_force = Region.objects.filter(valid_to=None)
    assert {level: in_force.filter(level=level).count() for level in Region.Level} == {
        Region.Level.PROVINCE: 38,
        Region.Level.REGENCY: 514,
        Region.Level.DISTRICT: 7_285,
        Region.Level.VILLAGE: 83_762,
    }
    assert import_regions(at=AT) == 0
    assert InstallationEntry.objects.filter(action="regions.imported").count() == 1


def test_only_some_levels_are_imported() -> None:
    assert import_regions(at=AT, levels=[Region.Level.PROVINCE, Region.Level.REGENCY]) == 552 + 26

    assert Region.objects.get(code="35.76").name == "Kota Mojokerto"
    assert not Region.objects.filter(level=Region.Level.DISTRICT).exists()
    assert import_regions(at=AT, levels=[Region.Level.DISTRICT]) == 7_285 + 594


def test_a_code_of_older_editions_is_known_with_its_end() -> None:
    import_regions(at=AT, levels=[Region.Level.REGENCY, Region.Level.DISTRICT])

    gone = Region.objects.get(code="91.01")
    assert (gone.name, gone.valid_to, gone.parent_code) == ("Kabupaten Merauke", date(2022, 12, 31), "91")
    assert gone.edition == "Kemendagri 2018, 2020, 2022"


def test_a_code_that_the_edition_lacks_gets_an_end_and_a_corrected_name_comes_back() -> None:
    import_regions(at=AT, levels=[Region.Level.PROVINCE])
    Region.objects.create(code="99", name="Provinsi Lama", level=Region.Level.PROVINCE, edition="Kemendagri 2024")
    Region.objects.filter(code="35").update(name="Jatim")

    assert import_regions(at=AT, levels=[Region.Level.PROVINCE]) == 2
    assert Region.objects.get(code="99").valid_to == date(2026, 11, 23)
    assert Region.objects.get(code="35").name == "Jawa Timur"
