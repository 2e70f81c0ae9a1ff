"""How a council's pages look: its own colour and words over the house's."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models.council import Council

COLOUR = r"^#[0-9a-f]{6}$"


class Brand(models.Model):
    """
    A council's own colours: of the band at the top with the words on it, and of links and buttons.

    Colours are `#rrggbb` in lower case; that they can be read (a contrast of 4.5 to 1) is held when they are saved.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="brand")
    band_colour = models.CharField(max_length=7, validators=[RegexValidator(COLOUR)])
    band_text_colour = models.CharField(max_length=7, validators=[RegexValidator(COLOUR)])
    accent_colour = models.CharField(max_length=7, validators=[RegexValidator(COLOUR)])
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    band_colour__regex=COLOUR, band_text_colour__regex=COLOUR, accent_colour__regex=COLOUR
                ),
                name="people_brand_colours_are_colours",
            )
        ]

    def __str__(self) -> str:
        return self.band_colour

    @property
    def version(self) -> int:
        """Tell one state of the colours from the next: microseconds since 1970 of when they were changed."""
        return int(self.changed_at.timestamp() * 1_000_000)
