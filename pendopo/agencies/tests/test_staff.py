"""Who works here: invited, given roles, ended; by managers, and by agencies' admins for their own officers."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.agencies.actions import appointing, founding, inviting, memberships
from pendopo.agencies.actions.appointing import Post
from pendopo.agencies.errors import AlreadyThere, DatesCrossed, LastManager, SettledAlready, WrongScope
from pendopo.agencies.models import ApiToken, Membership
from pendopo.agencies.queries import staff as shown
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.config.mail import mailer
from pendopo.kernel.errors import NotAllowed
from pendopo.people.models import Account, contact_hash
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall

NOW = timezone.now()
DAY = timedelta(days=1)
WHY = "Surat tugas 12"
MAIL = "petugas.baru@contoh.test"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def sent(place: Place, **other: object) -> dict[str, object]:
    told = {"name": "Rini Astuti", "email": MAIL, "role": "officer", "agency": place.agency.pk, "reason": WHY}
    return told | {"starts_on": place.mall.local(NOW).date().isoformat()} | other


@pytest.mark.django_db
def test_somebody_is_invited_sets_a_password_by_the_link_and_signs_in() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    here = f"/m/{place.mall.slug}/settings/staff/"

    page = client(manager).post(f"{here}new/", sent(place))

    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    link = page.context["link"]
    assert link in page.content.decode()
    visitor = Client()
    form = visitor.get(link.removeprefix("http://testserver"), follow=True)
    done = visitor.post(form.request["PATH_INFO"], {"password1": "padi-kuning-77", "password2": "padi-kuning-77"})
    assert done.status_code == 302
    login = visitor.post("/accounts/login/", {"login": MAIL, "password": "padi-kuning-77"})
    assert login.status_code == 302
    # Once only.
    assert "tidak berlaku lagi" in Client().get(link.removeprefix("http://testserver"), follow=True).content.decode()
    with wall.inside(place.mall.pk):
        held = Membership.objects.get(account__handle=contact_hash(MAIL))
        assert (held.role, held.agency_id) == ("officer", place.agency.pk)
        entries = Entry.objects.filter(subject=f"account:{held.account_id}")
        assert {entry.action for entry in entries} == {
            "account.opened",
            "staff.invited",
            "membership.granted",
            "staff.link_sent",
        }
        assert not [entry for entry in entries if MAIL in f"{entry.subject}{entry.reason}"]
        with pytest.raises(SettledAlready):
            inviting.invite_in(held.account, place.mall, origin="", by=manager, at=NOW)


@pytest.mark.django_db
@override_settings(MAIL_IS_SENT=True, MAILERS=MAILERS)
def test_with_a_mail_server_the_link_is_mailed_and_shown_to_nobody() -> None:
    place = make.place()
    page = client(make.staff(place.mall, Role.MANAGER)).post(f"/m/{place.mall.slug}/settings/staff/new/", sent(place))

    assert "Surel dengan tautan kata sandi dikirim" in page.content.decode()
    assert "/accounts/password/" not in page.content.decode()
    job = ProcrastinateJob.objects.filter(task_name="agencies.send_link").latest("pk")
    # The queue keeps neither the address nor the link.
    assert set(job.args) == {"account", "mall", "origin"}
    inviting.send_link(**job.args)
    (letter,) = mail.outbox
    assert letter.to == [MAIL]
    assert "http://testserver/accounts/password/" in letter.body


@pytest.mark.usefixtures("committed")
def test_a_mail_server_that_is_down_is_told_on_the_page_and_asked_again() -> None:
    place = make.place()
    browser, name = client(make.staff(place.mall, Role.MANAGER)), f"baru-{place.mall.pk}@contoh.test"
    with socket.socket() as taken:
        # Bound and not listening: nobody answers there.
        taken.bind(("127.0.0.1", 0))
        down = {"default": mailer(f"smtp://127.0.0.1:{taken.getsockname()[1]}")}
        with override_settings(MAIL_IS_SENT=True, MAILERS=down):
            browser.post(f"/m/{place.mall.slug}/settings/staff/new/", sent(place, email=name))
            account = Account.objects.of_contact(name).get()
            page = f"/m/{place.mall.slug}/settings/staff/{account.pk}/"
            before = browser.get(page).content.decode()
            work_off()
            after = browser.get(page).content.decode()

    assert "Surel dengan tautan sedang dikirim." in before
    assert "Surel belum terkirim: server surel tidak menjawab. Dicoba lagi" in after
    # The role was given all the same, once, and another link may be sent.
    assert "Kirim tautan baru" in after
    with wall.inside(place.mall.pk):
        assert Membership.objects.filter(account=account).count() == 1
    with override_settings(MAIL_IS_SENT=True, MAILERS=MAILERS):
        again = browser.post(f"{page}invitation/")
        assert "dikirim ke alamat petugas" in again.content.decode()
        work_off()
    assert "sudah diterima server surel" in browser.get(page).content.decode()


def work_off() -> None:
    """Do the jobs that are due, as the worker does."""

    async def work() -> None:
        loop = asyncio.get_running_loop()
        # One thread, which at the end gives its connection back.
        loop.set_default_executor(ThreadPoolExecutor(1))
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined] # Django's
            async with working.open_async():
                await working.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await loop.run_in_executor(None, connections.close_all)

    asyncio.run(work())


@pytest.mark.django_db
def test_an_account_of_another_mall_gets_a_role_and_no_link() -> None:
    place, other = make.place(), make.place()
    stranger = make.staff(other.mall, Role.OFFICER, agency=other.agency)
    assert stranger.account
    page = client(make.staff(place.mall, Role.MANAGER)).post(
        f"/m/{place.mall.slug}/settings/staff/new/", sent(place, email=stranger.account.contact), follow=True
    )

    assert "kata sandinya tidak diubah" in page.content.decode()
    assert "Kirim tautan baru" not in page.content.decode()


@pytest.mark.django_db
def test_an_admin_decides_for_officers_of_the_own_agency_only() -> None:
    place = make.place()
    admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    here = f"/m/{place.mall.slug}/settings/staff/"
    with wall.inside(place.mall.pk):
        bank = founding.add_agency(place.mall, code="BANK", name="Bank", at=NOW)
        today = place.mall.local(NOW).date()
        theirs = make.staff(place.mall, Role.OFFICER, agency=bank)
        before = Membership.objects.count()
        for post in (Post(Role.OFFICER, bank, today), Post(Role.MANAGER, None, today), Post(Role.OFFICER, None, today)):
            with pytest.raises(NotAllowed):
                appointing.invite(place.mall, MAIL, name="Rini", post=post, reason=WHY, by=admin, at=NOW)
        assert Membership.objects.count() == before
        assert not Account.objects.filter(handle=contact_hash(MAIL)).exists()
    page = client(admin)

    done = page.post(f"{here}new/", sent(place, role="manager", agency=bank.pk))

    assert done.status_code == 200
    with wall.inside(place.mall.pk):
        held = Membership.objects.get(account__handle=contact_hash(MAIL))
        # Whatever is sent, it is an officer of the own agency.
        assert (held.role, held.agency_id) == ("officer", place.agency.pk)
    assert theirs.account
    assert page.get(f"{here}{theirs.account.pk}/").status_code == 404
    assert ",Bank," not in page.get(f"{here}list.csv").content.decode()


@pytest.mark.django_db
def test_the_head_reads_and_gives_no_role() -> None:
    place = make.place()
    officer = make.staff(place.mall, Role.OFFICER, agency=place.agency)
    head = client(make.staff(place.mall, Role.HEAD))
    here = f"/m/{place.mall.slug}/settings/staff/"
    assert officer.account

    assert officer.account.name in head.get(here).content.decode()
    assert head.post(f"{here}new/", sent(place)).status_code == 422
    assert head.post(f"{here}{officer.account.pk}/invitation/").status_code == 422
    with wall.inside(place.mall.pk):
        held = Membership.objects.get(account=officer.account)
        ending = head.post(f"{here}{officer.account.pk}/roles/{held.pk}/ending/", {"reason": WHY})
        held.refresh_from_db()
        assert (ending.status_code, held.ends_on) == (422, None)


@pytest.mark.django_db
def test_a_role_ends_at_once_or_after_its_last_day() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    officer = make.staff(place.mall, Role.OFFICER, agency=place.agency)
    today = place.mall.local(NOW).date()
    with wall.inside(place.mall.pk):
        held = Membership.objects.get(account=officer.account)
        with pytest.raises(DatesCrossed):
            appointing.end_role(held, last_day=today - DAY, reason=WHY, by=manager, at=NOW)
        held = appointing.end_role(held, last_day=today + 3 * DAY, reason=WHY, by=manager, at=NOW)
        assert officer.account
        assert actor_of_account(place.mall, officer.account).is_staff

        held = appointing.end_role(held, reason=WHY, by=manager, at=NOW)
        assert held.ends_on == today - DAY
        assert not actor_of_account(place.mall, officer.account).is_staff
        entries = Entry.objects.filter(action="membership.ended").count()
        appointing.end_role(held, reason=WHY, by=manager, at=NOW)
        assert Entry.objects.filter(action="membership.ended").count() == entries

        again = appointing.appoint(
            officer.account, place.mall, Post(Role.OFFICER, place.agency, today), reason=WHY, by=manager, at=NOW
        )
        assert again.ends_on is None
        assert actor_of_account(place.mall, officer.account).is_staff


@pytest.mark.django_db
def test_a_role_has_its_scope_its_days_and_no_double() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    today = place.mall.local(NOW).date()
    who = make.account()
    with wall.inside(place.mall.pk):
        for post, error in (
            (Post(Role.AGENCY_ADMIN, None, today), WrongScope),
            (Post(Role.HEAD, place.agency, today), WrongScope),
            (Post(Role.OFFICER, place.agency, today - DAY), DatesCrossed),
            (Post(Role.OFFICER, place.agency, today + DAY, today), DatesCrossed),
        ):
            with pytest.raises(error):
                appointing.appoint(who, place.mall, post, reason=WHY, by=manager, at=NOW)
        plt = Post(Role.OFFICER, place.agency, today, today + 7 * DAY, is_substitute=True)
        held = appointing.appoint(who, place.mall, plt, reason=WHY, by=manager, at=NOW)
        assert held.is_substitute
        with pytest.raises(AlreadyThere):
            appointing.appoint(
                who, place.mall, Post(Role.OFFICER, place.agency, today + DAY), reason=WHY, by=manager, at=NOW
            )
        assert Membership.objects.filter(account=who).count() == 1


@pytest.mark.django_db
def test_the_last_manager_stays() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        held = Membership.objects.get(account=manager.account)
        with pytest.raises(LastManager):
            appointing.end_role(held, reason=WHY, by=manager, at=NOW)
        held.refresh_from_db()
        assert held.ends_on is None


@pytest.mark.usefixtures("committed")
def test_two_managers_who_end_each_other_at_once_leave_one() -> None:
    place = make.place()
    first, second = make.staff(place.mall, Role.MANAGER), make.staff(place.mall, Role.MANAGER)
    outcomes: list[str] = []

    def end(whose: Actor, by: Actor) -> None:
        try:
            with wall.inside(place.mall.pk), transaction.atomic():
                held = Membership.objects.get(account=whose.account)
                appointing.end_role(held, reason=WHY, by=by, at=NOW)
            outcomes.append("done")
        except LastManager:
            outcomes.append("refused")

    together([partial(end, first, second), partial(end, second, first)])

    assert sorted(outcomes) == ["done", "refused"]


@pytest.mark.django_db
def test_a_token_is_revoked_on_the_page_with_a_reason() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    officer = make.staff(place.mall, Role.OFFICER, agency=place.agency)
    assert officer.account
    with wall.inside(place.mall.pk):
        memberships.create_token(officer.account, place.mall, at=NOW)
        token = ApiToken.objects.get()
    here = f"/m/{place.mall.slug}/settings/staff/{officer.account.pk}/tokens/"
    page = client(manager)

    refused = page.post(here, {"token": token.pk, "reason": ""})
    with wall.inside(place.mall.pk):
        assert ApiToken.objects.get().revoked_at is None
    done = page.post(here, {"token": token.pk, "reason": WHY})

    assert (refused.status_code, done.status_code) == (422, 302)
    with wall.inside(place.mall.pk):
        assert isinstance(ApiToken.objects.get().revoked_at, datetime)
        assert Entry.objects.get(action="token.revoked").reason == WHY


@pytest.mark.django_db
def test_an_admin_revokes_no_token_of_somebody_who_is_more_than_an_officer() -> None:
    place = make.place()
    admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    boss = make.staff(place.mall, Role.MANAGER)
    assert boss.account
    with wall.inside(place.mall.pk):
        memberships.create_token(boss.account, place.mall, at=NOW)
        token = ApiToken.objects.get()
        with pytest.raises(NotAllowed):
            appointing.revoke(token, reason=WHY, by=admin, at=NOW)
        token.refresh_from_db()
        assert token.revoked_at is None


@pytest.mark.django_db
def test_the_list_pages_by_name_and_costs_the_same_however_many() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    here = f"/m/{place.mall.slug}/settings/staff/"
    page = client(manager)
    today = place.mall.local(NOW).date()
    make.staff(place.mall, Role.OFFICER, agency=place.agency)
    page.get(here)
    with CaptureQueriesContext(connection) as few:
        page.get(here)
    for _number in range(5):
        make.staff(place.mall, Role.OFFICER, agency=place.agency)
    with CaptureQueriesContext(connection) as many:
        page.get(here)
    assert len(many) == len(few)
    with wall.inside(place.mall.pk):
        first = shown.members(place.mall, manager, today, shown.Filter(), size=4)
        rest = shown.members(place.mall, manager, today, shown.Filter(), first.next or "", size=4)
        assert len({each.account.pk for each in [*first.items, *rest.items]}) == 7
    csv = page.get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert len(csv) == 8
