"""The innovation index of a year is filled in: what each indicator can score, and what it scored."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import ScoreOutOfRange
from pendopo.innovations.models import IgaMaximum, IgaScore, Innovation
from pendopo.innovations.models.iga import INDICATORS, OF_INNOVATIONS
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall


@transaction.atomic
def set_maxima(mall: Mall, year: int, maxima: Mapping[int, Decimal], *, source: str, by: Actor, at: datetime) -> None:
    """Write what indicators can score at most by a year's instrument."""
    only_manager(by)
    if not maxima or not set(maxima) <= set(INDICATORS) or not all(most > 0 for most in maxima.values()):
        raise NotUnderstood(_("Isi nilai tertinggi paling sedikit satu indikator, lebih dari nol."))
    for number, most in maxima.items():
        scores = IgaScore.objects.filter(mall=mall, year=year, number=number)
        if scores.filter(score__gt=most).exists():
            told = {"number": number, "most": most}
            raise ScoreOutOfRange(_("Indikator %(number)s sudah bernilai lebih dari %(most)s.") % told)
        scores.update(maximum=most)
        IgaMaximum.objects.update_or_create(
            mall=mall, year=year, number=number, defaults={"maximum": most, "source": source}
        )
    after = {"maxima": {number: str(most) for number, most in maxima.items()}, "source": source}
    audit.record("iga.maxima_set", f"iga:{year}", by=by, at=at, after=after)


@transaction.atomic
def set_scores(
    mall: Mall,
    year: int,
    scores: Mapping[int, Decimal],
    *,
    source: str,
    by: Actor,
    at: datetime,
    innovation: Innovation | None = None,
) -> None:
    """Write what indicators scored: those of one innovation (16–35), or without one those of the government."""
    only_manager(by)
    numbers = set(OF_INNOVATIONS) if innovation else set(INDICATORS) - set(OF_INNOVATIONS)
    if not scores or not set(scores) <= numbers:
        raise NotUnderstood(_("Isi nilai paling sedikit satu indikator."))
    known = IgaMaximum.objects.filter(mall=mall, year=year, number__in=scores)
    maxima = dict(known.values_list("number", "maximum"))
    for number, score in scores.items():
        if number not in maxima:
            raise ScoreOutOfRange(_("Isi dahulu nilai tertinggi indikator %(number)s.") % {"number": number})
        if not 0 <= score <= maxima[number]:
            told = {"number": number, "most": maxima[number]}
            raise ScoreOutOfRange(_("Nilai indikator %(number)s antara 0 dan %(most)s.") % told)
        IgaScore.objects.update_or_create(
            mall=mall,
            year=year,
            number=number,
            innovation=innovation,
            defaults={"score": score, "maximum": maxima[number], "source": source},
        )
    subject = f"innovation:{innovation.pk}" if innovation else f"iga:{year}"
    after = {"year": year, "scores": {number: str(score) for number, score in scores.items()}, "source": source}
    audit.record("iga.scored", subject, by=by, at=at, after=after)
