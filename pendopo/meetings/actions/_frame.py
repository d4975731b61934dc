"""What every act of meetings asks first. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed
from pendopo.meetings.errors import CalledOff, MinutesClosed
from pendopo.meetings.models import Meeting


def only_manager(by: Actor) -> None:
    """Refuse whoever does not manage the mall. Raises NotAllowed."""
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def locked(meeting: Meeting) -> Meeting:
    """Return a meeting for one act at a time. Raises MinutesClosed, CalledOff."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("mall").get(pk=meeting.pk)
    if found.state == Meeting.State.CLOSED:
        raise MinutesClosed(_("Notula rapat ini sudah selesai dan tidak diubah lagi."))
    if found.state == Meeting.State.OFF:
        raise CalledOff(_("Rapat ini sudah dibatalkan."))
    return found
