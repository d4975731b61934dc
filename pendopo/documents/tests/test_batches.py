"""A signer's batches: one passphrase, each paper in a transaction of its own, nothing lost and nothing twice."""

import io
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pkcs11
import pytest
import structlog
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.test import override_settings

from pendopo.agencies.errors import TooManyTries
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.documents import vault
from pendopo.documents.actions import batching, enrolling, waiting
from pendopo.documents.errors import CannotSign, NoLongerWaiting
from pendopo.documents.models import (
    IssuedDocument,
    PersonalSigner,
    Register,
    SigningBatch,
    TokenIdentity,
    WaitingPaper,
)
from pendopo.documents.queries import issued as shown
from pendopo.documents.queries import signing as lists
from pendopo.documents.signers import tokens
from pendopo.documents.signers.secret import Secret
from pendopo.documents.tests import make
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotFound, NotUnderstood
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.bsre import people
from simulators.bsre.server import SimulatedBsre
from tests import software_tokens


def states(papers: list[WaitingPaper]) -> list[tuple[str, str]]:
    return [
        (each.state, each.problem) for each in WaitingPaper.objects.filter(pk__in=[p.pk for p in papers]).order_by("pk")
    ]


def test_a_person_signs_a_batch_in_their_own_name(mall: Mall) -> None:
    signer = make.ready(mall)
    papers = [make.waiting(mall, signer=signer.account, number=number) for number in range(1, 4)]

    batch = make.run(mall, papers, signer)

    assert batch.state == SigningBatch.State.DONE
    documents = list(IssuedDocument.objects.order_by("number"))
    assert [each.number for each in documents] == [1, 2, 3]
    assert all(each.is_personal and each.signed_by == signer.account for each in documents)
    assert signer.account
    (found,) = shown.check(mall, vault.content(documents[0]), at=make.AT).signatures
    assert (found.is_intact, found.is_ours, found.stamped_at) == (True, True, make.AT)
    assert signer.account.name[:20] in found.signer
    assert found.expires_at
    assert Entry.objects.filter(action="paper.signed").count() == 3


def test_the_seal_is_put_without_a_passphrase_by_whom_it_is_entrusted(mall: Mall) -> None:
    place = make_agencies.place(mall)
    agency = place.agency
    papers = [make.waiting(mall, agency=agency), make.waiting(mall, number=2)]
    own = make_agencies.staff(mall, Role.SIGNER, agency=agency)

    assert [each.paper for each in lists.waiting(mall, own, is_seal=True)] == papers[:1]
    with pytest.raises(NotFound):
        make.run(mall, papers, own)
    make.run(mall, papers[:1], own)
    make.run(mall, papers[1:], make_agencies.staff(mall, Role.MANAGER))

    assert [state for state, _problem in states(papers)] == ["signed", "signed"]
    assert not IssuedDocument.objects.filter(is_personal=True).exists()


def test_a_wrong_passphrase_stops_the_batch_and_the_rest_waits_with_the_reason(mall: Mall) -> None:
    signer = make.ready(mall)
    papers = [make.waiting(mall, signer=signer.account, number=number) for number in (1, 2)]

    batch = make.run(mall, papers, signer, "salah sama sekali")

    assert (batch.state, batch.problem) == ("stopped", "passphrase")
    assert states(papers) == [("waiting", "passphrase")] * 2
    assert not Register.objects.exists()
    batch = make.again(batching.resume(batch, by=signer, at=make.AT), signer)
    assert (batch.state, states(papers)) == ("done", [("signed", "")] * 2)


def test_after_wrong_passphrases_nobody_tries_for_a_while(mall: Mall) -> None:
    signer = make.ready(mall)
    paper = make.waiting(mall, signer=signer.account)

    def begin(*, minutes: int = 0) -> SigningBatch:
        at = make.AT + timedelta(minutes=minutes)
        return batching.begin(mall, [paper.pk], request_id=uuid4(), by=signer, at=at)

    batch = make.run(mall, [paper], signer, "salah 0")
    for number in range(1, 4):
        batching.resume(batch, by=signer, at=make.AT)
        batch = make.again(batch, signer, f"salah {number}")
    # One that is being tried counts as well: the next waits for it.
    last = begin()
    with pytest.raises(TooManyTries, match="berjalan"):
        begin()
    make.again(last, signer, "salah 4")
    again: tuple[Callable[[], SigningBatch], ...] = (
        begin,
        partial(begin, minutes=14),
        partial(batching.resume, last, by=signer, at=make.AT),
    )
    for each in again:
        with pytest.raises(TooManyTries, match="pukul"):
            each()

    assert make.again(begin(minutes=15), signer).state == "done"
    assert PersonalSigner.objects.get().wrong == 0
    assert Entry.objects.filter(action="signer.tries_refused").count() == 1
    # The seal needs none of theirs.
    assert make.run(mall, [make.waiting(mall)], make_agencies.staff(mall, Role.MANAGER)).state == "done"


def test_a_right_passphrase_forgets_the_wrong_ones(mall: Mall) -> None:
    signer = make.ready(mall)
    for number in range(1, 4):
        paper = make.waiting(mall, signer=signer.account, number=number)
        for wrong in range(4):
            make.run(mall, [paper], signer, f"salah {wrong}")

        assert make.run(mall, [paper], signer).state == "done"


def test_a_paper_that_cannot_be_set_keeps_only_itself_waiting(mall: Mall) -> None:
    signer = make.ready(mall)
    papers = [make.waiting(mall, signer=signer.account, number=number) for number in (1, 2, 3)]
    broken = waiting.ask(
        mall, make.KIND, subject="application:9", title="Rusak", template="documents/tests/broken.typ", values={},
        request_id=uuid4(), signer=signer.account, by=Actor(mall=mall), at=make.AT,
    )  # fmt: skip

    batch = make.run(mall, [papers[0], broken, *papers[1:]], signer)

    assert batch.state == SigningBatch.State.DONE
    assert states([*papers, broken]) == [("signed", "")] * 3 + [("waiting", "not_set")]
    assert [each.number for each in IssuedDocument.objects.order_by("number")] == [1, 2, 3]


def test_a_wish_that_comes_again_gets_the_first_batch(mall: Mall) -> None:
    signer = make.ready(mall)
    papers = [make.waiting(mall, signer=signer.account, number=number).pk for number in (1, 2)]
    wish = uuid4()

    first, second = (batching.begin(mall, papers, request_id=wish, by=signer, at=make.AT) for _again in range(2))

    assert first == second
    with pytest.raises(AnotherBody):
        batching.begin(mall, papers[:1], request_id=wish, by=signer, at=make.AT)
    with pytest.raises(NotUnderstood):
        batching.begin(mall, [], request_id=uuid4(), by=signer, at=make.AT)


def test_nobody_signs_for_another(mall: Mall) -> None:
    signer, other = make.ready(mall), make.ready(mall)
    paper = make.waiting(mall, signer=signer.account)

    assert lists.waiting(mall, other, is_seal=False) == []
    with pytest.raises(NotFound):
        make.run(mall, [paper], other)
    batch = batching.begin(mall, [paper.pk], request_id=uuid4(), by=signer, at=make.AT)
    acts: list[Callable[[], object]] = [
        lambda: batching.resume(batch, by=other, at=make.AT),
        lambda: lists.batch(mall, batch.pk, other),
    ]
    for act in acts:
        with pytest.raises((NotAllowed, NotFound)):
            act()
    assert states([paper]) == [("waiting", "")]


def test_a_withdrawn_paper_is_signed_by_nobody(mall: Mall) -> None:
    signer, manager = make.ready(mall), make_agencies.staff(mall, Role.MANAGER)
    papers = [make.waiting(mall, signer=signer.account, number=number) for number in (1, 2)]
    batch = batching.begin(mall, [each.pk for each in papers], request_id=uuid4(), by=signer, at=make.AT)

    with pytest.raises(NotAllowed):
        waiting.withdraw(papers[0], reason="Salah", by=signer, at=make.AT)
    waiting.withdraw(papers[0], reason="Salah", by=manager, at=make.AT)
    make.again(batch, signer)

    assert [state for state, _problem in states(papers)] == ["withdrawn", "signed"]
    with pytest.raises(NoLongerWaiting):
        waiting.withdraw(papers[1], reason="Salah", by=manager, at=make.AT)


def test_a_new_certificate_ends_the_one_before(mall: Mall) -> None:
    signer = make.ready(mall)
    paper = make.waiting(mall, signer=signer.account)
    make.run(mall, [paper], signer)
    enrolling.make_certificate(mall, passphrase=Secret("yang baru sekali"), by=signer, at=make.AT)

    assert PersonalSigner.objects.filter(ended_at=None).count() == 1
    # What the one before signed is vouched for still.
    assert shown.check(mall, vault.content(IssuedDocument.objects.get()), at=make.AT).is_ours
    second = make.waiting(mall, signer=signer.account, number=2)
    assert make.run(mall, [second], signer).problem == "passphrase"
    with pytest.raises(NotUnderstood):
        enrolling.make_certificate(mall, passphrase=Secret("pendek"), by=signer, at=make.AT)
    with pytest.raises(DatabaseError):
        PersonalSigner.objects.update(expires_at=None)


def test_at_bsre_the_first_good_ones_stay_signed_and_the_rest_is_gone_on_with(mall: Mall, tmp_path: Path) -> None:
    signer = make_agencies.staff(mall, Role.SIGNER)
    enrolling.name_nik(mall, nik=people.GOOD, by=signer, at=make.AT)
    papers = [make.waiting(mall, signer=signer.account, number=number) for number in range(1, 5)]
    with SimulatedBsre(tmp_path, good_for=2).running() as service, override_settings(BSRE=service.address()):
        batch = make.run(mall, papers, signer, people.PASSPHRASE)

        assert (batch.state, batch.problem) == ("stopped", "broken")
        assert states(papers) == [("signed", "")] * 2 + [("waiting", "broken")] * 2
        assert Register.objects.get().last == 2
        service.good_for = None
        batch = make.again(batching.resume(batch, by=signer, at=make.AT), signer, people.PASSPHRASE)

        assert (batch.state, states(papers)) == ("done", [("signed", "")] * 4)
        documents = list(IssuedDocument.objects.order_by("number"))
        assert [(each.number, each.method) for each in documents] == [(n, "bsre") for n in (1, 2, 3, 4)]
        assert shown.check(mall, vault.content(documents[0]), at=make.AT).is_ours
    with pytest.raises(NotUnderstood):
        enrolling.name_nik(mall, nik="3576010199900002", by=signer, at=make.AT)


def test_at_bsre_the_mall_seals_with_a_code(mall: Mall, tmp_path: Path) -> None:
    manager, paper = make_agencies.staff(mall, Role.MANAGER), make.waiting(mall)
    with SimulatedBsre(tmp_path).running() as service, override_settings(BSRE=service.address()):
        assert make.run(mall, [paper], manager, "000000").problem == "passphrase"
        assert make.run(mall, [paper], manager, people.FIRST_CODE).state == "done"

    assert IssuedDocument.objects.get().method == "bsre"


def test_who_has_no_certificate_is_told(mall: Mall) -> None:
    signer = make_agencies.staff(mall, Role.SIGNER)

    assert make.run(mall, [make.waiting(mall, signer=signer.account)], signer).problem == "no_signer"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URI of a key pair that was made in a software token, and cannot be taken out."""
    query = software_tokens.made(tmp_path, monkeypatch, label="segel")
    token = pkcs11.lib(str(software_tokens.MODULE)).get_token(token_label="segel")
    with token.open(rw=True, user_pin=software_tokens.PIN) as session:
        curve = session.create_domain_parameters(
            pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: bytes.fromhex("06082a8648ce3d030107")}, local=True
        )
        curve.generate_keypair(store=True, label="segel")
    tokens.public_key.cache_clear()
    return f"pkcs11:token=segel;object=segel?{query}"


def test_the_key_of_the_seal_never_leaves_its_token(mall: Mall, token: str) -> None:
    before = make.issued(mall)
    with override_settings(SIGNING_TOKEN=token):
        document = make.issued(mall, subject="agency:2")
        again = make.issued(mall, subject="agency:3")

    assert (before.method, document.method, again.method) == ("local", "token", "token")
    assert TokenIdentity.objects.count() == 1
    for each in (before, document):
        (found,) = shown.check(mall, vault.content(each), at=make.AT).signatures
        assert (found.is_intact, found.is_ours, found.stamped_at) == (True, True, make.AT)
    assert {each.name for each in TokenIdentity._meta.get_fields()} & {"key", "signer_key", "secret"} == set()
    other = override_settings(SIGNING_TOKEN=token.replace("object=segel", "object=lain"))
    with other, pytest.raises(CannotSign) as refused:
        make.issued(mall, subject="agency:4")
    assert refused.value.problem == "token"
    assert software_tokens.PIN not in str(refused.value)
    assert Register.objects.get().last == 3


@pytest.mark.usefixtures("committed")
def test_the_passphrase_is_in_no_row_no_log_and_no_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mall, said = make_agencies.mall(), io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with wall.inside(mall.pk):
            signer = make_agencies.staff(mall, Role.SIGNER)
            enrolling.name_nik(mall, nik=people.GOOD, by=signer, at=make.AT)
            papers = [make.waiting(mall, signer=signer.account, number=number) for number in (1, 2)]
        with SimulatedBsre(tmp_path, good_for=1).running() as service, override_settings(BSRE=service.address()):
            batch = make.run(mall, papers, signer, people.PASSPHRASE)
            service.rubbish = b"x"
            make.again(batch, signer, people.PASSPHRASE)
            make.again(batch, signer, "Salah#Sekali-77")
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(logging.INFO)
    structlog.get_logger("signing").error("batch", secret=Secret(people.PASSPHRASE))

    out = said.getvalue() + "".join(capfd.readouterr())
    for word in (people.PASSPHRASE, "Salah#Sekali-77", people.GOOD):
        assert word not in out
        assert found_in_rows(mall, word) == []
        assert [
            path
            for path in Path(settings.MEDIA_ROOT).rglob("*")
            if path.is_file() and word.encode() in path.read_bytes()
        ] == []


def found_in_rows(mall: Mall, word: str) -> list[str]:
    """Look through every table of the database, as a dump of it shows them."""
    found = []
    with wall.inside(mall.pk), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute("SAVEPOINT look")
            try:
                cursor.execute(
                    f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE %s OR row::text LIKE %s",
                    [f"%{word}%", f"%{word.encode().hex()}%"],
                )
                if cursor.fetchone() != (0,):
                    found.append(table)
            except DatabaseError:
                cursor.execute("ROLLBACK TO SAVEPOINT look")
    return found
