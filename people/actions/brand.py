"""Giving a council's pages its own colours."""

from datetime import datetime

from django.db import transaction

from people.models import Brand, Council, RoleKind, User
from people.rules.colours import LEAST_CONTRAST, PAGE_GROUND, can_be_read, contrast

# Where each colour of words stands, what it stands on, and what would help.
ON_THE_BAND = ("band_text_colour", "The words on the band", "Choose a darker band, or lighter words.")
ON_THE_PAGE = ("accent_colour", "Links and buttons", "Choose a darker colour.")


class UnableToSetBrand(Exception):
    """The colours could not be read, or the user does not administer the council. `field`: which colour it is about."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def set_brand(
    *,
    council: Council,
    band_colour: str,
    band_text_colour: str,
    accent_colour: str,
    by: User,
    at: datetime,
) -> Brand:
    """
    Give a council's pages its own colours: of the band at the top with its words, and of links and buttons.

    Units: `#rrggbb`, in lower case.

    :raises UnableToSetBrand: the user does not administer this council, or words would be hard to read.
    """
    if not by.has_role(RoleKind.ADMINISTRATOR, council_id=council.pk):
        raise UnableToSetBrand(
            f"Only those who administer {council} can change its colours. Ask one of them."
        )
    _check(band_text_colour, band_colour, about=ON_THE_BAND)
    _check(accent_colour, PAGE_GROUND, about=ON_THE_PAGE)
    colours = {
        "band_colour": band_colour,
        "band_text_colour": band_text_colour,
        "accent_colour": accent_colour,
    }
    brand, _ = Brand.objects.update_or_create(
        council=council, defaults=colours | {"changed_at": at, "changed_by": by.label}
    )
    return brand


def _check(words: str, ground: str, *, about: tuple[str, str, str]) -> None:
    """Refuse words that cannot be read on their ground, with the figure."""
    field, what, help_words = about
    if not can_be_read(words, ground):
        # Cut off, not rounded: 4.49 must not read as the 4.5 that it is not.
        figure = int(contrast(words, ground) * 100) / 100
        raise UnableToSetBrand(
            f"{what} would be hard to read: their contrast is {figure:.2f} to 1, and {LEAST_CONTRAST} to 1 is the "
            f"least. {help_words}",
            field=field,
        )
