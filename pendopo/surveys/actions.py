from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.queues.models import Ticket
from pendopo.queues.types import State
from pendopo.surveys.errors import AlreadyRated, NotServedYet
from pendopo.surveys.models import Rating


@transaction.atomic
def rate(ticket: Ticket, score: Rating.Score, *, at: datetime, words: str = "") -> tuple[Rating, bool]:
    """Rate the service behind a ticket, once; the same score again gives the first rating (and may add words).

    Returns the rating and whether it is new. Raises NotServedYet, AlreadyRated.
    """
    if ticket.state != State.COMPLETED:
        raise NotServedYet(_("Layanan dapat dinilai setelah selesai."))
    try:
        with transaction.atomic():
            rating = Rating.objects.create(mall_id=ticket.mall_id, ticket=ticket, score=score, words=words, at=at)
    except IntegrityError:
        rating = Rating.objects.select_for_update().get(ticket=ticket)
        if rating.score != score or (rating.words and words and rating.words != words):
            raise AlreadyRated(_("Layanan ini sudah Anda nilai. Terima kasih.")) from None
        if words and not rating.words:
            rating.words = words
            rating.save(update_fields=["words"])
        return rating, False
    audit.record("ticket.rated", f"ticket:{ticket.pk}", by=None, at=at, after={"score": int(score)})
    return rating, True
