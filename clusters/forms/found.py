"""Starting a cluster: one small question a page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.rules import Size

LONGEST_PURPOSE = 1000


class NameForm(forms.Form):
    """What it is called."""

    name = forms.CharField(
        label=_("Its name"),
        help_text=_("Anybody can read this. Do not use the name of a person."),
        max_length=200,
        error_messages={"required": _("Give it a name. You can change your mind before it starts.")},
    )


class PurposeForm(forms.Form):
    """What its members would like to do together, in their own words."""

    purpose = forms.CharField(
        label=_("In your own words"),
        help_text=_("Anybody can read this. Write what you would like to do, not who you are."),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a sentence or two, so that others can see if it is for them.")},
    )


class PlaceForm(forms.Form):
    """Where it is."""

    area = forms.CharField(
        label=_("The place"),
        help_text=_("A street, a village or a part of town. Do not write your address."),
        max_length=100,
        error_messages={"required": _("Write a place, so that people near it can find you.")},
    )


class CommonForm(forms.Form):
    """What its members have in common; only they and officers who need it see this."""

    in_common = forms.CharField(
        label=_("What you have in common"),
        help_text=_("You can leave this empty."),
        max_length=200,
        required=False,
    )


class SizeForm(forms.Form):
    """How many they would like to be."""

    hoped_members = forms.IntegerField(
        label=_("How many people"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": _("Write a number, like 5.")},
    )

    def __init__(self, *args: Any, size: Size, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = size
        words = gettext("From %(least)s to %(most)s, you included. It is a hope, not a promise.")
        self.fields["hoped_members"].help_text = words % self._sizes
        self.fields["hoped_members"].error_messages["required"] = self._words

    def clean_hoped_members(self) -> int:
        """Hold it to the council's sizes."""
        number: int = self.cleaned_data["hoped_members"]
        if not self.size.least_members <= number <= self.size.most_members:
            raise forms.ValidationError(self._words)
        return number

    @property
    def _words(self) -> str:
        return gettext("Write a number from %(least)s to %(most)s.") % self._sizes

    @property
    def _sizes(self) -> dict[str, int]:
        return {"least": self.size.least_members, "most": self.size.most_members}


@dataclass(frozen=True)
class FoundStep:
    """One page of starting a cluster: its place in the address, its question, its form, and a picture."""

    key: str
    title: str | Promise
    form: type[forms.Form]
    picture: str

    @property
    def words(self) -> str:
        """Where its words lie, under templates/ and templates/easy/."""
        return f"clusters/found/words/{self.key}.html"


FOUND_STEPS = {
    step.key: step
    for step in (
        FoundStep("name", _("What will you call it?"), NameForm, "pen"),
        FoundStep("purpose", _("What would you like to do together?"), PurposeForm, "talk"),
        FoundStep("place", _("Where is it?"), PlaceForm, "house"),
        FoundStep("common", _("What do you have in common?"), CommonForm, "eye"),
        FoundStep("size", _("How many would you like to be?"), SizeForm, "people"),
    )
}
