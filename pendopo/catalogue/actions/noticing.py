"""What a mall tells everybody: written, changed and ended by its manager; the floor plans of its sites."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.errors import NoPicture, NoticeOver, ToldAlready
from pendopo.catalogue.models import FloorPlan, Notice
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.tenancy.models import Mall, Site


@transaction.atomic
def write_notice(
    mall: Mall,
    kind: str,
    *,
    title: str,
    by: Actor,
    at: datetime,
    text: str = "",
    site: Site | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Notice:
    """Tell everybody something, from today on unless said.

    Raises ToldAlready for a title that stands already, NotUnderstood when it would end before it begins.
    """
    _only_manager(by)
    first = starts_on or mall.local(at).date()
    _refuse_turned_round(first, ends_on)
    _refuse_twice(mall, kind, site, title)
    notice = Notice.objects.create(
        mall=mall, kind=kind, site=site, title=title, text=text, starts_on=first, ends_on=ends_on
    )
    audit.record("notice.written", f"notice:{notice.pk}", by=by, at=at, after=_values(notice))
    return notice


@transaction.atomic
def change_notice(
    notice: Notice,
    *,
    title: str,
    text: str,
    site: Site | None,
    ends_on: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Notice:
    """Change what is told; the audit keeps what stood before. Raises ReasonMissing, ToldAlready, NoticeOver."""
    _only_manager(by)
    _refuse_without(reason)
    notice = _standing(notice, at)
    _refuse_turned_round(notice.starts_on, ends_on)
    _refuse_twice(notice.mall, notice.kind, site, title, but=notice)
    before = _values(notice)
    notice.title, notice.text, notice.site, notice.ends_on = title, text, site, ends_on
    notice.save(update_fields=["title", "text", "site", "ends_on"])
    subject = f"notice:{notice.pk}"
    audit.record("notice.changed", subject, by=by, at=at, reason=reason, before=before, after=_values(notice))
    return notice


@transaction.atomic
def end_notice(notice: Notice, *, reason: str, by: Actor, at: datetime) -> Notice:
    """Tell it no longer, from now on. Raises ReasonMissing, NoticeOver."""
    _only_manager(by)
    _refuse_without(reason)
    notice = _standing(notice, at)
    notice.ended_at = at
    notice.save(update_fields=["ended_at"])
    audit.record("notice.ended", f"notice:{notice.pk}", by=by, at=at, reason=reason)
    return notice


@transaction.atomic
def draw_plan(site: Site, *, picture: tuple[str, bytes], words: str, reason: str, by: Actor, at: datetime) -> FloorPlan:
    """Show a site's floor plan, a JPEG or PNG, with the same in words for whoever does not see it.

    Raises NoPicture, ReasonMissing, NotUnderstood.
    """
    _only_manager(by)
    _refuse_without(reason)
    if attachments.kind_of(picture[1]) == "pdf":
        raise NoPicture(_("Denah berupa gambar JPEG atau PNG."))
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    known = FloorPlan.objects.filter(mall_id=site.mall_id, site=site).first()
    kept = attachments.keep(f"plans/{site.mall_id}", *picture)
    plan, _is_new = FloorPlan.objects.update_or_create(
        mall_id=site.mall_id, site=site,
        defaults={"file_name": kept.name, "file_path": kept.path, "file_sha256": kept.sha256, "words": words},
    )  # fmt: skip
    before = {"sha256": bytes(known.file_sha256).hex(), "words": known.words} if known else {}
    after = {"sha256": kept.sha256.hex(), "words": words}
    audit.record("plan.drawn", f"site:{site.pk}", by=by, at=at, reason=reason, before=before, after=after)
    return plan


def _standing(notice: Notice, at: datetime) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related("mall", "site").get(pk=notice.pk)
    if found.ended_at or (found.ends_on is not None and found.ends_on < found.mall.local(at).date()):
        raise NoticeOver(_("Keterangan ini sudah tidak ditampilkan lagi. Tulis yang baru."))
    return found


def _refuse_twice(mall: Mall, kind: str, site: Site | None, title: str, *, but: Notice | None = None) -> None:
    # The mall's row is the lock for what it tells.
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    others = Notice.objects.filter(mall=mall, kind=kind, site=site, title=title, ends_on=None, ended_at=None)
    if any(row != but for row in others):
        raise ToldAlready(_("“%(title)s” sudah ada.") % {"title": title})


def _refuse_turned_round(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise NotUnderstood(_("Hari terakhirnya sebelum hari pertamanya."))


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan perubahan ini."))


def _only_manager(by: Actor) -> None:
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def _values(notice: Notice) -> dict[str, object]:
    names = ("kind", "title", "text", "site_id", "starts_on", "ends_on")
    return {name: getattr(notice, name) for name in names}
