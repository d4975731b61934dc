"""The voice of a zone through its doors: what is to be said, clips, recordings, and who speaks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.queues.actions import calling
from pendopo.queues.models import Event, HallRules, Recording, Spoken, Ticket
from pendopo.queues.speech.sentence import agency_token, spelled
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.tests.test_audio import wav
from pendopo.queues.types import Voice
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Zone
from pendopo.tenancy.queries import forget_malls

pytestmark = pytest.mark.django_db
MADE = ("nomor_antrean", "a", "satu", "dua", "ke_loket")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> Iterator[Path]:
    """Give each test its own files and made clips."""
    for token in MADE:
        clip = tmp_path / "clips" / "id" / f"{token}.wav"
        clip.parent.mkdir(parents=True, exist_ok=True)
        clip.write_bytes(wav())
    with override_settings(MEDIA_ROOT=tmp_path / "files", CLIPS_ROOT=tmp_path / "clips"):
        yield tmp_path


def board(hall: Hall, *, zone: Zone | None = None, name: str = "Papan 1", speaks: bool = True) -> tuple[Device, Client]:
    """Put up a board, and return its browser."""
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        device, token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.BOARD, name=name, zone=zone or hall.place.zone, at=at
        )
        if speaks:
            tenancy.let_speak(device, at=at)
    client = Client()
    assert client.post(f"/m/{hall.mall.slug}/device/", {"token": token}).status_code == 302
    return device, client


def manager(hall: Hall) -> Client:
    """Sign a manager in."""
    client = Client()
    account = agencies.staff(hall.mall, Role.MANAGER).account
    assert account
    client.force_login(account)
    return client


def call(hall: Hall) -> int:
    """Call somebody and return the number of the event."""
    with wall.inside(hall.mall.pk):
        make.called(hall)
        return Event.objects.filter(mall=hall.mall, kind="called").latest("seq").seq


def to_say(client: Client, hall: Hall, asked: str = "") -> list[dict[str, object]]:
    calls: list[dict[str, object]] = client.get(f"/m/{hall.mall.slug}/speech/{asked}").json()["calls"]
    return calls


def test_a_call_is_told_with_its_clips_and_where_they_are() -> None:
    hall = make.hall()
    _device, client = board(hall)
    seq = call(hall)

    told = client.get(f"/m/{hall.mall.slug}/speech/").json()

    sentence = ["id/nomor_antrean", "id/a", "id/satu", "id/ke_loket", *_counter(hall)]
    assert [(call["seq"], call["clips"]) for call in told["calls"]] == [(seq, ["id/chime", *sentence, *sentence])]
    assert 0 <= told["calls"][0]["age"] < 5
    assert set(told["urls"]) == {clip for clip in sentence if clip.removeprefix("id/") in MADE}
    clip = Client().get(told["urls"]["id/satu"])
    assert (clip.status_code, clip["Content-Type"]) == (200, "audio/wav")
    assert clip.content == wav()
    assert "immutable" in clip["Cache-Control"]


def _counter(hall: Hall) -> list[str]:
    return [f"id/{token}" for token in spelled(str(hall.counter.number), "id")]


def test_a_board_may_speak_two_languages_and_spell_digits() -> None:
    hall = make.hall()
    _device, client = board(hall)
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, voice=Voice.ID_JV, spells_digits=True)
    call(hall)

    [both] = to_say(client, hall, "?voice=en&digits=0")  # the mall decides, not the board's address

    clips = both["clips"]
    assert isinstance(clips, list)
    assert clips[:6] == ["id/chime", "id/nomor_antrean", "id/a", "id/nol", "id/nol", "id/satu"]
    assert clips.count("jv/nomor_antrean") == clips.count("id/nomor_antrean") == 1


LANGUAGES = {
    Voice.ID: ["id", "id"],
    Voice.ID_EN: ["id", "en"],
    Voice.ID_JV: ["id", "jv"],
    Voice.ID_EN_JV: ["id", "en", "jv"],
}
SENTENCES = {
    ("id", False): "nomor_antrean a dua belas ke_loket satu",
    ("en", False): "nomor_antrean a twelve ke_loket one",
    ("jv", False): "nomor_antrean a kalih welas ke_loket setunggal",
    ("id", True): "nomor_antrean a nol satu dua ke_loket satu",
    ("en", True): "nomor_antrean a zero one two ke_loket one",
    ("jv", True): "nomor_antrean a nol setunggal kalih ke_loket setunggal",
}


@pytest.mark.parametrize("spells", [False, True])
@pytest.mark.parametrize("voice", list(Voice))
def test_a_call_is_said_in_the_malls_languages_in_their_order(voice: Voice, *, spells: bool) -> None:
    hall = make.hall()
    _device, client = board(hall)
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, voice=voice, spells_digits=spells)
        Event.objects.create(
            mall=hall.mall, at=timezone.now(), kind="called", zone_id=hall.place.zone.pk, number="A-012", counter="1"
        )

    [call] = to_say(client, hall)

    said = [f"{language}/{token}" for language in LANGUAGES[voice] for token in SENTENCES[language, spells].split()]
    assert call["clips"] == ["id/chime", *said]


def test_the_list_of_clips_has_the_languages_that_the_mall_speaks() -> None:
    hall = make.hall()
    client = Client()
    account = agencies.staff(hall.mall, Role.MANAGER).account
    assert account
    client.force_login(account)
    path = f"/m/{hall.mall.slug}/recordings/?language=jv"
    assert "Basa Jawa" not in client.get(path).content.decode()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, voice=Voice.ID_EN_JV)

    page = client.get(path).content.decode()

    for name in ("Bahasa Indonesia", "English", "Basa Jawa", "setunggal"):
        assert name in page


def test_nothing_older_than_a_minute_is_said() -> None:
    hall = make.hall()
    _device, client = board(hall)
    old, new = call_of_age(hall, seconds=61), call_of_age(hall, seconds=50)

    assert [call["seq"] for call in to_say(client, hall)] == [new]
    assert old < new


def call_of_age(hall: Hall, *, seconds: int) -> int:
    """Write a call of some time ago."""
    with wall.inside(hall.mall.pk):
        return Event.objects.create(
            mall=hall.mall,
            at=timezone.now() - timedelta(seconds=seconds),
            kind="called",
            zone_id=hall.place.zone.pk,
            number="A-002",
            counter="1",
        ).seq


def test_calls_come_in_order_and_what_was_said_is_not_told_again() -> None:
    hall = make.hall()
    device, client = board(hall)
    first, second = call_of_age(hall, seconds=9), call_of_age(hall, seconds=3)
    address = f"/m/{hall.mall.slug}/speech/"
    assert [call["seq"] for call in to_say(client, hall)] == [first, second]

    answers = [client.post(address, {"seq": first}).json() for _time in range(2)]

    assert answers == [{"first": True}, {"first": False}]
    assert [call["seq"] for call in to_say(client, hall)] == [second]
    with wall.inside(hall.mall.pk):
        assert list(Spoken.objects.values_list("seq", "device")) == [(first, device.pk)]


def test_a_recall_is_said_again() -> None:
    hall = make.hall()
    _device, client = board(hall)
    seq = call(hall)
    client.post(f"/m/{hall.mall.slug}/speech/", {"seq": seq})
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get(state="called")
        calling.recall(ticket, by=hall.officer, at=timezone.now() + timedelta(seconds=40))

    [again] = to_say(client, hall)
    assert again["seq"] != seq


def test_only_the_voice_of_the_zone_speaks() -> None:
    hall = make.hall()
    _speaker, loud = board(hall)
    _other, silent = board(hall, name="Papan 2", speaks=False)
    with wall.inside(hall.mall.pk):
        upstairs = tenancy.add_zone(hall.place.site, code="Z2", name="Lantai 2", at=timezone.now())
    _far, elsewhere = board(hall, zone=upstairs, name="Papan 3")
    seq = call(hall)
    address = f"/m/{hall.mall.slug}/speech/"

    assert [len(to_say(client, hall)) for client in (loud, silent, elsewhere)] == [1, 0, 0]
    assert silent.post(address, {"seq": seq}).status_code == 409
    assert elsewhere.post(address, {"seq": seq}).status_code == 404
    assert loud.post(address, {"seq": "satu"}).status_code == 422
    assert Client().get(address).status_code == 403
    with wall.inside(hall.mall.pk):
        assert not Spoken.objects.exists()
    pages = [client.get(f"/m/{hall.mall.slug}/board/").content.decode() for client in (loud, silent, Client())]
    assert ["data-speech" in page for page in pages] == [True, False, False]


def test_a_new_voice_silences_the_one_before() -> None:
    hall = make.hall()
    _first, before = board(hall)
    second, after = board(hall, name="Papan 2", speaks=False)
    call(hall)

    manager(hall).post(f"/m/{hall.mall.slug}/recordings/speaker/", {"device": second.pk})

    assert [len(to_say(client, hall)) for client in (before, after)] == [0, 1]
    with wall.inside(hall.mall.pk):
        assert Entry.objects.filter(action="device.speaks", subject=f"device:{second.pk}").count() == 1


def test_the_managers_own_browser_becomes_the_voice() -> None:
    hall = make.hall()
    client = manager(hall)

    answer = client.post(f"/m/{hall.mall.slug}/recordings/speaker/", {"zone": hall.place.zone.pk})

    assert answer["Location"] == f"/m/{hall.mall.slug}/board/?zone={hall.place.zone.pk}"
    assert "data-speech" in client.get(answer["Location"]).content.decode()
    call(hall)
    assert len(to_say(client, hall)) == 1
    assert client.post(f"/m/{hall.mall.slug}/recordings/speaker/", {"device": "0"}).status_code == 422


def test_anybody_hears_the_demo_but_no_real_mall() -> None:
    hall = make.hall()
    client, address = Client(), f"/m/{hall.mall.slug}/speech/trial/"
    with wall.inside(hall.mall.pk):
        before = Device.objects.count()

    assert client.post(address).status_code == 409
    assert "voice-try" not in client.get(f"/m/{hall.mall.slug}/board/").content.decode()
    with wall.inside(hall.mall.pk):
        assert Device.objects.count() == before

    hall.mall.is_demo = True
    hall.mall.save()
    forget_malls()
    assert "voice-try" in client.get(f"/m/{hall.mall.slug}/board/").content.decode()
    answer = client.post(address)
    assert answer["Location"] == f"/m/{hall.mall.slug}/board/?zone={hall.place.zone.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert ("data-speech" in page, "voice-try" in page) == (True, False)


def test_only_known_words_have_clips() -> None:
    hall = make.hall()
    client = Client()

    def status(path: str) -> int:
        return client.get(f"/m/{hall.mall.slug}/voice/{path}/").status_code

    assert status("id/satu") == 200
    assert status("id/tiga") == status("id/chime") == 204
    assert {status(path) for path in ("id/rahasia", "xx/satu", "id/..%2F..%2Fsecret_key", "en/satu")} == {404}


def upload(client: Client, hall: Hall, content: bytes, *, word: str = "satu") -> int:
    file = SimpleUploadedFile("satu.wav", content, content_type="audio/wav")
    sent = {"language": "id", "token": word, "file": file}
    return client.post(f"/m/{hall.mall.slug}/recordings/", sent).status_code


def test_a_recording_wins_until_it_is_removed(folders: Path) -> None:
    hall = make.hall()
    client, own = manager(hall), wav(999)
    address = f"/m/{hall.mall.slug}/voice/id/satu/"
    assert Client().get(address).content == wav()

    assert upload(client, hall, own) == 302
    assert Client().get(address).content == own
    assert b"Rekaman</b>" in client.get(f"/m/{hall.mall.slug}/recordings/").content
    assert upload(client, hall, wav(1000)) == 302
    assert Client().get(address).content == wav(1000)
    removed = client.post(f"/m/{hall.mall.slug}/recordings/removal/", {"language": "id", "token": "satu"})

    assert removed.status_code == 302
    assert Client().get(address).content == wav()
    with wall.inside(hall.mall.pk):
        assert not Recording.objects.exists()
        actions = Entry.objects.filter(subject="recording:id/satu").order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["recording.uploaded", "recording.uploaded", "recording.removed"]


def test_files_of_removed_recordings_go_but_shared_ones_stay(folders: Path) -> None:
    hall = make.hall()
    client = manager(hall)
    for token in ("satu", "dua"):
        upload(client, hall, wav(999), word=token)
    removal = f"/m/{hall.mall.slug}/recordings/removal/"

    kept = list((folders / "files").rglob("*.wav"))
    assert len(kept) == 1
    for token, left in (("satu", 1), ("dua", 0)):
        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(removal, {"language": "id", "token": token})
        assert len(list((folders / "files").rglob("*.wav"))) == left


@pytest.mark.parametrize(
    ("content", "token", "words"),
    [
        (b"ini bukan suara" * 100, "satu", "bukan rekaman suara WAV, OGG, atau MP3"),
        (b"", "satu", "Pilih berkas rekaman"),
        (wav(600_000), "satu", "paling banyak 1 MB"),
        (wav(), "rahasia", "Tidak ada panggilan yang memakai kata ini"),
    ],
    ids=["rubbish", "empty", "large", "unknown"],
)
def test_an_upload_is_refused_in_words(folders: Path, content: bytes, token: str, words: str) -> None:
    hall = make.hall()
    client = manager(hall)
    file = SimpleUploadedFile("satu.wav", content, content_type="audio/wav")

    refused = client.post(f"/m/{hall.mall.slug}/recordings/", {"language": "id", "token": token, "file": file})

    assert refused.status_code == 422
    assert words in refused.content.decode()
    with wall.inside(hall.mall.pk):
        assert not Recording.objects.exists()
    assert not list((folders / "files").rglob("*.*"))


def test_an_agency_is_named_once_its_name_was_recorded() -> None:
    hall = make.hall()
    _device, client = board(hall)
    token = agency_token(hall.place.agency.short_name)
    call(hall)
    [before] = to_say(client, hall)

    assert upload(manager(hall), hall, wav(), word=token) == 302

    [after] = to_say(client, hall)
    assert f"id/{token}" not in str(before["clips"])
    assert str(after["clips"]).count(f"id/{token}") == 2


def test_the_ticker_tells_what_the_mall_writes_and_who_is_away() -> None:
    hall = make.hall(hours=[])
    mall = hall.mall
    mall.texts = {"ticker": ["Parkir di lantai dasar.", "  "]}
    mall.save()

    page = Client(headers={"hx-request": "true"}).get(f"/m/{mall.slug}/board/").content.decode()

    assert "<span>Parkir di lantai dasar.</span>" in page
    assert f": {hall.place.agency.short_name}</span>" in page
    assert "board-main" not in page
