"""Writing the agreement: one question a page, each with a plain choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.models import Method, SharingRule, WhenAway
from plans.rules import OFFERED, words_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

LONGEST_WORDS = 1500
LONGEST_NOTICE, LONGEST_VOTE, LARGEST_RESERVE = 28, 28, 50
NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3"}
SAID_YES = [(value, label) for value, label in Method.choices if value != Method.APPROVAL]
QUORUMS = {
    "1-3": _("A third of us"),
    "1-2": _("Half of us"),
    "2-3": _("Two thirds of us"),
    "1-1": _("All of us"),
}


def _filled_in(sentence: "Words", **values: int) -> str:
    """Say a sentence with its values in the language in use, whenever that is."""
    said: str = lazy(lambda: str(sentence) % values, str)()
    return said


def _words(label: "Words", help_text: "Words", *, needed: "Words | None" = None) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=bool(needed),
        error_messages={"required": needed} if needed else None,
    )


def _choice(label: "Words", choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. You can change it later, as long as nobody has signed.")},
    )


def _number(label: "Words", help_text: str, *, least: int, most: int) -> forms.IntegerField:
    wrong = _filled_in(_("Write a number from %(least)s to %(most)s."), least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class AnswersForm(forms.Form):
    """A page of the draft: takes what was said before, and gives back answers by the draft's names."""

    def answers(self) -> dict[str, Any]:
        """Give what goes into the draft."""
        return dict(self.cleaned_data)


class WordsForm(AnswersForm):
    """What they do together, in their words."""

    words = _words(
        _("In your own words"),
        _("This is the first line of what you agree."),
        needed=_("Write a sentence or two."),
    )


class ServicesForm(AnswersForm):
    """Which services they would like to buy together."""

    services = forms.MultipleChoiceField(
        label=_("What you would buy together"),
        help_text=_("Choose all that fit."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(
        label=_("Something else"),
        help_text=_("A few words, if it is not in the list."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, said: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = {kind.code: kind.words for kind in OFFERED}
        services = self.fields["services"]
        assert isinstance(services, forms.MultipleChoiceField)
        services.choices = list(
            (usual | {code: words_for(code) for code in said.get("services", [])}).items()
        )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("services") and not cleaned.get("other"):
            self.add_error("services", _("Choose at least one thing that you would buy together."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """Give the services, what was written in their own words among them."""
        other = " ".join(self.cleaned_data["other"].split())
        chosen = self.cleaned_data["services"]
        return {"services": [*chosen, other] if other and other not in chosen else chosen}


class ShareForm(AnswersForm):
    """How one service is shared."""

    rule = _choice(_("How do you share it?"), SharingRule.choices)


class HolidayForm(AnswersForm):
    """Who pays while somebody is on holiday."""

    on_holiday = _choice(_("Who pays their part?"), WhenAway.choices)


class IllnessForm(AnswersForm):
    """Who pays while somebody is ill."""

    on_illness = _choice(_("Who pays their part?"), WhenAway.choices)


class LeavingForm(AnswersForm):
    """How long somebody who leaves stays, and what else matters then."""

    notice_days = _number(
        _("How many days they stay after they say so"),
        _filled_in(_("From 0 to %(most)s. With 0 they can leave the same day."), most=LONGEST_NOTICE),
        least=0,
        most=LONGEST_NOTICE,
    )
    leaving_words = _words(_("Anything else about leaving"), _("You can leave this empty."))


class JoiningForm(AnswersForm):
    """When somebody new can join."""

    admit_method = _choice(_("When can somebody new join?"), SAID_YES)
    joining_words = _words(_("Anything else about joining"), _("You can leave this empty."))


class UnhappyForm(AnswersForm):
    """What they do when somebody is unhappy."""

    unhappy_words = _words(
        _("What you do then"),
        _("For instance: whom they can talk to, and how soon you meet."),
        needed=_("Write what you do then. Somebody who is unhappy will look for it here."),
    )


class MoneyForm(AnswersForm):
    """How they decide about money."""

    money_method = _choice(_("When is a choice about money agreed?"), SAID_YES)


class ChangeForm(AnswersForm):
    """How they decide to change the agreement."""

    change_method = _choice(_("When is a change of the agreement agreed?"), SAID_YES)


class VotingForm(AnswersForm):
    """How many have to vote, how long there is, and whether a vote is secret."""

    quorum = _choice(_("How many have to vote, so that it counts?"), list(QUORUMS.items()))
    voting_days = _number(
        _("How many days there are to vote"),
        _filled_in(_("From 1 to %(most)s. Most choose 7."), most=LONGEST_VOTE),
        least=1,
        most=LONGEST_VOTE,
    )
    is_secret = forms.TypedChoiceField(
        label=_("Can you see how somebody voted?"),
        choices=[("no", _("Yes, we tell each other")), ("yes", _("No, a vote is secret"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        said = dict(initial or {})
        said["quorum"] = f"{said.get('quorum_votes', 1)}-{said.get('quorum_of', 2)}"
        said["is_secret"] = "yes" if said.get("is_secret") else "no"
        super().__init__(data, initial=said)

    def answers(self) -> dict[str, Any]:
        """Give the quorum as its two numbers."""
        votes, of = self.cleaned_data["quorum"].split("-")
        said = {name: self.cleaned_data[name] for name in ("voting_days", "is_secret")}
        return said | {"quorum_votes": int(votes), "quorum_of": int(of)}


class ReserveForm(AnswersForm):
    """How much stays free, whatever they buy."""

    reserve_percent = _number(
        _("Pounds in every 100 that stay free"),
        _filled_in(_("From 0 to %(most)s. With 0 you keep no reserve."), most=LARGEST_RESERVE),
        least=0,
        most=LARGEST_RESERVE,
    )


class SurplusForm(AnswersForm):
    """What becomes of what is left over."""

    surplus_words = _words(
        _("What you do with it"),
        _("For instance: keep it for next year, or give it back to each."),
        needed=_("Write what you do with it."),
    )


@dataclass(frozen=True)
class AgreementStep:
    """
    One page of writing the agreement: its place in the address, its question, its form and what it answers.

    `example`: which worked example stands on it, if any. `code`: the service that it is about, if any.
    """

    key: str
    title: str | Promise
    form: Callable[..., AnswersForm]
    picture: str
    answers: tuple[str, ...] = field(default=())
    example: str = ""
    code: str = ""

    @property
    def words(self) -> str:
        """Where its words lie, under templates/ and templates/easy/."""
        return f"clusters/agreement/words/{'share' if self.code else self.key}.html"


BEFORE = (
    AgreementStep("words", _("What do you do together?"), WordsForm, "talk", ("words",)),
    AgreementStep("services", _("What would you buy together?"), ServicesForm, "handshake", ("services",)),
)
AFTER = (
    AgreementStep(
        "holiday", _("When somebody is on holiday"), HolidayForm, "calendar", ("on_holiday",), "away"
    ),
    AgreementStep("illness", _("When somebody is ill"), IllnessForm, "person", ("on_illness",), "away"),
    AgreementStep("leaving", _("When somebody leaves"), LeavingForm, "door", ("notice_days",)),
    AgreementStep(
        "joining", _("When somebody new would like to join"), JoiningForm, "people", ("admit_method",)
    ),
    AgreementStep("unhappy", _("When somebody is unhappy"), UnhappyForm, "talk", ("unhappy_words",)),
    AgreementStep("money", _("How you decide about money"), MoneyForm, "money", ("money_method",)),
    AgreementStep("change", _("How you change this agreement"), ChangeForm, "pen", ("change_method",)),
    AgreementStep(
        "voting", _("How you vote"), VotingForm, "yes", ("quorum_votes", "voting_days", "is_secret")
    ),
    AgreementStep("reserve", _("What you keep in reserve"), ReserveForm, "pool", ("reserve_percent",)),
    AgreementStep("surplus", _("When something is left over"), SurplusForm, "money", ("surplus_words",)),
)


def steps_of(said: Mapping[str, Any]) -> list[AgreementStep]:
    """Give the pages of a draft in order: one for each service that was chosen among them."""
    services = [
        AgreementStep(
            f"share-{number}",
            gettext("%(service)s: how do you share it?") % {"service": words_for(code)},
            ShareForm,
            "handshake",
            (f"share-{code}",),
            "share",
            code,
        )
        for number, code in enumerate(said.get("services", []), start=1)
    ]
    return [*BEFORE, *services, *AFTER]


def form_of(step: AgreementStep, data: Any, said: Mapping[str, Any]) -> AnswersForm:
    """Give the form of a page, filled with what the draft says so far."""
    if step.key == "services":
        return step.form(data, initial=dict(said), said=said)
    if step.code:
        return step.form(data, initial={"rule": said.get(f"share-{step.code}")})
    return step.form(data, initial=dict(said))


def answers_from(step: AgreementStep, form: AnswersForm) -> dict[str, Any]:
    """Give what a page said, by the names of the draft."""
    return {f"share-{step.code}": form.cleaned_data["rule"]} if step.code else form.answers()


def missing_in(said: Mapping[str, Any]) -> list[AgreementStep]:
    """Give the pages that have no answer yet, in order."""
    return [step for step in steps_of(said) if any(said.get(name) in (None, "", []) for name in step.answers)]
