"""The questions of a call: what, how much, where, and when; a small step a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commissioning.actions.calls import CallTerms
from commissioning.actions.calls.call import MOST_UNITS
from commissioning.rules.names import named_in, says_how_to_reach
from plans.rules import UNITS, kind_of
from providers.forms import WordsField, day_field
from providers.rules import units_words

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

USUALLY_OPEN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class About:
    """What the questions of a call need to know: today, what the agreement shares, the area, and members' names."""

    today: date
    service_codes: Sequence[str]
    area: str
    names: Sequence[str] = field(repr=False)


class StepForm(forms.Form):
    """One step of a call. Words that many will read name no member and tell nobody how to reach one."""

    heading: "Words" = ""
    picture = ""

    def __init__(self, *args: Any, about: About, said: dict[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = self.usual(about, said) | said
        super().__init__(*args, **kwargs)
        self.about = about
        self.prepare()

    def usual(self, about: About, said: dict[str, Any]) -> dict[str, Any]:
        """Give what is usual where nobody has said anything yet."""
        return {}

    def prepare(self) -> None:
        """Fit the questions to the cluster."""

    def clean(self) -> dict[str, Any]:
        """Look for names and addresses in what was written."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            words = " . ".join(value) if isinstance(value, list) else value
            if isinstance(words, str) and name != "service_code":
                self._check_words(name, words)
        return cleaned

    def _check_words(self, name: str, words: str) -> None:
        whole = named_in(words, names=self.about.names).whole
        if whole:
            said = gettext("%(name)s is named here. Strangers will read this: say “one of us” in its place.")
            self.add_error(name, said % {"name": whole[0]})
        if says_how_to_reach(words):
            self.add_error(name, _("Take out e-mail addresses and phone numbers. Offers come to you here."))


class WhatForm(StepForm):
    """What a cluster wants, in its own words."""

    heading, picture = _("What do you want together?"), "talk"

    service_code = forms.ChoiceField(
        label=_("What kind of help is it?"),
        help_text=_("These are the kinds your agreement says how to share."),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of help it is.")},
    )
    title = forms.CharField(
        label=_("Give it a short name"),
        help_text=_("For example: Help in the morning."),
        max_length=100,
        error_messages={"required": _("Give it a short name.")},
    )
    words = forms.CharField(
        label=_("Say it in your own words"),
        help_text=_("What should it be like? Providers will read this. Name nobody: say “one of us”."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what you want, in your own words.")},
    )

    def prepare(self) -> None:
        """Offer the kinds of help that the agreement shares."""
        kinds = self.fields["service_code"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(code, kind_of(code).words) for code in self.about.service_codes]


class HowMuchForm(StepForm):
    """How much of it a week."""

    heading, picture = _("How much do you want each week?"), "clock"

    weekly_units = forms.DecimalField(
        label=_("How many each week, all together?"),
        help_text=_("A number, like 10 or 2.5."),
        min_value=Decimal("0.01"),
        max_value=MOST_UNITS,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={
            "required": _("Say how many each week."),
            "invalid": _("Write a number, like 10 or 2.5."),
            "min_value": _("Write a number above nothing."),
            "max_digits": _("Write a smaller number."),
        },
    )
    unit = forms.ChoiceField(
        label=_("What are you counting?"),
        choices=lambda: [(unit, units_words(unit)) for unit in UNITS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you are counting.")},
    )

    def usual(self, about: About, said: dict[str, Any]) -> dict[str, Any]:
        """Count in what is usual for this kind of help."""
        return {"unit": kind_of(said.get("service_code", "")).unit}


class WhereForm(StepForm):
    """Where, in which languages, and what is right for them."""

    heading, picture = _("Where, and what matters to you?"), "language"

    place = forms.CharField(
        label=_("Where should it be?"),
        help_text=_("A part of town is enough. Do not give anybody’s address."),
        max_length=200,
        error_messages={"required": _("Say where it should be.")},
    )
    languages = WordsField(
        label=_("Which languages should they speak?"),
        help_text=_("With commas between them. Leave it empty if English is fine."),
        required=False,
    )
    culture_words = forms.CharField(
        label=_("What else should they know or do?"),
        help_text=_("For example food, faith, or that it should be a woman. Use the words you like."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def usual(self, about: About, said: dict[str, Any]) -> dict[str, Any]:
        """Begin with the cluster's own part of town."""
        return {"place": about.area}


class WhenForm(StepForm):
    """From when until when, and how long offers may come."""

    heading, picture = _("When?"), "calendar"

    offers_by_date = day_field(
        _("Until when can offers come?"),
        hint=_("The last day. Two weeks is usual."),
        missing=_("Say until when offers can come."),
    )
    start_date = day_field(_("On which day should it start?"), missing=_("Say on which day it should start."))
    last_date = day_field(
        _("What is the last day?"), hint=_("At most two years."), missing=_("Say the last day.")
    )

    def usual(self, about: About, said: dict[str, Any]) -> dict[str, Any]:
        """Take offers for two weeks."""
        return {"offers_by_date": about.today + USUALLY_OPEN}

    def clean(self) -> dict[str, Any]:
        """Hold that the days follow each other."""
        cleaned = super().clean()
        offers_by, start, last = (cleaned.get(name) for name in ("offers_by_date", "start_date", "last_date"))
        if offers_by and offers_by < self.about.today:
            self.add_error("offers_by_date", _("That day is over. Choose a later day."))
        if offers_by and start and start <= offers_by:
            self.add_error("start_date", _("It can start only after the last day for offers."))
        if start and last and last < start:
            self.add_error("last_date", _("It ends before it starts. Check the two days."))
        return cleaned


STEPS: dict[str, type[StepForm]] = {
    "what": WhatForm,
    "how-much": HowMuchForm,
    "where": WhereForm,
    "when": WhenForm,
}


class SendForm(forms.Form):
    """The last look before a call is sent: that a word which is also a part of a name means nobody."""

    names_nobody = forms.BooleanField(
        required=True, error_messages={"required": _("Say that it means nobody, or change the words.")}
    )

    def __init__(self, *args: Any, parts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts:
            said = reduce(_both, [f"“{part.capitalize()}”" for part in parts])
            self.fields["names_nobody"].label = gettext("%(words)s in our words means nobody of us") % {
                "words": said
            }
        else:
            del self.fields["names_nobody"]


def _both(these: str, that: str) -> str:
    return gettext("%(these)s and %(that)s") % {"these": these, "that": that}


class ReasonForm(forms.Form):
    """Why nothing that was offered suits."""

    reason = forms.CharField(
        label=_("What was missing?"),
        help_text=_("The council and the providers read this. Name nobody."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what was missing. The council can then look for somebody.")},
    )


class ReviewForm(forms.Form):
    """What a member thinks of a provider."""

    stars = forms.TypedChoiceField(
        label=_("How good is it?"),
        choices=[
            (5, _("5: very good")),
            (4, _("4: good")),
            (3, _("3: all right")),
            (2, _("2: not so good")),
            (1, _("1: bad")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 5.")},
    )
    words = forms.CharField(
        label=_("What should others know?"),
        help_text=_("Name nobody. Others read this without your name."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


def terms_of(said: dict[str, Any]) -> CallTerms:
    """Put what all steps said into the terms of a call."""
    return CallTerms(
        title=said["title"],
        words=said["words"],
        service_code=said["service_code"],
        unit=said["unit"],
        weekly_units=said["weekly_units"],
        place=said["place"],
        languages=tuple(said["languages"]),
        culture_words=said["culture_words"],
        start_date=said["start_date"],
        end_date=said["last_date"] + timedelta(days=1),
        offers_by_date=said["offers_by_date"],
    )
