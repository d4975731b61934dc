from pathlib import Path

import pytest

from pendopo.documents.typesetting import pdf
from pendopo.inspections.tests.make import png
from pendopo.kernel import attachments
from pendopo.tenancy.models import Mall

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#import "head.typ": beside
#set document(title: "Contoh", date: datetime(year: 2026, month: 11, day: 23))
#beside(data.logo)[= #data.title]
#data.text"""
VALUES = {"title": "Maklumat", "text": '#panic("run") *not bold* “é” \\'}
PICTURE = b"/Subtype/Image"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    written = tmp_path / "page.typ"
    written.write_text(TEMPLATE)
    return written


def test_values_are_text_and_the_page_is_for_the_archive(template: Path) -> None:
    made = pdf(template, VALUES, mall=Mall(logo=""))

    assert made.startswith(b"%PDF-1.7")
    # What a PDF/A-2b says of itself.
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made
    assert PICTURE not in made


def test_the_malls_logo_is_drawn_and_the_same_values_give_the_same_bytes(template: Path) -> None:
    mall = Mall(logo=attachments.keep("logos/1", "lambang", png(32)).path)

    made = pdf(template, VALUES, mall=mall)

    assert PICTURE in made
    assert pdf(template, VALUES, mall=mall) == made


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n rusak"], ids=["gone", "broken"])
def test_no_paper_fails_for_the_sake_of_a_logo(template: Path, content: bytes) -> None:
    path = attachments.keep("logos/1", "lambang", content).path if content else "logos/1/hilang.png"

    assert PICTURE not in pdf(template, VALUES, mall=Mall(logo=path))


def test_every_paper_has_a_place_for_the_logo() -> None:
    papers = [each for each in Path("pendopo").rglob("*.typ") if each.parent.parent.name != "documents"]

    assert len(papers) > 8
    assert [each.name for each in papers if "(data.logo" not in each.read_text()] == []
