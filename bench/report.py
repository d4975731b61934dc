"""What a benchmark says: figures beside what they should be."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `aim` is what it should be, in words; `note` how it came about."""

    name: str
    value: float
    unit: str
    aim: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The number as people read it: three digits that mean something."""
        if abs(self.value) >= 100:
            return f"{self.value:,.0f}"
        return f"{self.value:.3g}"


def part(values: Sequence[float], share: float) -> float:
    """Return the value that such a share of all stays below: 0.99 is the 99th percentile; of none it is 0."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else 0.0


def machine() -> str:
    """Tell on what and when the figures were measured."""
    memory = psutil.virtual_memory().total / 2**30
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{psutil.cpu_count()} × {platform.machine()}, {memory:.0f} GB, Python {platform.python_version()}, {when}"


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print figures as a small table."""
    table = Table(title=title, caption=machine(), title_justify="left", caption_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("aim")
    table.add_column("note")
    for figure in figures:
        table.add_row(figure.name, figure.text, figure.unit, figure.aim, figure.note)
    Console().print(table)
