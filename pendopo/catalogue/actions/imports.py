"""Importing services from a file."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.importing import lines as importing
from pendopo.catalogue.importing.comparing import Changes
from pendopo.catalogue.models import Fee, Service, Variant
from pendopo.kernel.reports import Report, refusal, report
from pendopo.tenancy.models import Mall


def import_services(
    mall: Mall,
    content: bytes,
    *,
    at: datetime,
    by: Who | None = None,
    skip_bad: bool = False,
    create_agencies: bool = False,
) -> Report:
    """Add or change services from a CSV or XLSX; a line is known again by agency and name, and its code is ours.

    What a line leaves empty stays as it is. Keeps nothing when a line is broken, unless `skip_bad`.
    Raises NotUnderstood when the file as a whole cannot be read.
    """
    table, wanted, lines = importing.read(content)
    with transaction.atomic():
        names = [want.agency for want in wanted] if create_agencies else []
        # The agencies' rows, locked by this, are the lock for the numbers of their services.
        agencies_of_mall = founding.add_named_agencies(mall, names, at=at, by=by)
        changes = Changes(mall, mall.local(at).date())
        for want in wanted:
            agency = agencies_of_mall.get(want.agency)
            if agency is None:
                why = _("Instansi “%(name)s” belum terdaftar: impor instansi dahulu.") % {"name": want.agency[:80]}
                lines.append(refusal(want.line, why, want.name))
            else:
                lines.append(changes.take(want, agency))
        told = report(lines, importing.notes(table), skip_bad=skip_bad)
        if not told.is_written:
            transaction.set_rollback(True)
        elif told.has_changed:
            _write(changes)
            file = hashlib.sha256(content).hexdigest()
            after = {"file": file, "lines": told.totals}
            audit.record("services.imported", f"mall:{mall.pk}", by=by, at=at, after=after)
        return told


def _write(changes: Changes) -> None:
    Service.objects.bulk_create(changes.new_services)
    Variant.objects.bulk_create(changes.new_variants)
    Service.objects.bulk_update(changes.services, ["name", "group", "procedure"], batch_size=500)
    Variant.objects.bulk_update(changes.variants, ["requirements", "duration"], batch_size=500)
    # The old fee ends before the new one begins.
    Fee.objects.bulk_update(changes.fees, ["amount", "basis", "source", "valid_to"], batch_size=500)
    Fee.objects.bulk_create(changes.new_fees)
