"""What was reported of a gate, as a chart over time, with its threshold."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pendopo.kernel import dates
from pendopo.kernel.charts import Chart, Series, Shape
from pendopo.readiness.models import Gate, Unit, Value


def chart(gate: Gate, values: Sequence[Value]) -> Chart:
    """Draw values of a gate, the earliest first, as far apart as their days are."""
    first, last = (values[0].as_of, values[-1].as_of) if values else (None, None)
    whole = (last - first).days if first and last else 0
    series = [Series(_("angka"), [float(each.value) for each in values], Shape.LINE)]
    if gate.threshold is not None:
        series.append(Series(_("ambang"), [float(gate.threshold)] * len(values), Shape.GOAL))
    return Chart(
        "values",
        gate.name,
        str(Unit(gate.unit).label),
        [dates.short_day(each.as_of) for each in values],
        series,
        across=_("Tanggal"),
        places=[(each.as_of - first).days / whole for each in values] if first and whole else (),
    )
