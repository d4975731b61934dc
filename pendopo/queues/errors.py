from pendopo.kernel.errors import RuleViolation


class QuotaFull(RuleViolation):
    """No place is left on this day, or none for phones yet."""

    code = "quota_full"


class OfferChanged(RuleViolation):
    """A first quota was made, or the offer ended, while the number was drawn: nothing was taken; ask again."""

    code = "offer_changed"


class NotToday(RuleViolation):
    """The service is not given on this weekday; the message says when it is."""

    code = "not_today"


class AlreadyWaiting(RuleViolation):
    """This phone has a live ticket in the queue: `key` opens it."""

    code = "already_waiting"

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message)
        self.key = key


class CodeTaken(RuleViolation):
    """The letters of an event are those of an ordinary queue at the site."""

    code = "code_taken"


class EventBegun(RuleViolation):
    """Numbers of the event's day are given: it is not taken back."""

    code = "event_begun"


class VisitEnded(RuleViolation):
    """The visit that a ticket was to join has ended, or is another day's or site's."""

    code = "visit_ended"


class Closed(RuleViolation):
    """The outlet does not receive people now; the message says why and until when."""

    code = "closed"


class NotOffered(RuleViolation):
    """The mall does not know this service, or gives no tickets for it."""

    code = "service_unknown"
    status = 404


class CounterBusy(RuleViolation):
    """The counter still has somebody; finish with them first."""

    code = "counter_busy"


class CounterNotOpen(RuleViolation):
    """The counter must be opened by whoever sits at it before it calls."""

    code = "counter_not_open"


class CounterTaken(RuleViolation):
    """Somebody else sits at the counter."""

    code = "counter_taken"


class NotAtThisCounter(RuleViolation):
    """The ticket is with another counter."""

    code = "not_at_this_counter"
    status = 403


class NotMissed(RuleViolation):
    """Only whoever missed a call comes back."""

    code = "not_missed"


class ReturnTooLate(RuleViolation):
    """The time for coming back after a missed call is over."""

    code = "return_too_late"


class ReturnUsed(RuleViolation):
    """A missed ticket comes back once."""

    code = "return_used"


class NotWaiting(RuleViolation):
    """The ticket waits no more."""

    code = "not_waiting"


class WrongCode(RuleViolation):
    """What was typed is not the code that the site's boards show."""

    code = "wrong_code"
    status = 422


class CalledTooSoon(RuleViolation):
    """The same person is called again only after a while, so that they can come."""

    code = "called_too_soon"


class CalledEnough(RuleViolation):
    """Nobody is called more often than the mall's rules say."""

    code = "called_enough"


class EnoughCopies(RuleViolation):
    """A ticket is on paper often enough."""

    code = "enough_copies"


class NotAtTheStop(RuleViolation):
    """Numbers of a van are given only where it stands: from afar none, and by phone only with the code shown there."""

    code = "not_at_the_stop"


class VanBusy(RuleViolation):
    """Somebody waits at the van, is served there, or sits at its counter."""

    code = "van_busy"


class NoPrinter(RuleViolation):
    """Nothing prints where this device stands."""

    code = "no_printer"


class AnotherSite(RuleViolation):
    """The counter does not stand where the queue's visitors wait."""

    code = "another_site"


class OwnQueue(RuleViolation):
    """The counter calls from this queue as its own; help neither begins nor ends."""

    code = "own_queue"


class QuotaTooSmall(RuleViolation):
    """More places of this day are taken than the wanted quota has."""

    code = "quota_too_small"


class OutOfBounds(RuleViolation):
    """A rule of the hall must stay within its bounds."""

    code = "out_of_bounds"
    status = 422


class RecordingRefused(RuleViolation):
    """What was uploaded is no sound that boards can play, or too large, or for a word that no call has."""

    code = "recording_refused"
    status = 422


class NotTheVoice(RuleViolation):
    """Only the one speaking device of a zone says its calls."""

    code = "not_the_voice"


class NoPromise(RuleViolation):
    """The ticket was not sent home, or its promise is not for today."""

    code = "no_promise"


class PeopleWait(RuleViolation):
    """Nobody who waits loses their place because something is put away."""

    code = "people_wait"


class CounterGone(RuleViolation):
    """Nobody sits at a counter that was retired."""

    code = "counter_gone"


class QueueInUse(RuleViolation):
    """A queue in which services stand, or whose numbers were given today, stays as it is."""

    code = "queue_in_use"


class ZoneOver(RuleViolation):
    """No queue stands in a zone that ended."""

    code = "zone_ended"


class QueueGone(RuleViolation):
    """Nobody stands in, or is called from, a queue that was retired."""

    code = "queue_gone"


class PlaceInUse(RuleViolation):
    """People wait there, or a counter or queue stands there: the place does not end under them."""

    code = "place_in_use"


class PeopleAffected(RuleViolation):
    """A day is closed on which people are awaited: whoever decides has to have read what that means."""

    code = "people_affected"
