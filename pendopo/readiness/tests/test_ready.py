"""Are we ready? What rows show of the criteria, evidence, the plan, assessments, and who sees and writes what."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from pendopo.agencies.actions import agreements, founding, hotlines
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.models import Signatory
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.queues.actions import serving
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome
from pendopo.readiness.actions import assessing, evidence, gates, plan
from pendopo.readiness.errors import AlreadyDone, DatesCrossed, NoGates, OwnerUnclear
from pendopo.readiness.models import Assessment, AssessmentLine, Evidence, PlanStep
from pendopo.readiness.queries.collecting import COLLECTORS, Rows, findings
from pendopo.readiness.queries.rules import GateRule, rules
from pendopo.readiness.queries.standing import standing
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def hall() -> Hall:
    return make.hall()


@pytest.fixture
def manager(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.MANAGER)


def today(hall: Hall) -> date:
    return hall.mall.local(timezone.now()).date()


def told(hall: Hall, criterion: str) -> list[tuple[int, int | None, bool]]:
    found = findings(Rows(hall.mall, timezone.now()), criterion)
    return [(each.count, each.of, each.is_met) for each in found]


def serve(hall: Hall, outcome: Outcome) -> None:
    ticket = make.called(hall)
    serving.serve(ticket, by=hall.officer, at=timezone.now())
    done = serving.complete(ticket, outcome=outcome, by=hall.officer, at=timezone.now())
    surveys.rate(done, Rating.Score.VERY_GOOD, at=timezone.now())


def note(hall: Hall, by: Actor, criterion: str, **other: object) -> Evidence:
    given: dict[str, object] = {"text": "Berita acara", "source": "BA 1/2026", "on": today(hall), "by": by, "at": NOW}
    return evidence.note_evidence(hall.mall, criterion, **(given | other))  # type: ignore[arg-type]


def test_rows_show_what_happened(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        assert {code: any(met for *_figures, met in told(hall, code)) for code in COLLECTORS} == {
            "information": True, "queue": False, "complaints": False, "survey": False, "reports": False,
            "documents": False, "commitment": False, "platform": False, "sustained": False,
        }  # fmt: skip
        serve(hall, Outcome.TAKEN_IN)
        serve(hall, Outcome.DONE)
        at = timezone.now()
        hotline = hotlines.set_hotline(hall.place.agency, number="0341 555", by=manager, at=at)
        hotlines.try_hotline(hotline, is_answered=True, by=manager, at=at)
        agreements.draft(
            hall.mall, kind="mou", title="Nota", parties=[Party(hall.place.agency, signer="Kepala")],
            starts_on=today(hall), by=manager, at=at,
        )  # fmt: skip
        rows = [Signature(row) for row in Signatory.objects.filter(mall=hall.mall)]
        agreements.sign_together(hall.mall, rows, day=today(hall), place="Aula", by=manager, at=at)

        assert told(hall, "information") == [(1, None, True), (0, 1, False)]
        assert told(hall, "queue") == [(2, None, True)]
        assert told(hall, "platform") == [(2, None, True)]
        assert told(hall, "documents") == [(1, None, True)]
        assert told(hall, "reports") == [(1, None, True)]
        assert told(hall, "survey") == [(2, None, True)]
        assert told(hall, "complaints") == [(1, 1, True), (1, 1, True)]
        assert told(hall, "commitment") == [(1, 1, True)]
        assert told(hall, "sustained") == [(1, 1, True)]

        # Only agencies that give something here count.
        other = founding.add_agency(hall.mall, code="BARU", name="Dinas Baru", at=at)
        assert told(hall, "commitment") == [(1, 1, True)]
        writing.offer(writing.write_service(other, name="Izin", at=at), hall.place.outlet, at=at)
        publishing.publish(hall.mall, at=at)
        assert told(hall, "commitment") == [(1, 2, False)]


def test_every_finding_leads_to_a_page_that_opens(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        serve(hall, Outcome.DONE)
    browser = client(manager)

    for criterion in rules().criteria:
        page = browser.get(f"/m/{hall.mall.slug}/readiness/criteria/{criterion.code}/")
        assert page.status_code == 200
        for each in page.context["findings"]:
            assert browser.get(f"{reverse(each.route, args=[hall.mall.slug])}?{each.query}").status_code == 200
    rated = browser.get(f"/m/{hall.mall.slug}/readiness/ratings/").content.decode()
    assert "Sangat puas" in rated
    assert "A-001" in rated
    listed = browser.get(f"/m/{hall.mall.slug}/readiness/ratings/table.csv").content.decode("utf-8-sig")
    assert len(listed.splitlines()) == 2
    assert browser.get(f"/m/{hall.mall.slug}/readiness/ratings/table.xlsx").status_code == 200


def test_evidence_is_noted_by_hand_where_rows_cannot_show_it(hall: Hall, manager: Actor) -> None:
    here, browser = f"/m/{hall.mall.slug}/readiness/criteria/trial/", client(manager)
    sent = {"text": "Uji coba 20 pengguna", "source": "BA 12/2026", "on": today(hall).isoformat()}

    assert "Belum ada bukti yang dicatat." in browser.get(here).content.decode()
    file = SimpleUploadedFile("ba.pdf", PDF)
    assert browser.post(here, sent | {"file": file}).status_code == 302

    page = browser.get(here).content.decode()
    assert "Uji coba 20 pengguna" in page
    with wall.inside(hall.mall.pk):
        (noted,) = Evidence.objects.filter(mall=hall.mall)
        (line,) = [each for each in standing(hall.mall, NOW).lines if each.item == "criterion:trial"]
        assert line.is_met is True
    kept = browser.get(f"/m/{hall.mall.slug}/readiness/evidence/{noted.pk}/file/")
    assert kept.content == PDF
    for wrong in ({"text": ""}, {"source": ""}, {"on": "2099-01-01"}, {"file": SimpleUploadedFile("x.pdf", b"MZ")}):
        assert browser.post(here, sent | wrong).status_code == 422
    listed = browser.get(f"{here}evidence.csv").content.decode("utf-8-sig").splitlines()
    assert len(listed) == 2
    assert browser.get(f"{here}evidence.xlsx").status_code == 200


def test_withdrawn_evidence_stays_readable_and_counts_no_more(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        noted = note(hall, manager, "trial")
    address = f"/m/{hall.mall.slug}/readiness/evidence/{noted.pk}/withdrawal/"
    browser = client(manager)

    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "Belum ditandatangani"}).status_code == 302
    assert browser.post(address, {"reason": "Lagi"}).status_code == 422

    page = browser.get(f"/m/{hall.mall.slug}/readiness/criteria/trial/").content.decode()
    assert "Ditarik: Belum ditandatangani" in page
    with wall.inside(hall.mall.pk):
        (line,) = [each for each in standing(hall.mall, timezone.now()).lines if each.item == "criterion:trial"]
        assert line.is_met is False
        with pytest.raises(AlreadyDone):
            evidence.withdraw_evidence(noted, reason="Lagi", by=manager, at=NOW)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Evidence.objects.filter(pk=noted.pk).update(text="Lain")


def test_an_agencys_admin_notes_evidence_for_what_the_agency_is_responsible_for(hall: Hall, manager: Actor) -> None:
    admin = agencies.staff(hall.mall, Role.AGENCY_ADMIN, agency=hall.place.agency)
    here, browser = f"/m/{hall.mall.slug}/readiness/", client(admin)
    sent = {"text": "Hasil", "source": "Surat", "on": today(hall).isoformat()}
    with wall.inside(hall.mall.pk):
        gates.put_in_charge(hall.mall, "criterion:trial", agency=hall.place.agency, by=manager, at=NOW)
        other = note(hall, manager, "security", file=("x.pdf", PDF))

    assert browser.post(f"{here}criteria/trial/", sent).status_code == 302
    assert browser.post(f"{here}criteria/security/", sent).status_code == 404
    assert browser.get(f"{here}evidence/{other.pk}/file/").status_code == 404
    assert browser.post(f"{here}evidence/{other.pk}/withdrawal/", {"reason": "x"}).status_code == 404
    page = browser.get(here)
    assert [line.item for line in page.context["found"].lines] == ["criterion:trial"]
    listed = browser.get(f"{here}table.csv").content.decode("utf-8-sig").splitlines()
    assert len(listed) == 2
    for closed in ("plan/", "versions/", "assessments/", "gates/sisdmk/", "ratings/", "report.pdf"):
        assert browser.get(f"{here}{closed}").status_code == 403
    with wall.inside(hall.mall.pk):
        assert Evidence.objects.filter(mall=hall.mall, criterion="trial").count() == 1
        with pytest.raises(NotAllowed):
            note(hall, admin, "security")


@pytest.mark.parametrize("role", [Role.HEAD, Role.INSPECTOR])
def test_head_and_inspector_read_and_write_nothing(hall: Hall, manager: Actor, role: Role) -> None:
    reader = client(agencies.staff(hall.mall, role))
    here = f"/m/{hall.mall.slug}/readiness/"
    with wall.inside(hall.mall.pk):
        gates.set_gates(hall.mall, rules().gates, valid_from=date(2024, 1, 1), reason="Awal", by=manager, at=NOW)
        step = plan.plan_step(
            hall.mall, kind="letter", name="Surat", month=today(hall), office="Sekda", by=manager, at=NOW
        )
    reads = ("", "plan/", f"plan/{step.pk}/", "versions/", "assessments/", "gates/sisdmk/", "criteria/trial/")

    assert all(reader.get(f"{here}{path}").status_code == 200 for path in reads)

    sent = {
        "criteria/trial/": {"text": "x", "source": "x", "on": "2026-01-01"},
        "plan/": {"kind": "other", "name": "x", "month": "2026-01", "office": "x"},
        f"plan/{step.pk}/": {"month": "2026-02", "office": "x", "reason": "x"},
        f"plan/{step.pk}/completion/": {"on": "2026-01-01", "evidence": "x"},
        "assessments/": {"note": "x"},
        "gates/sisdmk/": {"value": "1", "exactness": "exact", "as_of": "2026-01-01", "source": "x"},
        "charges/": {"item": "criterion:trial", "office": "x"},
    }
    assert {path: reader.post(f"{here}{path}", body).status_code for path, body in sent.items()} == {
        **dict.fromkeys(sent, 422), "charges/": 403,
    }  # fmt: skip
    with wall.inside(hall.mall.pk):
        assert not Evidence.objects.filter(mall=hall.mall).exists()
        assert not Assessment.objects.filter(mall=hall.mall).exists()
        step.refresh_from_db()
        assert (step.done_on, step.office) == (None, "Sekda")


def test_the_plan_says_what_is_late_now_and_done(hall: Hall, manager: Actor) -> None:
    here, browser = f"/m/{hall.mall.slug}/readiness/plan/", client(manager)
    months = {"Surat": "2024-05", "Penilaian": "2024-06", "Kunjungan": f"{today(hall):%Y-%m}", "Lulus": "2099-01"}
    for name, month in months.items():
        sent = {"kind": "other", "name": name, "month": month, "office": "DPMPTSP"}
        assert browser.post(here, sent).status_code == 302
    with wall.inside(hall.mall.pk):
        first = PlanStep.objects.get(mall=hall.mall, name="Surat")

    done = {"on": today(hall).isoformat(), "evidence": "Surat 12/2026"}
    assert browser.post(f"{here}{first.pk}/completion/", done).status_code == 302

    rows = list(csv.reader(io.StringIO(browser.get(f"{here}table.csv").content.decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["Selesai", "Terlambat", "Bulan ini", "Direncanakan"]
    book = load_workbook(io.BytesIO(browser.get(f"{here}table.xlsx").content)).worksheets[0]
    assert [[str(cell or "") for cell in row] for row in book.iter_rows(values_only=True)] == rows
    page = browser.get(here).content.decode()
    assert page.index("Mei 2024: Surat") < page.index("Juni 2024: Penilaian")
    assert browser.post(f"{here}{first.pk}/completion/", done).status_code == 422
    moved = {"month": "2024-07", "office": "DPMPTSP", "reason": "Ditunda"}
    assert browser.post(f"{here}{first.pk}/", moved).status_code == 422


def test_a_step_moves_with_a_reason(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        step = plan.plan_step(
            hall.mall, kind="visit", name="Kunjungan", month=date(2024, 7, 19), office="KemenPANRB", by=manager, at=NOW
        )
        assert step.month == date(2024, 7, 1)
        for wrong, refusal in (
            ({"reason": ""}, ReasonMissing),
            ({"office": ""}, OwnerUnclear),
            ({"agency": hall.place.agency}, OwnerUnclear),
        ):
            given: dict[str, object] = {"month": date(2024, 8, 2), "office": "KemenPANRB", "reason": "Diminta pusat"}
            with pytest.raises(refusal):
                plan.move_step(step, **(given | wrong), by=manager, at=NOW)  # type: ignore[arg-type]
        with pytest.raises(NotUnderstood):
            plan.plan_step(
                hall.mall, kind="visit", name="kunjungan", month=date(2024, 7, 1), office="x", by=manager, at=NOW
            )
        with pytest.raises(DatesCrossed):
            plan.finish_step(step, on=today(hall) + 2 * DAY, evidence="x", by=manager, at=NOW)
        with pytest.raises(ReasonMissing):
            plan.finish_step(step, on=today(hall), evidence="", by=manager, at=NOW)
    sent = {"month": "2024-08", "agency": hall.place.agency.pk, "reason": "Diminta pusat"}

    address = f"/m/{hall.mall.slug}/readiness/plan/{step.pk}/"
    assert client(manager).post(address, sent).status_code == 302

    with wall.inside(hall.mall.pk):
        step.refresh_from_db()
        assert (step.month, step.agency, step.office) == (date(2024, 8, 1), hall.place.agency, "")
    assert client(manager).get(f"/m/{hall.mall.slug}/readiness/plan/{2**70}/").status_code == 404


def test_an_old_assessment_keeps_its_gates(hall: Hall, manager: Actor) -> None:
    here, browser = f"/m/{hall.mall.slug}/readiness/assessments/", client(manager)
    assert browser.post(here, {"note": "x"}).status_code == 422
    with wall.inside(hall.mall.pk):
        with pytest.raises(NoGates):
            assessing.assess(hall.mall, by=manager, at=NOW)
        gates.set_gates(hall.mall, rules().gates, valid_from=date(2024, 1, 1), reason="Awal", by=manager, at=NOW)

    assert browser.post(here, {"note": "Sebelum perubahan"}).status_code == 302
    with wall.inside(hall.mall.pk):
        (first,) = Assessment.objects.filter(mall=hall.mall)
        easier = GateRule("sisdmk", "SISDMK", "percent", None, "Surat", None)
        gates.set_gates(hall.mall, [easier], valid_from=today(hall), reason="Ambang dicabut", by=manager, at=NOW)
    assert browser.post(here, {}).status_code == 302

    rows = list(csv.reader(io.StringIO(browser.get(f"{here}table.csv").content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["2", "1"]
    assert browser.get(f"{here}table.xlsx").status_code == 200
    one = list(csv.reader(io.StringIO(browser.get(f"{here}{first.pk}/table.csv").content.decode("utf-8-sig"))))
    assert one[1][:3] == ["Data tenaga kesehatan di SISDMK", "Belum", "Belum ada angka; ambang 60 persen."]
    assert browser.get(f"{here}{first.pk}/table.xlsx").status_code == 200
    assert "Gerbang versi 1" in browser.get(f"{here}{first.pk}/").content.decode()
    assert browser.get(f"{here}{2**70}/").status_code == 404
    with wall.inside(hall.mall.pk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Assessment.objects.filter(pk=first.pk).update(is_ready=True)
        with pytest.raises(ProgrammingError), transaction.atomic():
            AssessmentLine.objects.filter(assessment=first).delete()


def test_screen_sheets_and_paper_say_the_same(hall: Hall, manager: Actor) -> None:
    here, browser = f"/m/{hall.mall.slug}/readiness/", client(manager)
    with wall.inside(hall.mall.pk):
        gates.set_gates(hall.mall, rules().gates, valid_from=date(2024, 1, 1), reason="Awal", by=manager, at=NOW)
        plan.plan_step(hall.mall, kind="letter", name="Surat", month=today(hall), office="Sekda", by=manager, at=NOW)

    rows = list(csv.reader(io.StringIO(browser.get(f"{here}table.csv").content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(browser.get(f"{here}table.xlsx").content)).worksheets[0]
    assert [[str(cell or "") for cell in row] for row in book.iter_rows(values_only=True)] == rows
    page = browser.get(here)
    assert [row[0] for row in rows[1:]] == [line.name for line in page.context["found"].lines]
    assert len(rows) == 1 + 3 + 11
    paper = browser.get(f"{here}report.pdf")
    assert paper.content.startswith(b"%PDF")
    assert browser.get(f"{here}report.pdf", headers={"accept-language": "en"}).content.startswith(b"%PDF")


def test_a_mall_that_has_all_is_ready(hall: Hall, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with wall.inside(hall.mall.pk):
        gates.set_gates(
            hall.mall, [GateRule("sisdmk", "SISDMK", "percent", None, "Surat", None)], valid_from=date(2024, 1, 1),
            reason="Awal", by=manager, at=NOW,
        )  # fmt: skip
        found = standing(hall.mall, timezone.now())
        assert not found.is_ready
        for line in found.gaps:
            note(hall, manager, line.code)
        left = {line.code for line in standing(hall.mall, timezone.now()).gaps}
    # By hand nothing is proven that rows should show.
    assert left == {"information", "queue", "complaints", "survey", "reports", "documents", "commitment", "platform",
                    "sustained"}  # fmt: skip
    monkeypatch.setattr("pendopo.readiness.queries.standing.findings", lambda rows, code: [])
    assert "Ya, semuanya terpenuhi." in client(manager).get(f"/m/{hall.mall.slug}/readiness/").content.decode()


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(hall: Hall, manager: Actor) -> None:
    browser = client(manager)
    pages = [f"/m/{hall.mall.slug}/readiness/{path}" for path in ("", "criteria/trial/", "plan/", "ratings/")]

    def asked() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert browser.get(page).status_code == 200
            counts.append(len(caught))
        return counts

    with wall.inside(hall.mall.pk):
        gates.set_gates(hall.mall, rules().gates, valid_from=date(2024, 1, 1), reason="Awal", by=manager, at=NOW)
        note(hall, manager, "trial")
        serve(hall, Outcome.DONE)
        plan.plan_step(hall.mall, kind="other", name="0", month=today(hall), office="x", by=manager, at=NOW)
    asked()
    before = asked()
    with wall.inside(hall.mall.pk):
        for number in range(1, 8):
            agency = founding.add_agency(hall.mall, code=f"D{number}", name=f"Dinas {number}", at=NOW)
            code = rules().criteria[number].code
            gates.put_in_charge(hall.mall, f"criterion:{code}", agency=agency, by=manager, at=NOW)
            note(hall, manager, "trial", text=str(uuid4()))
            serve(hall, Outcome.DONE)
            plan.plan_step(
                hall.mall, kind="other", name=str(number), month=today(hall), agency=agency, by=manager, at=NOW
            )

    assert asked() == before
