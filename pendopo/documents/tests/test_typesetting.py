from pathlib import Path

from pendopo.documents.typesetting import pdf

TEMPLATE = '#set document(title: "Contoh")\n#let data = json(bytes(sys.inputs.data))\n= #data.title\n#data.text'


def test_values_are_text_and_the_page_is_for_the_archive(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text(TEMPLATE)

    made = pdf(template, {"title": "Maklumat", "text": '#panic("run") *not bold* “é” \\'})

    assert made.startswith(b"%PDF-1.7")
    # What a PDF/A-2b says of itself.
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made
