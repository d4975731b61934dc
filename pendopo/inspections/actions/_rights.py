from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.inspections.errors import AlreadySigned, NotTheInspector
from pendopo.inspections.models import Inspection, Signature
from pendopo.kernel.errors import NotAllowed


def only_oversight(by: Actor) -> None:
    """Refuse whoever does not oversee the mall. Raises NotAllowed."""
    if not by.has(Role.MANAGER, Role.HEAD, Role.INSPECTOR):
        raise NotAllowed(_("Hanya pengawas, pimpinan, dan pengelola MPP yang melakukan sidak."))


def opened(inspection_id: int, by: Actor) -> Inspection:
    """Return an inspection for its inspector alone, locked until the transaction ends.

    Raises NotAllowed, AlreadySigned, NotTheInspector.
    """
    only_oversight(by)
    inspection = Inspection.objects.select_for_update().select_related("mall").get(pk=inspection_id)
    if Signature.objects.filter(mall_id=inspection.mall_id, inspection=inspection).exists():
        raise AlreadySigned(_("Sidak ini sudah ditandatangani dan tidak dapat diubah lagi."))
    if inspection.account_id != by.account_id:
        raise NotTheInspector(_("Hanya yang memulai sidak ini yang mengisinya."))
    return inspection
