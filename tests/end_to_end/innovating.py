"""A mall that innovates: an innovation with all that can befall it, a round to be scored, and one that is open."""

from datetime import datetime, timedelta
from decimal import Decimal

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.innovations.actions import competing, iga, living, proposing, register
from pendopo.innovations.actions.register import Told
from pendopo.innovations.rulebook import rules
from pendopo.tenancy.models import Mall

DAY = timedelta(days=1)


def innovate(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Bring a mall into every state of the pages of innovations; return what they are about.

    `word` stands in whatever people write.
    """
    today = mall.local(at).date()
    agency = Agency.objects.filter(mall=mall).select_related("mall").order_by("pk")[0]
    told = Told(
        f"Antar KK {word}", today.year, f"Antar Kartu Keluarga {word}", f"Kartu diantar ke rumah {word}",
        started_in=today.year - 4, kind="digital", form="service", initiator="agency", source=f"Laporan {word}",
    )  # fmt: skip
    innovation = register.register_innovation(agency, told, by=by, at=at)
    register.register_innovation(agency, Told(f"Antar KTP {word}", today.year - 1), by=by, at=at)
    register.show_to_public(innovation, is_published=True, by=by, at=at)
    living.note_usage(innovation, month=today, count=9, unit=f"kartu {word}"[:60], source=f"Log {word}", by=by, at=at)
    living.note_award(innovation, name=f"Top 45 {word}", year=today.year - 1, source=f"Situs {word}", by=by, at=at)
    living.note_replication(
        innovation, taker=f"Kota {word} Lain", since=today - 30 * DAY, source=f"Surat {word}", by=by, at=at
    )
    scored = competing.call_competition(
        mall, name=f"Lomba lalu {word}", year=today.year, opens_at=at - 20 * DAY, closes_at=at - 9 * DAY,
        source=f"SK {word}", by=by, at=at - 20 * DAY,
    )  # fmt: skip
    proposal = proposing.begin_proposal(innovation, scored, group="general", by=by, at=at - 19 * DAY)
    texts = dict.fromkeys(rules().groups["general"], f"Warga menunggu di rumah {word}")
    proposing.save_draft(proposal, texts, by=by, at=at - 18 * DAY)
    proposing.submit_proposal(proposal, by=by, at=at - 17 * DAY)
    assert by.account
    competing.name_juror(scored, by.account, by=by, at=at)
    opened = competing.call_competition(
        mall, name=f"Lomba ini {word}", year=today.year, opens_at=at - DAY, closes_at=at + 9 * DAY,
        source=f"SK {word}", by=by, at=at,
    )  # fmt: skip
    draft = proposing.begin_proposal(innovation, opened, group="special", by=by, at=at)
    proposing.save_draft(draft, {"summary": f"Baru {word} " * 200}, by=by, at=at)
    iga.set_maxima(
        mall, today.year, {number: Decimal(10) for number in range(1, 37)}, source=f"Instrumen {word}", by=by, at=at
    )
    iga.set_scores(mall, today.year, {1: Decimal(4)}, source=f"Laporan {word}", by=by, at=at)
    iga.set_scores(mall, today.year, {16: Decimal(5)}, innovation=innovation, source=f"Laporan {word}", by=by, at=at)
    return {"innovation": innovation.pk, "competition": scored.pk, "proposal": proposal.pk, "draft": draft.pk}
