from django.utils import timezone
from ninja import Router, Schema, Status

from pendopo.agencies.http import Request, everybody
from pendopo.kernel import shapes
from pendopo.queues.queries.tickets import ticket_of_reference
from pendopo.surveys import actions
from pendopo.surveys.models import Rating

router = Router(tags=["ratings"])


class RatingIn(Schema):
    """How satisfied the visitor was, 1 (not at all) to 4 (very), and words if there are any."""

    score: Rating.Score
    words: shapes.Words = ""


class RatingOut(Schema):
    """A rating as it was kept."""

    ticket: str
    score: int
    words: str


@router.post(
    "/malls/{mall}/tickets/{ticket}/rating",
    response={200: RatingOut, 201: RatingOut},
    auth=everybody,
    url_name="rating",
    summary="Rate",
)
def post_rating(request: Request, mall: str, ticket: str, body: RatingIn, key: str = "") -> Status[RatingOut]:
    """Rate a service that has ended, once, with the ticket's key; the same score again gives the first rating."""
    found = ticket_of_reference(request.mall, ticket, key)
    rating, is_new = actions.rate(found, body.score, words=body.words, at=timezone.now())
    shown = RatingOut(ticket=found.number_text, score=rating.score, words=rating.words)
    return Status(201 if is_new else 200, shown)
