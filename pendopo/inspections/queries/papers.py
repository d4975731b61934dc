"""The signed report on paper: the same rows as the page, with the pictures and the drawn signature."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.documents import typesetting
from pendopo.inspections.models import Finding, Inspection, Photo
from pendopo.inspections.queries.inspections import Line, Visited, places_text, visited
from pendopo.inspections.queries.knowing import Knowing, known_then
from pendopo.inspections.queries.turns import fillers
from pendopo.kernel import attachments, dates

TEMPLATE = Path(__file__).parent.parent / "typst" / "report.typ"


def report(inspection: Inspection) -> bytes:
    """Set the report of a signed inspection: the same rows give the same paper."""
    mall, signature = inspection.mall, inspection.signature
    zone, places = mall.timezone, visited(inspection)
    pictures: dict[str, bytes] = {}
    data: dict[str, object] = {
        "language": (get_language() or "id")[:2],
        "date": list(mall.local(signature.signed_at).timetuple()[:3]),
        "title": _("Laporan sidak"),
        "subtitle": f"{mall.name}: {places_text(inspection)}",
        "facts": [
            [_("Mulai"), dates.moment(inspection.begun_at, zone)],
            *([[_("Diterima pada"), _received(inspection.received_at, zone)]] if inspection.received_at else []),
            [_("Pemeriksa"), ", ".join(each.account.name for each in fillers(inspection))],
            *([[_("Bersama"), inspection.team]] if inspection.team else []),
            [_("Daftar periksa"), _("versi %(number)d") % {"number": inspection.checklist}],
        ],
        "known_title": _("Yang diketahui sistem saat sidak dimulai"),
        "known": known_lines(known_then(inspection)),
        "places": [_place(each, zone, pictures) for each in places],
        "summary_title": _("Kesimpulan"),
        "summary": inspection.summary,
        "signed": [
            _("Ditandatangani %(time)s") % {"time": dates.moment(signature.signed_at, zone)},
            signature.name,
            signature.office,
        ],
        "hand": _added(pictures, signature.file_path),
        "footer": _("Sidik isi %(digest)s") % {"digest": bytes(signature.digest).hex()[:24]},
    }
    return typesetting.pdf(TEMPLATE, data, mall=mall, pictures=pictures)


def _received(at: datetime, zone: str) -> str:
    told = {"time": dates.moment(at, zone)}
    return _("%(time)s; dimulai tanpa sambungan, menurut jam ponsel") % told


def known_lines(known: Knowing) -> list[str]:
    """Say in a few lines what the system knew."""
    lines = [
        _("Loket buka: %(open)d dari %(all)d") % {"open": known.open, "all": known.counters},
        _("Menunggu: %(count)d orang, terlama %(minutes)d menit") % {"count": known.waiting, "minutes": known.longest},
    ]
    lines += [empty_line(each.number, each.agency, each.since) for each in known.empty]
    lines += [f"{each.who}: {each.text}" for each in known.closed]
    return lines


def empty_line(number: int, agency: str, since: str) -> str:
    """Say that a counter was empty."""
    told = {"number": number, "agency": agency or _("Loket bersama"), "since": since}
    if since:
        return _("Loket %(number)d %(agency)s kosong sejak %(since)s") % told
    return _("Loket %(number)d %(agency)s seharusnya buka") % told


def _place(each: Visited, zone: str, pictures: dict[str, bytes]) -> dict[str, object]:
    return {
        "name": each.place.name,
        "parts": [
            {
                "name": str(part.section.name),
                "rows": [[str(line.item.text), line.text or "–", _beside(line)] for line in part.lines],
            }
            for part in each.parts
            if part.answered
        ],
        "score": _("Sarana kelompok rentan: %(there)d dari %(all)d jenis, nilai %(points)d (PEKPPP F-02 nomor 18)")
        % dict(zip(("there", "all", "points"), each.score, strict=True))
        if each.score
        else "",
        "heard_title": _("Kata pengunjung"),
        "heard": [
            _("%(question)s Baik: %(good)d dari %(all)d") % {"question": question, "good": good, "all": count}
            for question, good, count in each.heard
            if count
        ]
        + [f"“{opinion.words}”" for opinion in each.opinions if opinion.words],
        "findings_title": _("Temuan"),
        "finding_heads": [_("Temuan"), _("Penanggung jawab"), _("Tenggat")],
        "findings": [_finding(row) for row in each.findings],
        "photos_title": _("Foto"),
        "photos": [
            {"file": _added(pictures, photo.file_path), "words": photo_words(photo, zone)} for photo in each.photos
        ],
    }


def _beside(line: Line) -> str:
    return ". ".join([*([line.answer.note] if line.answer and line.answer.note else []), *line.asides])


def _finding(row: Finding) -> list[str]:
    return [row.words, row.owner, dates.short_day(row.due_on)]


def photo_words(photo: Photo, zone: str) -> str:
    """Say when a picture was taken, and where if that is known."""
    words = dates.moment(photo.taken_at, zone)
    if photo.latitude is None:
        return words
    return f"{words} · {photo.latitude}, {photo.longitude}"


def _added(pictures: dict[str, bytes], path: str) -> str:
    """Put a kept file beside the template; a lost one (a backup without files) leaves its place empty."""
    content, name = attachments.content(path), Path(path).name
    if content is None:
        return ""
    pictures[name] = content
    return name
