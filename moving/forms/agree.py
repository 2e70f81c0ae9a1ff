"""What is asked when somebody moves: where, when and what goes along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from moving.actions import Wishes
from moving.models import KnownCouncil

NOT_A_DAY = _("Write a day, like 2026-05-04.")
ASSESSMENTS, REVIEWS = "assessments", "reviews"


class AgreeForm(forms.Form):
    """Where to, from which day, and what goes along. A professional says what it rests on."""

    to = forms.ModelChoiceField(
        label=_("Which council do you move to?"),
        queryset=KnownCouncil.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the council.")},
    )
    moved_date = DayField(
        label=_("From which day do you live there?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )
    along = forms.MultipleChoiceField(
        label=_("What else may we send along?"),
        help_text=_(
            "You choose. What you send along, you need not tell again. What you leave out stays with us."
        ),
        choices=[
            (ASSESSMENTS, _("Assessments: every question, your answers and ours")),
            (REVIEWS, _("Reviews: what we found each time we looked at your plan again")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, councils: list[KnownCouncil], is_led: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = KnownCouncil.objects.filter(pk__in=[one.pk for one in councils]).order_by("name")
        if is_led:
            self.fields["words"] = forms.CharField(
                label=_("What does their agreement rest on?"),
                help_text=_("Such as their word to you and its date."),
                max_length=1_000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Say what their agreement rests on.")},
            )

    def wishes(self) -> Wishes:
        """Give what was chosen."""
        said = self.cleaned_data
        return Wishes(
            to=said["to"],
            moved_date=said["moved_date"],
            with_assessments=ASSESSMENTS in said["along"],
            with_reviews=REVIEWS in said["along"],
            words=said.get("words", ""),
        )
