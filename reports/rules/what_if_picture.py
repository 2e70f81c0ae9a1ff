"""The picture of what a cluster's money buys: bars of units a week, now and otherwise. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from providers.rules import amount_words
from reports.rules.charts import Drawing, drawn
from reports.rules.tables import Bar, Picture, cut, plain_number

LONGEST_LABEL = 28


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One thing: its words and unit, and units a week in each case; none where that case is not asked."""

    words: str
    unit: str
    units: Sequence[Decimal | None]


def units_picture(things: Sequence[Compared], *, cases: Sequence[str], key: str, title: str) -> Drawing:
    """Draw how much each thing would be, a bar for each case that is asked. `key` tells pictures on one page apart."""
    asked = [place for place in range(len(cases)) if any(thing.units[place] is not None for thing in things)]
    bars, words = [], []
    for thing in things:
        for series, place in enumerate(asked):
            units = thing.units[place]
            if units is not None:
                bars.append(Bar(label=cut(thing.words, LONGEST_LABEL), pence=int(units * 100), series=series))
                words.append(amount_words(units, thing.unit))
    picture = Picture(
        key=key,
        title=title,
        description=_in_a_sentence(things, cases, asked),
        series=tuple(cases[place] for place in asked),
        bars=tuple(bars),
    )
    drawing = drawn(picture)
    return replace(
        drawing,
        bars=tuple(replace(bar, pounds=said) for bar, said in zip(drawing.bars, words, strict=True)),
    )


def _in_a_sentence(things: Sequence[Compared], cases: Sequence[str], asked: Sequence[int]) -> str:
    """Say what the picture shows, for who cannot see it."""
    said = [
        f"{thing.words}: "
        + ", ".join(
            _("%(case)s %(units)s a week") % {"case": cases[place].lower(), "units": plain_number(units)}
            for place in asked
            if (units := thing.units[place]) is not None
        )
        for thing in things
    ]
    return "; ".join(said) + "."
