"""Letters from templates: filled in with the mall's rows, numbered once, and kept as they were made."""

import re
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from pendopo.agencies.actions import agreements
from pendopo.agencies.actions.agreements import Party
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel import dates
from pendopo.kernel.errors import NotAllowed
from pendopo.meetings.actions import rearranging, writing
from pendopo.meetings.correspondence import templates
from pendopo.meetings.errors import NumberTaken
from pendopo.meetings.models import Letter, Meeting
from pendopo.meetings.queries import letters as shown
from pendopo.meetings.tests import make
from pendopo.meetings.types import LetterFacts
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW, DAY = timezone.now(), timedelta(days=1)
TOLD = {
    "number": "065/12/2026", "day": "2026-05-13", "recipient": "Menteri PANRB", "subject": "Usulan MPP Digital",
    "signer": "Rini Wulandari", "signer_office": "Wali Kota Contoh", "text-urgency": "Warga datang dua kali.",
    "text-means": "Server ada, operator kurang dua.", "text-plan": "Juni penilaian, Juli kunjungan.",
}  # fmt: skip


@pytest.fixture
def place() -> Place:
    return agencies.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return agencies.staff(place.mall, Role.MANAGER)


def facts(number: str = "1/2026", **texts: str) -> LetterFacts:
    return LetterFacts(number, date(2026, 5, 13), "Kepala Dinas", "Perihal", "Rini", "Sekretaris", texts)


def test_a_proposal_is_looked_at_then_made_and_kept(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/letters/"
    draft = browser.post(f"{here}new/mpp-digital/", TOLD | {"draft": "1"})
    assert draft.content.startswith(b"%PDF-")
    with wall.inside(place.mall.pk):
        assert Letter.objects.count() == 0
    assert browser.post(f"{here}new/mpp-digital/", TOLD | {"text-plan": ""}).status_code == 422
    assert browser.post(f"{here}new/mpp-digital/", TOLD).status_code == 302
    again = browser.post(f"{here}new/mpp-digital/", TOLD)
    assert again.status_code == 422
    assert "Nomor 065/12/2026 sudah dipakai surat lain." in again.content.decode()
    with wall.inside(place.mall.pk):
        letter = Letter.objects.get()
        content = letter.content
        assert content["annex"] == "Kajian urgensi"
        assert ["Mengapa mendesak", "Warga datang dua kali."] in content["sections"]
        assert "Saat ini " + place.mall.name + " melayani 0 layanan dari 1 instansi." in content["paragraphs"][0]
        assert [table["title"] for table in content["tables"]][:2] == ["Pengunjung tiap minggu", "Kepuasan pengunjung"]
        assert content["mark"] == ""
    kept = browser.get(f"{here}{letter.pk}/").content
    assert kept.startswith(b"%PDF-")
    assert kept == browser.get(f"{here}{letter.pk}/").content
    told = browser.get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert told[1].startswith("065/12/2026,13 Mei 2026,Usulan MPP Digital,Menteri PANRB")


def test_an_invitation_and_a_reminder_say_what_they_are_about(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager)
        make.decided(meeting, place, manager, words="Papan nama dipasang")
        agreements.draft(
            place.mall, kind="mou", title="Nota", parties=[Party(place.agency)], starts_on=date(2026, 1, 1), by=manager,
            at=NOW,
        )  # fmt: skip
        asks = writing.make_letter(place.mall, templates()["invitation"], facts(), meeting, by=manager, at=NOW).content
        reminds = writing.make_letter(
            place.mall, templates()["reminder"], facts("2/2026", note="Segera."), place.agency, by=manager, at=NOW
        ).content
    assert make.POINT in asks["paragraphs"][1]
    assert asks["tables"][0]["rows"] == [["1", "Dinas Dukcapil"]]
    assert "Segera." in reminds["paragraphs"]
    assert reminds["sections"] == []
    assert reminds["tables"][0]["rows"][0][0] == "Papan nama dipasang"
    assert ["Nota kesepakatan", "Disiapkan"] in reminds["tables"][1]["rows"]


def test_every_template_fills_all_its_blanks(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting, off = make.sent(place, manager, starts_in=DAY), make.sent(place, manager, starts_in=2 * DAY)
        rearranging.postpone(meeting, to=NOW + 3 * DAY, reason="Hujan.", by=manager, at=NOW)
        off = rearranging.call_off(off, reason="Hujan.", by=manager, at=NOW)
        for template in templates().values():
            if template.about == "off":
                meeting = off
            about = place.agency if template.about == "agency" else meeting if template.about else None
            texts = {each.name: "Isi" for each in template.asks}
            made = shown.compose(place.mall, template, facts(**texts), about, by=manager, at=NOW)
            assert re.findall(r"\{\w+\}", " ".join(made["paragraphs"])) == []
            assert "{" not in shown.recipient(template, about)


def test_who_may_make_letters_and_who_only_reads(place: Place, manager: Actor) -> None:
    head, admin = (agencies.staff(place.mall, role, agency=None) for role in (Role.HEAD, Role.AGENCY_ADMIN))
    here = f"/m/{place.mall.slug}/letters/"
    with wall.inside(place.mall.pk):
        with pytest.raises(NotAllowed):
            writing.make_letter(place.mall, templates()["mpp-digital"], facts(), None, by=head, at=NOW)
        writing.make_letter(place.mall, templates()["mpp-digital"], facts(), None, by=manager, at=NOW)
        with pytest.raises(NumberTaken):
            writing.make_letter(place.mall, templates()["mpp-digital"], facts(), None, by=manager, at=NOW)
        for statement in ("UPDATE meetings_letter SET number = '9'", "DELETE FROM meetings_letter"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert Letter.objects.count() == 1
    assert client(head).get(here).status_code == 200
    assert client(head).post(f"{here}new/mpp-digital/", TOLD).status_code == 422
    assert client(admin).get(here).status_code == 403


def test_letters_are_paged_the_latest_first(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        for number in range(3):
            writing.make_letter(place.mall, templates()["mpp-digital"], facts(str(number)), None, by=manager, at=NOW)
        first = shown.letters(place.mall, size=2)
        second = shown.letters(place.mall, size=2, cursor=first.next or "")
        assert [each.number for page in (first, second) for each in page.items] == ["2", "1", "0"]
    assert client(manager).get(f"/m/{place.mall.slug}/letters/?cursor=WyJ4IiwgMV0=").status_code == 422


def test_who_was_invited_is_told_by_letter_that_a_meeting_is_put_off_or_called_off(
    place: Place, manager: Actor
) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager, starts_in=DAY)
        was = place.mall.local(meeting.starts_at)
    here = f"/m/{place.mall.slug}/meetings/{meeting.pk}/"
    browser, head = client(manager), client(agencies.staff(place.mall, Role.HEAD))
    admin = client(agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency))
    assert browser.get(f"{here}notice.pdf").status_code == 404
    assert "notice.pdf" not in browser.get(here).content.decode()

    with wall.inside(place.mall.pk):
        rearranging.postpone(meeting, to=NOW + 9 * DAY, reason="Wali kota dipanggil.", by=manager, at=NOW)
        meeting = Meeting.objects.select_related("mall").get(pk=meeting.pk)
        told = shown.told_by(meeting)
        assert told
        content = shown.notice(meeting, told, mark="KONSEP", by=manager, at=NOW)
        now = place.mall.local(meeting.starts_at)
        first, why = content["paragraphs"][:2]
        assert first.index(f"semula {dates.moment(was, place.mall.timezone)}") < first.index(
            f"ditunda menjadi {dates.moment(now, place.mall.timezone)}"
        )
        assert why == "Alasan penundaan: Wali kota dipanggil."
        assert content["tables"][0]["rows"] == [["1", "Dinas Dukcapil"]]
        assert (content["mark"], content["number"], content["signer"]) == ("KONSEP", "(nomor)", meeting.chair)
    page = browser.get(here).content.decode()
    assert "Penundaan rapat: konsep surat (PDF)" in page
    assert f"letters/new/postponement/?about={meeting.pk}" in page
    assert browser.get(f"{here}notice.pdf").content.startswith(b"%PDF-")
    assert "notice.pdf" not in admin.get(here).content.decode()
    assert (admin.get(f"{here}notice.pdf").status_code, head.get(f"{here}notice.pdf").status_code) == (403, 200)

    with wall.inside(place.mall.pk):
        rearranging.call_off(meeting, reason="Wali kota sakit", by=manager, at=NOW)
        meeting.refresh_from_db()
        off = shown.told_by(meeting)
        assert off
        assert (
            "Alasan pembatalan: Wali kota sakit."
            in shown.notice(meeting, off, mark="", by=manager, at=NOW)["paragraphs"]
        )
        assert not Letter.objects.exists()
    sent = {name: TOLD[name] for name in ("number", "day", "recipient", "subject", "signer", "signer_office")}
    refused = browser.post(f"/m/{place.mall.slug}/letters/new/postponement/", sent | {"about": meeting.pk})
    assert refused.status_code == 422
    made = browser.post(f"/m/{place.mall.slug}/letters/new/cancellation/", sent | {"about": meeting.pk})
    assert made.status_code == 302
    with wall.inside(place.mall.pk):
        letter = Letter.objects.get()
        assert (letter.template, letter.meeting_id) == ("cancellation", meeting.pk)
    assert f"/letters/{letter.pk}/" in browser.get(here).content.decode()
    assert f"/letters/{letter.pk}/" not in admin.get(here).content.decode()


def test_of_a_meeting_nobody_was_invited_to_nobody_is_told(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.planned(place, manager, starts_in=DAY)
        meeting.invitations.all().delete()
        rearranging.call_off(meeting, reason="Batal", by=manager, at=NOW)
        assert shown.told_by(meeting) is None
    browser = client(manager)
    assert browser.get(f"/m/{place.mall.slug}/meetings/{meeting.pk}/notice.pdf").status_code == 404
