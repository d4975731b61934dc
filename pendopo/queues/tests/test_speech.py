"""Words against lists written by hand, and clips against the words."""

import pytest

from pendopo.queues.speech.numbers import LANGUAGES, all_words, number_words
from pendopo.queues.speech.sentence import (
    LETTERS,
    LONGEST_TOKEN,
    agency_token,
    announcement,
    call_tokens,
    in_words,
    sentence,
    vocabulary,
)

BY_HAND = {
    "id": {
        0: "nol",
        1: "satu",
        7: "tujuh",
        10: "sepuluh",
        11: "sebelas",
        12: "dua belas",
        19: "sembilan belas",
        20: "dua puluh",
        21: "dua puluh satu",
        25: "dua puluh lima",
        58: "lima puluh delapan",
        99: "sembilan puluh sembilan",
        100: "seratus",
        101: "seratus satu",
        110: "seratus sepuluh",
        111: "seratus sebelas",
        205: "dua ratus lima",
        999: "sembilan ratus sembilan puluh sembilan",
        1000: "seribu",
        1001: "seribu satu",
        1111: "seribu seratus sebelas",
        2012: "dua ribu dua belas",
        9999: "sembilan ribu sembilan ratus sembilan puluh sembilan",
    },
    "en": {
        0: "zero",
        1: "one",
        7: "seven",
        10: "ten",
        11: "eleven",
        12: "twelve",
        19: "nineteen",
        20: "twenty",
        21: "twenty one",
        25: "twenty five",
        58: "fifty eight",
        99: "ninety nine",
        100: "one hundred",
        101: "one hundred and one",
        110: "one hundred and ten",
        111: "one hundred and eleven",
        205: "two hundred and five",
        999: "nine hundred and ninety nine",
        1000: "one thousand",
        1001: "one thousand and one",
        1111: "one thousand one hundred and eleven",
        2012: "two thousand and twelve",
        9999: "nine thousand nine hundred and ninety nine",
    },
    "jv": {
        0: "nol",
        1: "setunggal",
        7: "pitu",
        10: "sedasa",
        11: "sewelas",
        12: "kalih welas",
        19: "sangalas",
        20: "kalih dasa",
        21: "selikur",
        25: "selangkung",
        58: "seket wolu",
        99: "sangang dasa sanga",
        100: "satus",
        101: "satus setunggal",
        110: "satus sedasa",
        111: "satus sewelas",
        205: "kalih atus gangsal",
        999: "sangang atus sangang dasa sanga",
        1000: "sewu",
        1001: "sewu setunggal",
        1111: "sewu satus sewelas",
        2012: "kalih ewu kalih welas",
        9999: "sangang ewu sangang atus sangang dasa sanga",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_said_as_people_say_them(language: str) -> None:
    said = {number: " ".join(number_words(number, language)) for number in BY_HAND[language]}

    assert said == BY_HAND[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_words_of_its_own_and_a_clip_for_each(language: str) -> None:
    said = [tuple(number_words(number, language)) for number in range(10_000)]

    assert len(set(said)) == 10_000
    assert {word for words in said for word in words} == set(all_words(language))
    assert set(all_words(language)) <= set(vocabulary(language))
    assert max(map(len, said)) <= 10


@pytest.mark.parametrize("number", [-1, 10_000])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not from 0"):
        number_words(number, "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clip_says_two_things(language: str) -> None:
    letters, words = set(LETTERS[language]), set(all_words(language))

    assert len(letters) == 26
    assert letters & words == set()
    assert all(len(token) <= LONGEST_TOKEN and token.replace("_", "").isalnum() for token in vocabulary(language))


@pytest.mark.parametrize(
    ("number", "counter", "language", "words"),
    [
        ("4K-10", "3", "id", "nomor antrean empat ka sepuluh ke loket tiga"),
        ("A-012", "3", "id", "nomor antrean a dua belas ke loket tiga"),
        ("KT-111", "12", "id", "nomor antrean ka te seratus sebelas ke loket dua belas"),
        ("B-205", "21", "id", "nomor antrean be dua ratus lima ke loket dua puluh satu"),
        ("A-1111", "1", "id", "nomor antrean a seribu seratus sebelas ke loket satu"),
        ("AC-007", "3", "en", "queue number ay see seven please go to counter three"),
        ("A-021", "25", "jv", "nomer antrean a selikur dhateng loket selangkung"),
        ("A-12345", "2B", "id", "nomor antrean a satu dua tiga empat lima ke loket dua be"),
    ],
)
def test_a_call_is_said(number: str, counter: str, language: str, words: str) -> None:
    assert in_words(call_tokens(number, counter, language=language), language) == words


def test_clips_come_in_the_order_of_the_words() -> None:
    assert call_tokens("4K-10", "3") == ["chime", "nomor_antrean", "empat", "k", "sepuluh", "ke_loket", "tiga"]
    assert sentence("A-012", "3", agency="Bank Jateng") == [
        "nomor_antrean",
        "a",
        "dua",
        "belas",
        "instansi_bank_jateng",
        "ke_loket",
        "tiga",
    ]


def test_a_mall_may_have_leading_zeros_said() -> None:
    assert in_words(sentence("A-012", "12", digits=True), "id") == "nomor antrean a nol satu dua ke loket dua belas"
    assert in_words(sentence("4K-01", "3", digits=True), "id") == "nomor antrean empat ka nol satu ke loket tiga"


def test_it_chimes_once_and_says_it_twice_or_once_a_language() -> None:
    twice = announcement("A-001", "2", languages=["id"])
    both = announcement("A-001", "2", languages=["id", "jv"])

    once = [("id", token) for token in ("nomor_antrean", "a", "satu", "ke_loket", "dua")]
    javanese = [("jv", token) for token in ("nomor_antrean", "a", "setunggal", "ke_loket", "kalih")]
    assert twice == [("id", "chime"), *once, *once]
    assert both == [("id", "chime"), *once, *javanese]


def test_agencies_have_clips_that_fit_a_name_of_a_file() -> None:
    assert agency_token("BPJS Ketenagakerjaan") == "instansi_bpjs_ketenagakerjaan"
    assert agency_token("…") == ""
    assert len(agency_token("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu")) == LONGEST_TOKEN
