"""The questions of a council's own colours."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from people.models import Brand
from people.models.brand import COLOUR

HOUSE = {"band_colour": "#5b1f57", "band_text_colour": "#ffffff", "accent_colour": "#5b1f57"}
WRONG = "Write a colour as # and six figures or letters from a to f, like #5b1f57."


class ColourField(forms.CharField):
    """A colour: chosen from the browser's own box, or written as #rrggbb."""

    widget = forms.TextInput(attrs={"type": "color", "class": "colour"})
    default_validators = [RegexValidator(COLOUR, WRONG)]

    def to_python(self, value: Any) -> str:
        """Read a colour however its letters are written."""
        return str(super().to_python(value)).lower()


class BrandForm(forms.Form):
    """The three colours of a council."""

    band_colour = ColourField(label="The band at the top of every page")
    band_text_colour = ColourField(label="Words on that band")
    accent_colour = ColourField(label="Links and buttons")

    def __init__(self, data: QueryDict | None, *, brand: Brand | None) -> None:
        super().__init__(data, initial={name: getattr(brand, name, colour) for name, colour in HOUSE.items()})
