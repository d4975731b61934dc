"""PDFs looked through: one that runs, starts or carries something, or that swells, is refused; others stay as they are.

They are not written anew, so that signatures in them stay whole.
"""

import zlib
from io import BytesIO

import pikepdf
import pypdfium2

from pendopo.documents.inside.pictures import ends_as_archive, small
from pendopo.documents.inside.refusing import Refused

MOST_PAGES = 200
MOST_OBJECTS = 200_000
MOST_PIXELS = 120_000_000
# Of what lies pressed in it, drawings and fonts; pictures are measured by their sides.
MOST_SWOLLEN = 256 * 1024 * 1024
# Behind the end mark some programs write blanks and a line of their own.
MOST_BEHIND = 1024
DEEPEST = 3
SCRIPTS, LAUNCHES = {"/JavaScript", "/JS"}, {"/Launch", "/ImportData", "/SubmitForm"}
CARRIED = {"/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/FileAttachment", "/XFA", "/Collection"}
PREVIEW_SIDE = 480


def prepare() -> None:
    """Open an encrypted PDF: qpdf then opens the device of random numbers, once; later nothing can be opened."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    pikepdf.open(out).close()


def clean(content: bytes) -> tuple[dict[str, int | str], bytes]:
    """Say how many pages a PDF has. Raises Refused."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Refused("broken")
    if len(content) - end > MOST_BEHIND or ends_as_archive(content[end:]):
        raise Refused("mixed")
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if pages > MOST_PAGES:
                raise Refused("pages")
            _look_through(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except pikepdf.PdfError as error:
        raise Refused("broken") from error
    if not pages:
        raise Refused("broken")
    # Drawn once: what no program can draw is of no use to an officer.
    preview(content)
    return {"kind": "pdf", "pages": pages}, b""


def preview(content: bytes) -> tuple[dict[str, int | str], bytes]:
    """Draw the first page."""
    try:
        document = pypdfium2.PdfDocument(content)
        page = document[0]
        wide, high = page.get_size()
        bitmap = page.render(scale=min(4.0, PREVIEW_SIDE / max(wide, high, 1)))
    except pypdfium2.PdfiumError as error:
        raise Refused("broken") from error
    return small(bitmap.to_pil())


def _look_through(pdf: pikepdf.Pdf) -> None:
    swollen = 0
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refused("heavy")
    for each in pdf.objects:
        _look_at(each)
        if isinstance(each, pikepdf.Stream):
            swollen += _swollen(each, MOST_SWOLLEN - swollen)


def _look_at(found: object, depth: int = 0) -> None:
    """Look into an object and what lies in it directly; what it points to has its own turn."""
    if depth > 50:
        raise Refused("heavy")
    if isinstance(found, pikepdf.Array):
        for each in found.as_list():
            if not getattr(each, "is_indirect", False):
                _look_at(each, depth + 1)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        values = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        names = set(values.keys())
        told = {
            str(values.get(name)) for name in ("/S", "/Type", "/Subtype") if isinstance(values.get(name), pikepdf.Name)
        }
        _refuse(names | told)
        for _name, value in values.items():
            if not getattr(value, "is_indirect", False):
                _look_at(value, depth + 1)


def _refuse(told: set[str]) -> None:
    if told & SCRIPTS:
        raise Refused("script")
    if told & LAUNCHES:
        raise Refused("launch")
    if told & CARRIED:
        raise Refused("embedded")


def _swollen(stream: pikepdf.Stream, most: int) -> int:
    """Return how large a pressed stream becomes. Raises Refused when that is too much."""
    is_picture = stream.get("/Subtype") == pikepdf.Name.Image
    if is_picture and int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MOST_PIXELS:
        raise Refused("heavy")
    filters = stream.get("/Filter")
    names = [str(each) for each in filters.as_list()] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if len(names) > DEEPEST:
        raise Refused("heavy")
    if names[0] != "/FlateDecode":
        return 0
    size, pressed = 0, stream.read_raw_bytes()
    press = zlib.decompressobj()
    try:
        while pressed and not press.eof:
            size += len(press.decompress(pressed, 1024 * 1024))
            pressed = press.unconsumed_tail
            if size > most:
                raise Refused("heavy")
    except zlib.error:
        # Readers show what comes until the fault, and so does the preview.
        return size
    return size
