"""The charts of the day's report: over the hours, with the figures of the table that each stands above."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from pendopo.kernel.charts import Chart, Series, Shape
from pendopo.queues.queries.facts import Times


def comings_chart(hours: Sequence[int], came: Mapping[int, int], before: Mapping[int, int]) -> Chart:
    """Draw who came in each hour beside the same day a week before."""
    return Chart(
        "comings",
        _("Pengunjung menurut jam datang"),
        _("orang"),
        [hour_text(each) for each in hours],
        [
            Series(_("Hari ini"), [came.get(each, 0) for each in hours]),
            Series(_("Seminggu sebelumnya"), [before.get(each, 0) for each in hours], Shape.LINE),
        ],
        across=_("Jam"),
    )


def waits_chart(hours: Sequence[Times]) -> Chart:
    """Draw how long those who came in each hour had waited; an hour in which nobody came stays empty."""
    found = {int(each.key): each for each in hours}
    span = range(min(found), max(found) + 1)
    return Chart(
        "waits",
        _("Tunggu menurut jam kedatangan"),
        _("menit"),
        [hour_text(each) for each in span],
        [
            Series(_("Tunggu, tengah"), [_minutes(found.get(each), 0) for each in span]),
            Series(_("Tunggu, 9 dari 10"), [_minutes(found.get(each), 1) for each in span], Shape.LINE),
        ],
        across=_("Jam"),
    )


def hour_text(hour: int) -> str:
    """Write an hour as a chart has room for it: "09"."""
    return f"{hour:02d}"


def _minutes(one: Times | None, place: int) -> float | None:
    seconds = one.values[place] if one else None
    return None if seconds is None else round(seconds / 60, 1)
