"""
Pictures of money, worked out as plain geometry that a template writes as SVG, the same for the page and the PDF.

Each kind of part has its own colour and its own pattern, so that no meaning hangs on colour alone. The words and
pounds stand beside the picture as text, never only inside it. Units: pence in, the picture's own units out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.pennies import in_pounds
from reports.rules.tables import Picture

BAR_WIDTH = 1000
GAP = 4
DRAWING_WIDTH = 320
LABEL_HEIGHT = 22
BAR_HEIGHT = 18
GROUP_GAP = 14
PATTERNS = 4
# The ground each pattern is drawn on; it lies under the bar too, so that no seam shows where the pattern repeats.
GROUNDS = ("#5b1f57", "#f0b04a", "#20706c", "#e9f1e4")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a whole: its words, what they mean, and how much."""

    words: str
    meaning: str
    pence: int


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part as it is drawn: where it begins, how wide it is, and in which pattern."""

    part: Part
    pattern: int
    x: int
    width: int

    @property
    def pounds(self) -> str:
        """How much it is, as people read it."""
        return in_pounds(self.part.pence)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """An amount in its parts, as one bar. `key` tells pictures on one page apart."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def pence(self) -> int:
        """All parts together."""
        return sum(part.pence for part in self.parts)

    @property
    def description(self) -> str:
        """Say in a sentence what the picture shows, for who cannot see it."""
        said = [f"{in_pounds(part.pence)} {part.words.lower()}" for part in self.parts]
        return _("%(pounds)s in all: %(parts)s.") % {
            "pounds": in_pounds(self.pence),
            "parts": ", ".join(said),
        }

    @property
    def pieces(self) -> list[Piece]:
        """Every part as it is drawn; one of nothing has no width."""
        widths = _widths([part.pence for part in self.parts], BAR_WIDTH)
        starts = [sum(widths[:place]) for place in range(len(widths))]
        return [
            Piece(part=part, pattern=place % PATTERNS, x=start, width=_without_gap(start, width))
            for place, (part, start, width) in enumerate(zip(self.parts, starts, widths, strict=True))
        ]


@dataclass(frozen=True, kw_only=True)
class DrawnBar:
    """A bar of a drawing: the words above it (none for the second of a group), and its place."""

    words: str
    pounds: str
    series: str
    pattern: int
    text_y: int
    y: int
    width: int

    @property
    def ground(self) -> str:
        """The colour under the pattern."""
        return GROUNDS[self.pattern]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A picture of several amounts side by side, ready to be written as SVG."""

    picture: Picture
    bars: tuple[DrawnBar, ...]
    height: int
    width: int = DRAWING_WIDTH
    bar_height: int = BAR_HEIGHT

    @property
    def series(self) -> list[tuple[int, str]]:
        """The kinds of bar with their pattern; none where there is only one kind."""
        return list(enumerate(self.picture.series)) if len(self.picture.series) > 1 else []


def drawn(picture: Picture) -> Drawing:
    """Give every bar of a picture its place: one under the other, so that the words stay large on a small screen."""
    largest = max((abs(bar.pence) for bar in picture.bars), default=0) or 1
    bars, y, last_label = [], 0, None
    for bar in picture.bars:
        y += GROUP_GAP if last_label not in {None, bar.label} else 0
        words, last_label = bar.label, bar.label
        bars.append(
            DrawnBar(
                words=words,
                pounds=in_pounds(bar.pence),
                series=picture.series[bar.series] if len(picture.series) > 1 else "",
                pattern=bar.series % PATTERNS,
                text_y=y + LABEL_HEIGHT - 6,
                y=y + LABEL_HEIGHT,
                width=max(abs(bar.pence) * DRAWING_WIDTH // largest, 1 if bar.pence else 0),
            )
        )
        y += LABEL_HEIGHT + BAR_HEIGHT
    return Drawing(picture=picture, bars=tuple(bars), height=max(y + 2, 1))


def _without_gap(start: int, width: int) -> int:
    """Leave a little room before the next piece; the last goes to the end."""
    return width if start + width == BAR_WIDTH else max(width - GAP, 0)


def _widths(pence: Sequence[int], whole: int) -> list[int]:
    """Share a width among amounts in proportion; what is rounded away goes to the largest."""
    total = sum(pence)
    if total <= 0:
        return [0] * len(pence)
    widths = [whole * amount // total for amount in pence]
    widths[widths.index(max(widths))] += whole - sum(widths)
    return widths
