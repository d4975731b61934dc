"""Setting the standard of a service by decree, and noting where it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.components import rules
from pendopo.catalogue.errors import NotYourAgency, PublishedAlready, StandardTooEarly
from pendopo.catalogue.models import Publication, Published, Service, Standard, Variant
from pendopo.catalogue.queries.standards import promises
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood

ONE_DAY = timedelta(days=1)
LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Decree:
    """By what a standard was set. `file` names the document where the agency keeps it; `paper` is the document."""

    number: str
    on: date
    file: str = ""
    paper: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Involvement:
    """Where citizens took part, when, and what shows it."""

    forum: str
    on: date
    evidence: str = ""


@transaction.atomic
def set_standard(
    service: Service,
    components: Mapping[str, str],
    *,
    decree: Decree,
    valid_from: date,
    reason: str,
    by: Actor,
    at: datetime,
    variant: Variant | None = None,
    involvement: Involvement | None = None,
) -> Standard:
    """Set a standard from a day on; the one before ends the day before and stays as it was.

    To be reviewed within a year. Raises NotYourAgency, StandardTooEarly, NotUnderstood.
    """
    _only_its_own(by, service)
    if unknown := set(components) - rules().codes:
        raise NotUnderstood(_("Komponen “%(name)s” tidak dikenal.") % {"name": sorted(unknown)[0][:40]})
    if any(len(text) > LONGEST for text in components.values()):
        raise NotUnderstood(_("Satu komponen lebih dari %(count)s karakter.") % {"count": LONGEST})
    kept = _kept(service, decree)
    # The service's row is the lock: two decrees never end the same standard.
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    before = Standard.objects.filter(mall_id=service.mall_id, service=service, variant=variant).order_by("-valid_from")
    if last := before.first():
        if last.valid_from >= valid_from:
            raise StandardTooEarly(
                _("Standar yang berlaku mulai %(day)s sudah ada; yang baru mulai sesudah hari itu.")
                % {"day": last.valid_from.isoformat()}
            )
        last.valid_to = valid_from - ONE_DAY
        last.save(update_fields=["valid_to"])
    standard = Standard.objects.create(
        mall_id=service.mall_id,
        service=service,
        variant=variant,
        components={code: text.strip() for code, text in components.items() if text.strip()},
        decree_number=decree.number,
        decree_on=decree.on,
        decree_file=decree.file,
        file_name=kept.name if kept else "",
        file_path=kept.path if kept else "",
        file_sha256=kept.sha256 if kept else None,
        forum=involvement.forum if involvement else "",
        forum_on=involvement.on if involvement else None,
        forum_evidence=involvement.evidence if involvement else "",
        valid_from=valid_from,
        # Scored every year for all services (PermenPANRB on public service performance, F-02 no. 4).
        review_due_on=_a_year_after(valid_from),
        written_at=at,
    )
    # In some zone of the country it is still yesterday.
    held = promises(service.mall_id, [service.pk], at.date() - ONE_DAY).get(service.pk, [])
    Published.objects.filter(mall_id=service.mall_id, service_code=service.code).update(standards=held)
    after: dict[str, object] = {"decree": decree.number, "from": valid_from, "components": standard.components}
    if kept:
        after["sha256"] = kept.sha256.hex()
    audit.record("standard.set", f"service:{service.pk}", by=by, at=at, reason=reason, after=after)
    return standard


@transaction.atomic
def note_publication(
    standard: Standard, medium: Publication.Medium, *, published_on: date, evidence: str, by: Actor, at: datetime
) -> Publication:
    """Note that a standard can be read in a medium since a day, and what shows it.

    Raises NotYourAgency, PublishedAlready, NotUnderstood for a day that is still to come.
    """
    service = Service.objects.select_for_update(no_key=True).get(pk=standard.service_id)
    _only_its_own(by, service)
    if published_on > at.date() + ONE_DAY:
        raise NotUnderstood(_("Tanggal publikasi belum tiba."))
    if Publication.objects.filter(mall_id=service.mall_id, standard=standard, medium=medium).exists():
        raise PublishedAlready(_("Publikasi di media ini sudah tercatat."))
    publication = Publication.objects.create(
        mall_id=service.mall_id, standard=standard, medium=medium, published_on=published_on, evidence=evidence
    )
    audit.record("standard.published", f"service:{service.pk}", by=by, at=at, after={"medium": str(medium)})
    return publication


def _only_its_own(by: Actor, service: Service) -> None:
    if not by.steers(service.agency_id):
        raise NotYourAgency(_("Hanya admin instansi ini dan pengelola MPP yang menetapkan standarnya."))


def _kept(service: Service, decree: Decree) -> attachments.Kept | None:
    if decree.paper is None:
        return None
    if attachments.kind_of(decree.paper[1]) != "pdf":
        raise NotUnderstood(_("Keputusan diunggah sebagai PDF."))
    return attachments.keep(f"decrees/{service.mall_id}", *decree.paper)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
