"""How much memory a file of ten megabytes costs the web while it comes: by the plain form, and in pieces by tus."""

import base64
import http.client
import secrets
import string
import threading
import time
from collections.abc import Callable
from uuid import uuid4

from bench.stage import Stage, running  # isort: skip - sets the surroundings first
import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bench.report import Figure
from pendopo.people import actions as people

SIZE = 10 * 1024 * 1024
AIM = "≤ 60"
PIECE = 256 * 1024
ROUNDS = 3
CONTENT = b"%PDF-1.7\n" + secrets.token_bytes(SIZE - 9)


class _Phone:
    """A browser that has signed in."""

    def __init__(self, place: Stage, port: int) -> None:
        account = people.open_account(f"{uuid4()}@bench.test", name="Warga", password=None, at=timezone.now())
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        token = "".join(secrets.choice(string.ascii_letters) for _letter in range(32))
        cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
        self._headers = {"Cookie": cookies, "X-CSRFToken": token, "Tus-Resumable": "1.0.0"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._files = f"/m/{place.hall.mall.slug}/files/"

    def ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], wanted: int
    ) -> http.client.HTTPResponse:
        self._connection.request(method, path, body, self._headers | headers)
        response = self._connection.getresponse()
        told = response.read()
        assert response.status == wanted, (response.status, told[:300])
        return response

    def by_form(self, content: bytes) -> None:
        """Send all of it with the form."""
        edge = uuid4().hex
        fields = {"purpose": "kk", "id": str(uuid4())}
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="kk.pdf"\r\n\r\n')
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        self.ask("POST", self._files, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}, 302)

    def by_tus(self, content: bytes, piece: int = PIECE) -> None:
        """Send it in pieces."""
        told = f"purpose {base64.b64encode(b'kk').decode()}"
        created = {"Upload-Length": str(len(content)), "Upload-Metadata": told}
        place = self.ask("POST", f"{self._files}uploads/", b"", created, 201).headers["Location"]
        for begin in range(0, len(content), piece):
            headers = {"Upload-Offset": str(begin), "Content-Type": "application/offset+octet-stream"}
            self.ask("PATCH", place, content[begin : begin + piece], headers, 204)


def figures(place: Stage) -> list[Figure]:
    """Measure."""
    with running("web") as port:
        phone = _Phone(place, port)
        for _round in range(8):
            phone.by_form(CONTENT[:2000])
            phone.by_tus(CONTENT[:2000])
        return [
            _added("memory of a 10 MB upload by form", lambda: phone.by_form(CONTENT)),
            _added("the same by tus, 256 kB at once", lambda: phone.by_tus(CONTENT)),
            _added("the same by tus, all at once", lambda: phone.by_tus(CONTENT, SIZE)),
        ]


def _added(name: str, act: Callable[[], None]) -> Figure:
    """Watch the memory of all web processes while it is done; the worst of the rounds counts."""
    worst, took = 0, 0.0
    for _round in range(ROUNDS):
        watch = _Watch()
        before = watch.now()
        watch.start()
        began = time.perf_counter()
        act()
        took = time.perf_counter() - began
        watch.stop()
        worst = max(worst, watch.most - before)
    return Figure(
        name, worst / 2**20, "MB", AIM, f"resident, all web processes, worst of {ROUNDS}; {took:.2g} s the last"
    )


class _Watch(threading.Thread):
    """Looks at the memory of all processes that this one has started, 100 times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        children = psutil.Process().children(recursive=True)
        self._web = [child for child in children if "granian" in " ".join(child.cmdline())]
        self._ended = threading.Event()
        self.most = 0

    def now(self) -> int:
        return sum(int(child.memory_info().rss) for child in self._web if child.is_running())

    def run(self) -> None:
        while not self._ended.wait(0.01):
            self.most = max(self.most, self.now())

    def stop(self) -> None:
        self._ended.set()
        self.join()
        self.most = max(self.most, self.now())
