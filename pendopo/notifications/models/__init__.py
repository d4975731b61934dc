"""Tables of this module. Callers import them from here."""

from pendopo.notifications.models.breakers import Breaker
from pendopo.notifications.models.messages import MOVES, Attempt, Message, MessageQuerySet
from pendopo.notifications.models.preferences import Preference
from pendopo.notifications.models.receipts import Incoming, Receipt

__all__ = ["MOVES", "Attempt", "Breaker", "Incoming", "Message", "MessageQuerySet", "Preference", "Receipt"]
