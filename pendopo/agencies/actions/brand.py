"""What the mall is called and how it looks: its name, its colour, its logo."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import Unreadable
from pendopo.agencies.queries.brand import judged
from pendopo.agencies.types import Actor
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.pictures import bare
from pendopo.tenancy.actions import looks
from pendopo.tenancy.models import Mall

# On every page of a phone.
MOST_BYTES = 200 * 1024


@transaction.atomic
def dress(mall: Mall, look: looks.Look, *, picture: bytes | None, reason: str, by: Actor, at: datetime) -> Mall:
    """Give the mall another name, colour or logo; with a picture, that is the logo.

    Raises NotAllowed unless the manager does it, ReasonMissing, Unreadable for a colour on which words cannot be read,
    NotUnderstood for a picture that is none or too large.
    """
    only_manager(by)
    weak = [each for each in judged(look.accent) if not each.is_enough] if look.accent else []
    if weak:
        told = "; ".join(f"{each.what}: {each.text}" for each in weak)
        raise Unreadable(_("Warna ini sulit dibaca. %(told)s. Pilih warna yang lebih gelap.") % {"told": told})
    if picture is not None:
        if len(picture) > MOST_BYTES:
            raise NotUnderstood(_("Gambar lambang lebih besar dari %(size)d kB.") % {"size": MOST_BYTES // 1024})
        kept = attachments.keep(f"logos/{mall.pk}", "lambang", bare(picture))
        look = looks.Look(look.name, look.government, look.accent, kept.path)
    return looks.dress(mall, look, reason=reason, at=at, account_id=by.account_id)
