"""Letters: made once, with a number of their own, and kept as they were made."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import attachments
from pendopo.meetings.actions._frame import only_manager
from pendopo.meetings.correspondence import Template
from pendopo.meetings.errors import NumberTaken
from pendopo.meetings.models import Letter, Meeting
from pendopo.meetings.queries import letters
from pendopo.meetings.types import LetterFacts
from pendopo.tenancy.models import Mall


@transaction.atomic
def make_letter(
    mall: Mall, template: Template, facts: LetterFacts, about: Meeting | Agency | None, *, by: Actor, at: datetime
) -> Letter:
    """Make a letter of a template with the mall's rows of this moment, and keep its words and its file."""
    only_manager(by)
    if Letter.objects.filter(mall=mall, number=facts.number).exists():
        raise NumberTaken(_("Nomor %(number)s sudah dipakai surat lain.") % {"number": facts.number})
    content = letters.compose(mall, template, facts, about, by=by, at=at)
    kept = attachments.keep(f"letters/{mall.pk}", "surat.pdf", letters.pdf(mall, content))
    letter = Letter.objects.create(
        mall=mall, template=template.code, meeting=about if isinstance(about, Meeting) else None,
        number=facts.number, day=facts.day, recipient=facts.recipient, subject=facts.subject, signer=facts.signer,
        signer_office=facts.signer_office, content=content, file_path=kept.path, file_sha256=kept.sha256, made_at=at,
    )  # fmt: skip
    after = {"number": facts.number, "template": template.code, "sha256": kept.sha256.hex()}
    audit.record("letter.made", f"letter:{letter.pk}", by=by, at=at, after=after)
    return letter
