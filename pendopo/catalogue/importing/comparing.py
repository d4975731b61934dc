"""What a file of services changes: its lines against what the mall has, loaded once."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.importing.lines import NO_BASIS, Wanted
from pendopo.catalogue.models import Fee, Service, Variant
from pendopo.catalogue.names import service_code
from pendopo.catalogue.queries.offers import fees_on
from pendopo.kernel.reports import Line, Outcome, refusal
from pendopo.tenancy.models import Mall

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """A service that the mall has, with its variants."""

    service: Service
    variants: tuple[Variant, ...]


class Changes:
    """Rows to write, gathered line by line, so that each table is written once."""

    def __init__(self, mall: Mall, today: date) -> None:
        self._mall = mall
        self._today = today
        variants: dict[int, list[Variant]] = {}
        for variant in Variant.objects.standing().filter(mall=mall).order_by("position"):
            variants.setdefault(variant.service_id, []).append(variant)
        self._found: dict[tuple[int, str], Found] = {}
        self._numbers: dict[int, int] = {}
        for service in Service.objects.filter(mall=mall):
            self._found[service.agency_id, service.recognised_as] = Found(service, tuple(variants.get(service.pk, ())))
            number = int(service.code.rpartition("-")[2])
            self._numbers[service.agency_id] = max(number, self._numbers.get(service.agency_id, 0))
        self._fees = fees_on(mall, today)
        coming = Fee.objects.standing().filter(mall=mall, valid_from__gt=today).order_by("-valid_from")
        self._coming = dict(coming.values_list("variant", "valid_from"))
        self._lines: dict[tuple[int, str], Wanted] = {}
        self.new_services: list[Service] = []
        self.new_variants: list[Variant] = []
        self.new_fees: list[Fee] = []
        self.services: list[Service] = []
        self.variants: list[Variant] = []
        self.fees: list[Fee] = []

    def take(self, want: Wanted, agency: Agency) -> Line:
        """Gather what a line changes and say what becomes of it."""
        key = (agency.pk, want.recognised_as)
        before = self._lines.setdefault(key, want)
        if before is not want:
            return _repeated(want, before)
        found = self._found.get(key)
        if found is None:
            service = self._add(want, agency)
            return Line(want.line, Outcome.TAKEN, f"{service.code} {service.name}", want.mended, want.notes)
        notes = want.notes
        if found.service.ended_at:
            ended = _("Layanan ini sudah diakhiri: tidak diubah. Buka lagi di halaman pengaturan layanan.")
            return Line(
                want.line, Outcome.UNCHANGED, f"{found.service.code} {found.service.name}", notes=(*notes, ended)
            )
        changed = self._change_service(found.service, want)
        if len(found.variants) == 1:
            changed = self._change_variant(found.variants[0], want) or changed
        elif want.requirements or want.duration or want.amount is not None:
            notes = (*notes, _("Layanan ini bervarian: syarat, durasi dan biayanya tidak diubah oleh impor."))
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        return Line(want.line, outcome, f"{found.service.code} {found.service.name}", want.mended, notes)

    def _add(self, want: Wanted, agency: Agency) -> Service:
        number = self._numbers.get(agency.pk, 0) + 1
        self._numbers[agency.pk] = number
        service = Service(
            mall=self._mall,
            agency=agency,
            code=service_code(agency.code, number),
            name=want.name,
            recognised_as=want.recognised_as,
            group=want.group,
            origin=Service.Origin.IMPORTED,
            procedure=want.procedure,
        )
        variant = Variant(
            mall=self._mall,
            service=service,
            code=service.code,
            requirements=list(want.requirements),
            duration=want.duration,
        )
        self.new_services.append(service)
        self.new_variants.append(variant)
        if want.amount is not None:
            self.new_fees.append(self._fee(variant, want, want.amount))
        return service

    def _fee(self, variant: Variant, want: Wanted, amount: int) -> Fee:
        # A fee that is known ahead begins as it was written.
        following = self._coming.get(variant.pk)
        until = following - ONE_DAY if following else None
        return Fee(
            mall=self._mall,
            variant=variant,
            amount=amount,
            basis=want.basis or NO_BASIS,
            source=want.source,
            valid_from=self._today,
            valid_to=until,
        )

    def _change_service(self, service: Service, want: Wanted) -> bool:
        # Capitals that we guessed do not undo a name that somebody has written.
        name = service.name if want.is_guessed else want.name
        group, procedure = want.group or service.group, want.procedure or service.procedure
        if (name, group, procedure) == (service.name, service.group, service.procedure):
            return False
        service.name, service.group, service.procedure = name, group, procedure
        self.services.append(service)
        return True

    def _change_variant(self, variant: Variant, want: Wanted) -> bool:
        requirements = list(want.requirements) or variant.requirements
        duration = want.duration or variant.duration
        changed = (requirements, duration) != (variant.requirements, variant.duration)
        if changed:
            variant.requirements, variant.duration = requirements, duration
            self.variants.append(variant)
        return self._change_fee(variant, want) or changed

    def _change_fee(self, variant: Variant, want: Wanted) -> bool:
        fee = self._fees.get(variant.pk)
        if want.amount is None or (fee and fee.amount == want.amount and want.basis in {"", fee.basis}):
            return False
        if fee and fee.valid_from == self._today:
            # Written today: a correction, not a new tariff.
            fee.amount, fee.basis, fee.source = want.amount, want.basis or NO_BASIS, want.source
            self.fees.append(fee)
            return True
        if fee:
            fee.valid_to = self._today - ONE_DAY
            self.fees.append(fee)
        self.new_fees.append(self._fee(variant, want, want.amount))
        return True


def _repeated(want: Wanted, before: Wanted) -> Line:
    if _says(want) == _says(before):
        return Line(
            want.line, Outcome.UNCHANGED, want.name, notes=(_("Sama dengan baris %(line)s.") % {"line": before.line},)
        )
    return refusal(
        want.line, _("Layanan ini sudah ada di baris %(line)s dengan isi lain.") % {"line": before.line}, want.name
    )


def _says(want: Wanted) -> tuple[object, ...]:
    return (want.group, want.duration, want.amount, want.basis, want.requirements, want.procedure)
