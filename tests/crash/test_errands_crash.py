"""Web and worker are killed in the middle of an upload, of its examination and of a batch of signatures."""

import base64
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from pendopo.documents.tests import clamd, make_files
from tests.crash.errands import PAPERS
from tests.crash.installation import Installation, running

# As large as a photograph: four pieces on the disk.
CONTENT = make_files.noise(900_000)
FIRST, SECOND = 200_000, 400_000
PATIENCE = 100.0


class Person:
    """Somebody who is signed in, and their browser."""

    def __init__(self, there: Installation, mall: str, session: str) -> None:
        self.base = f"/m/{mall}"
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{there.port}", cookies={"sessionid": session}, timeout=20)

    def token(self, page: str) -> dict[str, str]:
        """Fetch a page, and return the header by which its own requests are known."""
        self.http.get(f"{self.base}/{page}/").raise_for_status()
        return {"X-CSRFToken": self.http.cookies["csrftoken"]}

    def begin(self) -> str:
        """Announce the file; return where it goes."""
        told = ",".join(f"{name} {base64.b64encode(text).decode()}" for name, text in NAMED.items())
        headers = V1 | self.token("files") | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": told}
        made = self.http.post(f"{self.base}/files/uploads/", headers=headers)
        assert made.status_code == 201, made.text
        return made.headers["Location"]

    def offset(self, place: str) -> int:
        """Ask how much of it has arrived."""
        answer = self.http.head(place, headers=V1)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def send(self, place: str, offset: int, pieces: Iterator[bytes], *, until: int = len(CONTENT)) -> None:
        """Send from there on. Raises httpx.TransportError when nobody listens any more."""
        headers = V1 | self.token("files") | {"Upload-Offset": str(offset)}
        headers |= {"Content-Type": "application/offset+octet-stream", "Content-Length": str(until - offset)}
        answer = self.http.patch(place, content=pieces, headers=headers)
        assert answer.status_code == 204, answer.text

    def sign(self, path: str, told: dict[str, Any]) -> None:
        """Send the form of a batch."""
        answer = self.http.post(f"{self.base}/signing/{path}", data=told, headers=self.token("signing"))
        assert answer.status_code == 302, answer.text[-2000:]


V1 = {"Tus-Resumable": "1.0.0"}
NAMED = {"purpose": b"ktp", "filename": b"ktp.jpg"}
FILES = """
    SELECT f.state, f.kind, f."offset", f.length, f.size, f.finding, f.refusal, f.raw_path, p.wide, p.high,
           (SELECT array_agg(action ORDER BY id) FROM audit_entry WHERE subject = 'file:' || f.id)
    FROM documents_storedfile f LEFT JOIN documents_preview p ON p.file_id = f.id WHERE f.mall_id = %s ORDER BY f.id
"""
EXAMINING = """
    SELECT 1 FROM procrastinate_jobs
    WHERE task_name = 'documents.look_at' AND args->>'mall' = %s::text AND status = 'doing'
"""
SIGNED = "SELECT count(*) FROM documents_waitingpaper WHERE mall_id = %s AND state = 'signed'"
NUMBERS = """
    SELECT array_agg(d.number ORDER BY d.number), count(DISTINCT w.document_id), max(r.last)
    FROM documents_issueddocument d JOIN documents_register r ON r.id = d.register_id
    LEFT JOIN documents_waitingpaper w ON w.document_id = d.id WHERE d.mall_id = %s
"""
BATCHES = "SELECT state, problem FROM documents_signingbatch WHERE mall_id = %s ORDER BY id"


def awaited[Told](ask: Callable[[], Told], good: Callable[[Told], bool]) -> Told:
    """Ask until it is good, and return it; what is not good in time is returned too, for the test to show."""
    end = time.monotonic() + PATIENCE
    while not good(told := ask()) and time.monotonic() < end:
        time.sleep(0.02)
    return told


@pytest.fixture(scope="module")
def there() -> Iterator[Installation]:
    with clamd.running() as scanner, running(with_hall=False, PENDOPO_CLAMD=scanner) as installation:
        yield installation


def test_what_was_killed_in_the_middle_ends_as_what_was_not(there: Installation) -> None:
    told: dict[str, Any] = there.made("tests.crash.errands")
    mall = told["mall_id"]
    citizen, signer = (Person(there, told["mall"], told[name]) for name in ("citizen", "signer"))
    with citizen.http, signer.http, psycopg.connect(there.owner_url, autocommit=True) as judge:

        def rows(question: str) -> list[tuple[Any, ...]]:
            return judge.execute(question, [mall]).fetchall()

        def whole(found: list[tuple[Any, ...]]) -> bool:
            return all(row[0] == "clean" and row[8] for row in found)

        # Undisturbed.
        citizen.send(citizen.begin(), 0, iter([CONTENT]))
        (calm,) = awaited(lambda: rows(FILES), whole)
        assert (calm[0], calm[5:8]) == ("clean", ("", "", ""))
        first, second = told["papers"][:PAPERS], told["papers"][PAPERS:]
        form = {"passphrase": told["passphrase"]}
        signer.sign("", form | {"paper": first, "id": str(uuid4())})
        assert awaited(lambda: rows(SIGNED), lambda found: found[0][0] == PAPERS) == [(PAPERS,)]
        awaited(lambda: rows(BATCHES), lambda found: found[0][0] == "done")

        # Web dies while a piece is on its way, and the worker as soon as the file is whole.
        place = citizen.begin()

        def pieces() -> Iterator[bytes]:
            yield CONTENT[FIRST:SECOND]
            time.sleep(0.5)
            there.kill_whole("web")
            yield CONTENT[SECOND:]

        citizen.send(place, 0, iter([CONTENT[:FIRST]]), until=FIRST)
        with contextlib.suppress(httpx.TransportError):
            citizen.send(place, FIRST, pieces())
        there.await_answer()
        arrived = citizen.offset(place)
        assert FIRST <= arrived < len(CONTENT)
        citizen.send(place, arrived, iter([CONTENT[arrived:]]))
        awaited(lambda: rows(EXAMINING), bool)
        there.kill_whole("worker")

        # Web dies while it signs.
        signer.sign("", form | {"paper": second, "id": str(uuid4())})
        ((signed,),) = awaited(lambda: rows(SIGNED), lambda found: found[0][0] > PAPERS)
        there.kill_whole("web")
        there.await_answer()
        print(f"killed with {signed - PAPERS} of {PAPERS} signed, and the file at {arrived} of {len(CONTENT)} bytes")
        assert rows(SIGNED) < [(2 * PAPERS,)]
        # Two minutes go by: nobody is taken for alive any more.
        judge.execute("UPDATE documents_signingbatch SET moved_at = moved_at - interval '2 minutes'")
        judge.execute("UPDATE documents_storedfile SET state_at = state_at - interval '2 minutes'")
        ((number,),) = rows("SELECT max(id) FROM documents_signingbatch WHERE mall_id = %s")
        signer.sign(f"batches/{number}/continuation/", form | {"id": str(uuid4())})

        assert awaited(lambda: rows(SIGNED), lambda found: found[0][0] == 2 * PAPERS) == [(2 * PAPERS,)]
        assert awaited(lambda: rows(BATCHES), lambda found: found[1][0] == "done") == [("done", "")] * 2
        assert rows(NUMBERS) == [(list(range(1, 2 * PAPERS + 1)), 2 * PAPERS, 2 * PAPERS)]
        assert awaited(lambda: rows(FILES), whole) == [calm, calm]
