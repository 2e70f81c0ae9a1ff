"""Amounts as bars to one measure, worked out as plain geometry that a template writes as SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.pennies import in_pounds

WIDTH = 320
LABEL_HEIGHT, BAR_HEIGHT, GAP = 22, 18, 14


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One amount as it is drawn: the words and pounds above it, and its place. `pattern`: which of the four."""

    words: str
    pence: int
    pattern: int
    y: int
    width: int

    @property
    def pounds(self) -> str:
        """The amount, as people read it."""
        return in_pounds(self.pence)

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y - 6


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Some amounts one under the other. `key` tells pictures on one page apart."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    bar_height: int = BAR_HEIGHT

    @property
    def height(self) -> int:
        """How tall the picture is."""
        return max((bar.y + BAR_HEIGHT + 2 for bar in self.bars), default=1)

    @property
    def description(self) -> str:
        """Say what the picture shows, for who cannot see it."""
        return " ".join(f"{bar.words}: {bar.pounds}." for bar in self.bars)


def bars_of(key: str, title: str, rows: Sequence[tuple[str, int, int]]) -> Bars:
    """Draw amounts, given as words, pence and pattern, as long as they are large."""
    largest = max((pence for _, pence, _ in rows), default=0) or 1
    step = LABEL_HEIGHT + BAR_HEIGHT + GAP
    bars = tuple(
        Bar(
            words=words,
            pence=pence,
            pattern=pattern,
            y=place * step + LABEL_HEIGHT,
            width=max(pence * WIDTH // largest, 1 if pence else 0),
        )
        for place, (words, pence, pattern) in enumerate(rows)
    )
    return Bars(key=key, title=title, bars=bars)
