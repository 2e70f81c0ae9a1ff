"""
How well one colour can be read on another.

Source: WCAG 2.2, success criterion 1.4.3 and its definitions of relative luminance and contrast ratio. The database
computes the same (people/migrations/sql/brands_can_be_read.sql).
"""

LEAST_CONTRAST = 4.5
PAGE_GROUND = "#f4ecdf"  # the darkest ground that links stand on; frontend/house.scss has it
KNEE = 0.03928
WEIGHTS = (0.2126, 0.7152, 0.0722)


def contrast(one: str, other: str) -> float:
    """
    Give the contrast of two colours, from 1 (the same) to 21 (black on white), whichever comes first.

    Units: `#rrggbb` in, a ratio to 1 out.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def can_be_read(one: str, other: str) -> bool:
    """Tell whether words of one colour can be read on the other."""
    return contrast(one, other) >= LEAST_CONTRAST


def _luminance(colour: str) -> float:
    """Say how bright a colour is, from 0 (black) to 1 (white)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= KNEE else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip(WEIGHTS, linear, strict=True))
