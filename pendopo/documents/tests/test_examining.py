"""What the worker does with a file: scanned, looked through, cleaned, drawn; refused in words; never guessed clean."""

import socket
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from PIL import Image

from pendopo.audit.models import Entry
from pendopo.documents import sandbox, shelf
from pendopo.documents.actions import examining
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.scanners import ScannerAway, Verdict
from pendopo.documents.scanners.clamd import Clamd, Nobody, installed
from pendopo.documents.tests import clamd, make_files
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Refusal
from pendopo.tenancy.models import Mall


def examined(mall: Mall, content: bytes) -> StoredFile:
    """Give a file and have it looked at."""
    file = make_files.give(mall, make_files.citizen(mall), content)
    examining.examine(mall.pk, file.pk, at=AT)
    file.refresh_from_db()
    return file


def content_of(file: StoredFile) -> bytes:
    return b"".join(shelf.kept(file).read())


@pytest.mark.usefixtures("scanner")
def test_of_a_photo_only_the_picture_is_kept(hall: Mall) -> None:
    taken = make_files.picture(gps=True, orientation=6)
    assert b"Kamera Rahasia" in taken
    assert Image.open(BytesIO(taken)).getexif().get_ifd(0x8825)

    file = examined(hall, taken)

    kept = content_of(file)
    shown = Image.open(BytesIO(kept))
    assert (file.state, file.kind, file.size) == ("clean", "jpg", len(kept))
    assert dict(shown.getexif()) == {}
    assert b"Kamera" not in kept
    # Held upright: what was wide is high.
    assert shown.size == (400, 640)
    assert file.raw_path == ""
    assert file.scanner.startswith("ClamAV ")


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(("written", "kind"), [("PNG", "png"), ("WEBP", "jpg"), ("JPEG", "jpg")])
def test_pictures_are_kept_as_every_browser_shows_them(hall: Mall, written: str, kind: str) -> None:
    file = examined(hall, make_files.picture(written))

    assert (file.state, file.kind) == ("clean", kind)
    assert Image.open(BytesIO(content_of(file))).size == (640, 400)


@pytest.mark.usefixtures("scanner")
def test_a_pdf_stays_as_it_is(hall: Mall) -> None:
    paper = make_files.pdf(100)

    file = examined(hall, paper)

    assert (file.state, file.kind, file.pages) == ("clean", "pdf", 100)
    assert content_of(file) == paper


@pytest.mark.usefixtures("scanner")
def test_a_finding_is_quarantined_and_nothing_of_it_is_parsed(hall: Mall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "clean", lambda content, kind: pytest.fail("It was parsed."))

    file = examined(hall, make_files.picture() + clamd.EICAR)

    assert (file.state, file.finding) == ("quarantined", clamd.FOUND)
    assert file.kept_path == ""
    # Still there for the manager's decision, sealed.
    assert clamd.EICAR not in (Path(settings.MEDIA_ROOT) / file.raw_path).read_bytes()


def test_without_a_scanner_a_file_waits(hall: Mall) -> None:
    file = make_files.give(hall, make_files.citizen(hall), make_files.picture())

    assert isinstance(installed(), Nobody)
    with pytest.raises(ScannerAway):
        examining.examine(hall.pk, file.pk, at=AT)
    examining.look_at(hall.pk, file.pk)

    file.refresh_from_db()
    assert file.state == "waiting"


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: OK\nstream: OK\0", b"stream: ok\0", b"INSTREAM size limit exceeded. ERROR\0", b"OK\0", b"\xff\0"],
)
def test_only_the_exact_words_mean_clean(hall: Mall, tmp_path: Path, answer: bytes) -> None:
    address = tmp_path / "s"
    file = make_files.give(hall, make_files.citizen(hall), make_files.picture())

    with _answering(address, answer), pytest.raises(ScannerAway):
        examining.examine(hall.pk, file.pk, at=AT, scanner=Clamd(str(address)))

    file.refresh_from_db()
    assert file.state == "waiting"


def _answering(address: Path, answer: bytes) -> "_Pretender":
    return _Pretender(address, answer)


class _Pretender:
    """Answers a scan with these bytes, whatever it is asked."""

    def __init__(self, address: Path, answer: bytes) -> None:
        self._answer, self._socket = answer, socket.socket(socket.AF_UNIX)
        self._socket.bind(str(address))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        for answer in (b"ClamAV 1.4/1\0", self._answer):
            connection, _where = self._socket.accept()
            with connection:
                asked = connection.recv(64)
                while asked.startswith(b"zINSTREAM") and not connection.recv(1 << 20).endswith(bytes(4)):
                    pass
                connection.sendall(answer)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._socket.close()


@pytest.mark.usefixtures("scanner")
def test_a_scanner_over_tcp_is_asked_too() -> None:
    with pytest.raises(ScannerAway):
        Clamd("127.0.0.1:9").scan(iter([b"x"]))


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def _carry(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["surat.exe"] = b"MZ"


def _hidden(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=pikepdf.Array([action])))


def _bomb(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(zlib.compress(bytes(600 * 1024 * 1024), 9), filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].obj.Contents = stream


def _wide(pdf: pikepdf.Pdf) -> None:
    image = pikepdf.Stream(pdf, b"\0")
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = 50_000, 50_000
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))


def archive() -> bytes:
    """Return a ZIP."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("isi.txt", "x")
    return out.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that wants 900 million points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a PDF with a password": (lambda: make_files.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "password"),
    "a PDF with a script": (lambda: make_files.pdf(change=_script), "script"),
    "a PDF with a script behind another act": (lambda: make_files.pdf(change=_hidden), "script"),
    "a PDF that starts programs": (lambda: make_files.pdf(change=_launch), "launch"),
    "a PDF that carries a file": (lambda: make_files.pdf(change=_carry), "embedded"),
    "a PDF that swells": (lambda: make_files.pdf(change=_bomb), "heavy"),
    "a PDF with an endless picture": (lambda: make_files.pdf(change=_wide), "heavy"),
    "a PDF of 201 pages": (lambda: make_files.pdf(201), "pages"),
    "a PDF that is also an archive": (lambda: make_files.pdf() + archive(), "mixed"),
    "a PDF with a program behind it": (lambda: make_files.pdf() + b"MZ" + bytes(5000), "mixed"),
    "half a PDF": (lambda: make_files.pdf(3)[:400], "broken"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n%%EOF", "broken"),
    "a photo that is also a PDF": (lambda: make_files.picture() + make_files.pdf(), "mixed"),
    "a photo that is also an archive": (lambda: make_files.picture() + archive(), "mixed"),
    "a photo that is also a page": (lambda: make_files.picture("PNG") + b"<html><script>alert(1)</script>", "mixed"),
    "half a photo": (lambda: make_files.picture()[:3000], "broken"),
    "a photo of noise": (lambda: b"\xff\xd8\xff" + bytes(100), "broken"),
    "a picture that swells": (bomb, "heavy"),
}


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_dangerous_is_refused_in_words(hall: Mall, what: str) -> None:
    content, code = REFUSED[what]

    file = examined(hall, content())

    assert (file.state, file.refusal) == ("refused", code)
    assert len(str(Refusal(code).label)) > 20
    assert (file.raw_path, file.kept_path) == ("", "")


@pytest.mark.usefixtures("scanner")
def test_a_pdf_that_only_asks_not_to_be_copied_is_taken(hall: Mall) -> None:
    file = examined(hall, make_files.pdf(encryption=pikepdf.Encryption(owner="a", user="")))

    assert file.state == "clean"


@pytest.mark.usefixtures("scanner")
def test_what_a_phone_writes_behind_a_photo_is_dropped(hall: Mall) -> None:
    file = examined(hall, make_files.picture() + b"\0\0\0\x18ftypmp42" + bytes(2000))

    assert file.state == "clean"
    assert b"ftyp" not in content_of(file)


@pytest.mark.usefixtures("scanner")
def test_a_preview_is_small_and_sealed(hall: Mall) -> None:
    for content in (make_files.picture(size=(3000, 2000)), make_files.pdf(2)):
        file = examined(hall, content)
        assert examining.preview(hall.pk, file.pk, at=AT)
        assert examining.preview(hall.pk, file.pk, at=AT)

        drawn = Preview.objects.get(file=file)
        seen = b"".join(shelf.preview(drawn).read())
        assert max(Image.open(BytesIO(seen)).size) == 480
        assert seen[:3] not in (Path(settings.MEDIA_ROOT) / drawn.path).read_bytes()[:64]
    assert Entry.objects.filter(action="file.drawn").count() == 2


@pytest.mark.usefixtures("scanner")
def test_looked_at_twice_it_is_settled_once(hall: Mall) -> None:
    file = examined(hall, make_files.picture())

    assert examining.examine(hall.pk, file.pk, at=AT) == ""
    assert Entry.objects.filter(action="file.examined").count() == 1


def test_of_two_at_once_the_second_throws_away_what_it_made(hall: Mall, scanner: str) -> None:
    file = make_files.give(hall, make_files.citizen(hall), make_files.picture())

    class Late:
        """While it scans, another worker settles the file."""

        def scan(self, content: Iterator[bytes]) -> Verdict:
            assert examining.examine(hall.pk, file.pk, at=AT) == "clean"
            return Verdict("", "ClamAV lambat")

    before = shelf.raw(file)
    copy = before.place.read_bytes()

    class Keeping(Late):
        def scan(self, content: Iterator[bytes]) -> Verdict:
            told = super().scan(content)
            # What was read before is still in the hands of the second.
            before.place.write_bytes(copy)
            return told

    assert examining.examine(hall.pk, file.pk, at=AT, scanner=Keeping()) == "clean"
    assert Entry.objects.filter(action="file.examined").count() == 1


def test_the_sandbox_has_neither_files_nor_network_nor_surroundings(tmp_path: Path) -> None:
    tried = """
import socket, os, sys
from pendopo.documents.inside.confining import confine
confine()
def can(act):
    try:
        act()
    except (OSError, MemoryError):
        return False
    return True
print(can(lambda: open('/etc/hostname')), can(lambda: socket.socket()), can(os.fork), can(lambda: bytearray(2 << 30)),
      sorted(os.environ))
"""
    ended = subprocess.run([sys.executable, "-I", "-c", tried], env={}, capture_output=True, check=False, timeout=60)

    assert ended.stdout.decode().split(" [")[0] == "False False False False", ended.stderr
    assert "PENDOPO" not in ended.stdout.decode()


def test_nothing_from_the_sandbox_is_believed_unseen() -> None:
    for output in (b"", b"{}\n", b"[]\n", b'{"kind": "exe"}\n', b'{"kind": "jpg"}\nMZ', b'{"refused": "x"}\n', b"\xff"):
        assert sandbox._understood(output) is Refusal.BROKEN
