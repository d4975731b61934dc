from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.inspections.errors import AlreadySigned, NotTheInspector
from pendopo.inspections.models import Inspection, Signature
from pendopo.inspections.queries.turns import filler_of, has_filled
from pendopo.kernel.errors import NotAllowed


def only_oversight(by: Actor) -> None:
    """Refuse whoever does not oversee the mall. Raises NotAllowed."""
    if not by.has(Role.MANAGER, Role.HEAD, Role.INSPECTOR):
        raise NotAllowed(_("Hanya pengawas, pimpinan, dan pengelola MPP yang melakukan sidak."))


def unsigned(inspection_id: int, by: Actor) -> Inspection:
    """Return an inspection that may still change, locked until the transaction ends.

    Raises NotAllowed, AlreadySigned.
    """
    only_oversight(by)
    inspection = Inspection.objects.select_for_update().select_related("mall").get(pk=inspection_id)
    if Signature.objects.filter(mall_id=inspection.mall_id, inspection=inspection).exists():
        raise AlreadySigned(_("Sidak ini sudah ditandatangani dan tidak dapat diubah lagi."))
    return inspection


def opened(inspection_id: int, by: Actor) -> Inspection:
    """Return the same, for whoever fills it in now. Raises NotTheInspector too."""
    inspection = unsigned(inspection_id, by)
    filler = filler_of(inspection)
    if filler.account.pk != by.account_id:
        told = {"name": filler.account.name}
        raise NotTheInspector(_("Sidak ini diisi %(name)s. Hanya yang mengisinya yang mengubah.") % told)
    return inspection


def opened_for_what_is_left(inspection_id: int, by: Actor) -> Inspection:
    """Return the same, also for whoever filled it in before: what their phone still holds is not lost."""
    inspection = unsigned(inspection_id, by)
    if not has_filled(inspection, by.account_id):
        told = {"name": filler_of(inspection).account.name}
        raise NotTheInspector(_("Sidak ini diisi %(name)s. Hanya yang mengisinya yang mengubah.") % told)
    return inspection
