"""Who may act for a person, in what, and for how long?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from people.actions import Terms
from people.actions.authority import BY_OWN_WORD, FOR_YOU
from people.models import AuthorityKind, CapacityRecord, Scope

DAY = {"type": "date", "class": "govuk-input--width-10"}
NO_ADDRESS = _("Write their e-mail address, like name@example.org.")
NO_SCOPE = _("Choose at least one thing that they may do.")
NOT_A_DAY = _("Write a day, like 2026-05-04.")
NOT_BECAUSE = "no"


class GiveForm(forms.Form):
    """Name a helper, and say what they may do, from when until when, and on what footing."""

    name = forms.CharField(
        label=_("What is their name?"), max_length=200, error_messages={"required": _("Write their name.")}
    )
    email = forms.EmailField(
        label=_("What is their e-mail address?"),
        help_text=_(
            "They sign in with it. Check it with them: whoever has this address can see what you choose below."
        ),
        max_length=254,
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )
    kind = forms.ChoiceField(
        label=_("Who are they to you?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may they do?"),
        help_text=_("With any of these but the letters, they can also see your money and your plan."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_SCOPE, "invalid_choice": NO_SCOPE},
    )
    start_date = DayField(
        label=_("From which day?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )
    last_date = DayField(
        label=_("Until which day?"),
        help_text=_("The last day. Leave it empty if it should go on until somebody ends it."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": NOT_A_DAY},
    )
    evidence = forms.CharField(
        label=_("What does it rest on?"),
        help_text=_("Such as a court order and its date, or their own word to you and its date."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what it rests on.")},
    )

    capacity = forms.ChoiceField(
        label=_("Do they act because the person cannot decide this themselves now?"),
        help_text=_(
            "Always for an authorised person. An attorney or deputy: say because of which record, or that the paper "
            "holds either way."
        ),
        widget=forms.RadioSelect,
        initial=NOT_BECAUSE,
        error_messages={
            "required": _("Choose one."),
            "invalid_choice": _("That does not stand any more. Choose again."),
        },
    )

    def __init__(
        self, *args: Any, is_own: bool, today: date, lacks: Sequence[CapacityRecord] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lacks = {str(one.pk): one for one in lacks}
        self._is_own = is_own
        kind, scopes = self.fields["kind"], self.fields["scopes"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(scopes, forms.MultipleChoiceField)
        self.fields["start_date"].initial = today
        kind.choices = [(one.value, one.label) for one in (BY_OWN_WORD if is_own else AuthorityKind)]
        scopes.choices = [(one.value, self._said(one)) for one in Scope]
        capacity = self.fields["capacity"]
        assert isinstance(capacity, forms.ChoiceField)
        capacity.choices = [
            (NOT_BECAUSE, gettext("No")),
            *((key, gettext("Yes: %s") % one) for key, one in self._lacks.items()),
        ]
        if is_own or not lacks:
            del self.fields["capacity"]
        if is_own:
            del self.fields["evidence"]
        else:
            kind.label = gettext("On what footing do they act?")
            scopes.help_text = gettext(
                "With any of these but the letters, they can also see the money and the plan."
            )
            self.fields["email"].help_text = gettext("They sign in with it. Check it with them.")

    def terms(self) -> Terms:
        """Give how they may act; the end is the day after the last one."""
        said = self.cleaned_data
        last = said["last_date"]
        return Terms(
            kind=AuthorityKind(said["kind"]),
            scopes=[Scope(scope) for scope in said["scopes"]],
            start_date=said["start_date"],
            end_date=last + timedelta(days=1) if last else None,
            evidence=said.get("evidence", ""),
            capacity=self._lacks.get(said.get("capacity", "")),
        )

    def answers(self) -> list[tuple[str, str | date]]:
        """Give what was answered, as it is read back before it is sent."""
        said, terms = self.cleaned_data, self.terms()
        rows: list[tuple[str, str | date]] = [
            (gettext("Name"), said["name"]),
            (gettext("E-mail address"), said["email"]),
            (str(self.fields["kind"].label), str(AuthorityKind(terms.kind).label)),
            (str(self.fields["scopes"].label), "\n".join(self._said(scope) for scope in terms.in_order)),
            (gettext("First day"), terms.start_date),
            (gettext("Last day"), terms.last_date or gettext("Until somebody ends it")),
        ]
        if terms.capacity is not None:
            rows.append((gettext("Because they cannot decide this themselves"), terms.capacity.decision))
        return [*rows, (gettext("What it rests on"), terms.evidence)] if terms.evidence else rows

    def given(self) -> list[tuple[str, str]]:
        """Give every answer by the name of its field as it was sent, so that it can be sent again."""
        assert isinstance(self.data, MultiValueDict), "a form that was sent"
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]

    def _said(self, scope: Scope) -> str:
        """Say what a scope means: to the person it is about, or to their professional."""
        return str(FOR_YOU[scope]).capitalize() if self._is_own else str(scope.label)
