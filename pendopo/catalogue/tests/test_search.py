"""Search that forgives: what is found, in which order, and that nonsense finds nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from bench.queries import NOTHING, QUERIES, Query, queries
from pendopo.agencies.tests import make
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.names import abbreviations, folded
from pendopo.catalogue.queries.searching import search, search_everywhere
from pendopo.catalogue.searching.asking import WEAK, understand
from pendopo.catalogue.searching.synonyms import Synonyms, read, shipped
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

NAMES = (
    "Akta Kelahiran", "Akta Kematian", "Kartu Keluarga", "Jaminan Hari Tua", "Perpanjangan SIM C", "SIM C baru",
    "Izin praktik bidan", "Izin praktik dokter", "Izin usaha restoran, rumah makan, dan jasa boga", "Kartu kuning",
)  # fmt: skip


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Stand in a mall that has published some services."""
    place = make.place()
    at = timezone.now()
    with wall.inside(place.mall.pk):
        for name in NAMES:
            writing.offer(writing.write_service(place.agency, name=name, at=at), place.outlet, at=at)
        publishing.publish(place.mall, at=at)
        yield place.mall


def found(mall: Mall, words: str, synonyms: Synonyms | None = None) -> list[str]:
    return [row.name for row in search(mall, words=words, synonyms=synonyms).items]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("akta kelahiran", "Akta Kelahiran"),
        ("AKTE KELAHIRAN!", "Akta Kelahiran"),
        ("akta klahiran", "Akta Kelahiran"),
        ("aktakelahiran", "Akta Kelahiran"),
        ("kuninng", "Kartu kuning"),
        ("istri saya mau melahirkan", "Akta Kelahiran"),
        ("birth certificate", "Akta Kelahiran"),
        ("jht", "Jaminan Hari Tua"),
        ("sipb", "Izin praktik bidan"),
        ("memperpanjang sim c", "Perpanjangan SIM C"),
        ("sim c", "SIM C baru"),
        ("ijin praktek dokter", "Izin praktik dokter"),
        ("mau buka warung makan", "Izin usaha restoran, rumah makan, dan jasa boga"),
        ("DUKCAPIL-003", "Kartu Keluarga"),
        ("dukcapil", "SIM C baru"),
    ],
)
def test_what_was_meant_comes_first(mall: Mall, words: str, first: str) -> None:
    assert found(mall, words)[0] == first


@pytest.mark.parametrize(
    "words", ["asdfghjkl", "resep rendang", "!!!", "cuaca besok", "' OR 1=1 --", "a" * 100, "%%:*&|"]
)
def test_nonsense_finds_nothing(mall: Mall, words: str) -> None:
    assert found(mall, words) == []


def test_a_better_answer_leaves_out_what_only_shares_a_word(mall: Mall) -> None:
    assert found(mall, "akta kelahiran") == ["Akta Kelahiran"]


def test_where_nothing_fits_the_nearest_is_offered(mall: Mall) -> None:
    page = search(mall, words="kematian gajah sirkus afrika selatan")

    assert page.items == []
    assert [row.name for row in page.nearest] == ["Akta Kematian"]


def test_pages_follow_each_other_without_gap_or_repetition(mall: Mall) -> None:
    every = found(mall, "dukcapil")
    read_, cursor = [], ""
    for _page in every:
        page = search(mall, words="dukcapil", cursor=cursor, size=3)
        read_ += [row.name for row in page.items]
        cursor = page.next or ""
        if not cursor:
            break

    assert read_ == every
    assert sorted(every) == sorted(NAMES)


def test_an_agency_narrows_what_is_found(mall: Mall) -> None:
    assert search(mall, words="akta", agency="DUKCAPIL").items
    assert search(mall, words="akta", agency="PLN").items == []


def test_search_is_one_round_trip(mall: Mall, django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        search(mall, words="mau bikin akta kelahiran anak")
    with django_assert_num_queries(1):
        search(mall)


def test_all_malls_are_searched_at_once(mall: Mall) -> None:
    assert {(row.name, row.mall.name) for row in search_everywhere("akta kelahiran")} == {("Akta Kelahiran", mall.name)}
    assert search_everywhere("asdfghjkl") == []


def test_the_page_suggests_and_the_home_page_finds_services(mall: Mall) -> None:
    client = Client()

    missed = client.get(f"/m/{mall.slug}/", {"q": "kematian gajah sirkus afrika selatan"}).content.decode()
    home = client.get("/", {"q": "akta kelahiran"}).content.decode()

    assert "Maksud Anda salah satu dari ini?" in missed
    assert "Akta Kematian" in missed
    assert f'href="/m/{mall.slug}/services/DUKCAPIL-001/"' in home


def test_without_synonyms_names_alone_are_looked_through(mall: Mall) -> None:
    assert found(mall, "birth certificate", shipped().without_meanings) == []
    assert found(mall, "akta kelahiran", shipped().without_meanings) == ["Akta Kelahiran"]


def test_no_synonym_is_a_query_of_the_benchmark() -> None:
    known = shipped()
    asked = {folded(query.text) for query in queries()}

    assert asked & known.meanings.keys() == set()
    assert asked & {meant for phrases in known.meanings.values() for meant in phrases} == set()


def test_the_benchmark_asks_in_every_way() -> None:
    kinds: dict[str, list[Query]] = {}
    for query in queries():
        kinds.setdefault(query.kind, []).append(query)

    wanted = {
        "typo": 30, "everyday": 30, "abbreviation": 20, "life_event": 20, "english": 20, NOTHING: 15, "agency": 15
    }  # fmt: skip
    assert {kind: len(some) for kind, some in kinds.items()} == wanted
    assert {query.kind for query in queries() if not query.expected} == {NOTHING}
    assert len({code for query in queries() for code in query.expected if "*" not in code}) >= 60
    assert len({query.text for query in queries()}) == QUERIES.read_text().count("\n") - 1


def test_what_says_nothing_is_passed_over_unless_all_does() -> None:
    assert [word.text for word in understand("saya mau bikin akta", shipped())] == ["bikin", "akta"]
    assert understand("saya mau bikin akta", shipped())[0].weight == WEAK
    assert [word.text for word in understand("untuk saya", shipped())] == ["untuk", "saya"]
    assert understand("?!", shipped()) == []
    assert len(understand(" ".join(f"kata{number}" for number in range(500)), shipped())) == 12


@pytest.mark.parametrize("line", ["sandi,kata,maksud,x", "abaikan,kata,maksud,x", "ejaan,kata,,x"])
def test_a_line_that_cannot_be_meant_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read(f"jenis,kata,maksud,sumber\n{line}\n".encode())


def test_a_name_has_its_initials() -> None:
    assert abbreviations("Jaminan hari tua", "") == "jht"
    assert abbreviations("Izin praktik bidan") == "ipb sipb"
    # By its initials with an S it would be a driving licence.
    assert abbreviations("IMB menara") == "im"
    assert abbreviations("Pajak") == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("daftarin", "daftar"), ("ktpnya", "ktp"), ("ngecek", "cek"), ("cucian", "cucian"), ("in", "in")],
)
def test_what_everyday_speech_hangs_on_a_word_is_taken_off(typed: str, meant: str) -> None:
    assert [word.text for word in understand(typed, shipped())] == [meant]


def test_a_paper_is_found_in_the_story_told_around_it_and_another_trade_is_not_ours(mall: Mall) -> None:
    assert search(mall, words="akta kelahiran dimakan rayap sampai bolong").items
    assert search(mall, words="tiket akrobat kematian").items == []
