"""The innovation index (Permendagri 104/2018): SPD, SID and IID by their formula, pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

FILE = Path(__file__).parent / "data" / "iga.json"
NONE = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the two parts of the index, with the share of it that the ministry publishes."""

    indonesian: str
    english: str
    share: Decimal
    first: int
    last: int

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.english if get_language() == "en" else self.indonesian


@dataclass(frozen=True, slots=True)
class Formula:
    """The law, the sources, the formula in words, the aspects, the names of the indicators and of the results."""

    basis: str
    sources: Sequence[str]
    texts: Mapping[str, str]
    aspects: Sequence[Aspect]
    least: int
    names: Mapping[int, str]
    names_status: str
    verdicts: Sequence[tuple[Decimal, str, str]]

    def name_of(self, number: int) -> str:
        """Name an indicator; those of the government have only numbers in our sources."""
        return self.names.get(number, "") or _("Indikator %(number)s") % {"number": number}


@cache
def formula() -> Formula:
    """Return the formula that came with the product, read once a process."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    names = dict(enumerate(told["indikator_inovasi"], start=16)) | {36: told["indikator_jumlah"]}
    return Formula(
        basis=told["dasar"],
        sources=told["sumber"],
        texts=told["rumus"],
        aspects=[
            Aspect(each["nama"], each["english"], Decimal(str(each["bobot"])), each["dari"], each["sampai"])
            for each in told["aspek"]
        ],
        least=told["paling_sedikit"],
        names=names,
        names_status=told["indikator_inovasi_status"],
        verdicts=[(Decimal(str(each["dari"])), each["nama"], each["english"]) for each in told["predikat"]],
    )


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what it brings to the sum, what it could bring, and its weight in percent of all.

    `scored` is the sum over innovations where there are several; `value` is what the formula makes of it.
    """

    number: int
    name: str
    scored: Decimal | None
    value: Decimal
    maximum: Decimal | None
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class Index:
    """The index with all that it is made of. `result` is None as long as a maximum is missing."""

    indicators: Sequence[Indicator]
    innovations: int
    divisor: int
    government: Decimal
    of_innovations: Decimal
    total: Decimal
    maximum: Decimal | None
    result: Decimal | None

    @property
    def missing_scores(self) -> list[int]:
        """The indicators that nobody has scored."""
        return [each.number for each in self.indicators if each.scored is None]

    @property
    def missing_maxima(self) -> list[int]:
        """The indicators of which nobody has written what they can score."""
        return [each.number for each in self.indicators if each.maximum is None]

    @property
    def verdict(self) -> str:
        """The word for the result: the limits are those of two decimals."""
        if self.result is None:
            return ""
        for least, indonesian, english in formula().verdicts:
            if self.result >= least:
                return english if get_language() == "en" else indonesian
        return ""

    def share(self, aspect: Aspect) -> Decimal | None:
        """Return which part of the highest sum an aspect has by the maxima written here, in percent."""
        weights = [each.weight for each in self.indicators if aspect.first <= each.number <= aspect.last]
        return sum((weight for weight in weights if weight is not None), NONE) if self.maximum else None


def index(
    scores: Mapping[int, Decimal], of_each: Sequence[Mapping[int, Decimal]], maxima: Mapping[int, Decimal]
) -> Index:
    """Return the index of a year.

    `scores` are indicators 1–15 and 36, `of_each` indicators 16–35 of every innovation, `maxima` the most of each.
    SPD is the sum of 1–15. SID is the sum of 16–35 over all innovations, divided by their number but at least by ten,
    and 36. IID is both together, of the highest sum, times a hundred.
    """
    told = formula()
    divisor = max(told.least, len(of_each))
    highest = sum(maxima.values(), NONE) if len(maxima) == 36 else None
    lines = []
    for number in range(1, 37):
        if 16 <= number <= 35:
            given = [each[number] for each in of_each if number in each]
            scored = sum(given, NONE) if given else None
            value = (scored or NONE) / divisor
        else:
            scored = scores.get(number)
            value = scored or NONE
        most = maxima.get(number)
        weight = most * HUNDRED / highest if most is not None and highest else None
        lines.append(Indicator(number, told.name_of(number), scored, value, most, weight))
    government = sum((each.value for each in lines[:15]), NONE)
    of_innovations = sum((each.value for each in lines[15:]), NONE)
    total = government + of_innovations
    result = (total * HUNDRED / highest).quantize(Decimal("0.01")) if highest else None
    return Index(lines, len(of_each), divisor, government, of_innovations, total, highest, result)
