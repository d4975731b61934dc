import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage

from pendopo.config.static_files import KnownStaticFiles

NAME = "agencies/steer.css"


def test_an_address_is_what_the_manifest_says_however_often_it_is_asked_for() -> None:
    known = KnownStaticFiles()
    expected = ManifestStaticFilesStorage().url(NAME)

    assert [known.url(NAME), known.url(NAME), staticfiles_storage.url(NAME)] == [expected] * 3
    assert expected != f"/static/{NAME}"


def test_a_file_that_was_not_collected_is_no_address() -> None:
    known = KnownStaticFiles()
    for _time in range(2):
        with pytest.raises(ValueError, match="nowhere"):
            known.url("nowhere.css")
