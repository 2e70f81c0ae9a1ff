"""Writing the agreement: one question a page, each with a plain choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from clusters.models import Method, SharingRule, WhenAway
from clusters.rules.kinds import KINDS, words_for

LONGEST_WORDS = 1500
LONGEST_NOTICE, LONGEST_VOTE, LARGEST_RESERVE = 28, 28, 50
NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3"}
SAID_YES = [(value, label) for value, label in Method.choices if value != Method.APPROVAL]
QUORUMS = {"1-3": "A third of us", "1-2": "Half of us", "2-3": "Two thirds of us", "1-1": "All of us"}


def _words(label: str, help_text: str, *, needed: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=bool(needed),
        error_messages={"required": needed} if needed else None,
    )


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. You can change it later, as long as nobody has signed."},
    )


def _number(label: str, help_text: str, *, least: int, most: int) -> forms.IntegerField:
    wrong = f"Write a number from {least} to {most}."
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
        "In your own words", "This is the first line of what you agree.", needed="Write a sentence or two."
    )


class ServicesForm(AnswersForm):
    """Which services they would like to buy together."""

    services = forms.MultipleChoiceField(
        label="What you would buy together",
        help_text="Choose all that fit.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(
        label="Something else",
        help_text="A few words, if it is not in the list.",
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, said: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = {kind.code: kind.words for kind in KINDS}
        services = self.fields["services"]
        assert isinstance(services, forms.MultipleChoiceField)
        services.choices = list(
            (usual | {code: words_for(code) for code in said.get("services", [])}).items()
        )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("services") and not cleaned.get("other"):
            self.add_error("services", "Choose at least one thing that you would buy together.")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """Give the services, what was written in their own words among them."""
        other = " ".join(self.cleaned_data["other"].split())
        chosen = self.cleaned_data["services"]
        return {"services": [*chosen, other] if other and other not in chosen else chosen}


class ShareForm(AnswersForm):
    """How one service is shared."""

    rule = _choice("How do you share it?", SharingRule.choices)


class HolidayForm(AnswersForm):
    """Who pays while somebody is on holiday."""

    on_holiday = _choice("Who pays their part?", WhenAway.choices)


class IllnessForm(AnswersForm):
    """Who pays while somebody is ill."""

    on_illness = _choice("Who pays their part?", WhenAway.choices)


class LeavingForm(AnswersForm):
    """How long somebody who leaves stays, and what else matters then."""

    notice_days = _number(
        "How many days they stay after they say so",
        f"From 0 to {LONGEST_NOTICE}. With 0 they can leave the same day.",
        least=0,
        most=LONGEST_NOTICE,
    )
    leaving_words = _words("Anything else about leaving", "You can leave this empty.")


class JoiningForm(AnswersForm):
    """When somebody new can join."""

    admit_method = _choice("When can somebody new join?", SAID_YES)
    joining_words = _words("Anything else about joining", "You can leave this empty.")


class UnhappyForm(AnswersForm):
    """What they do when somebody is unhappy."""

    unhappy_words = _words(
        "What you do then",
        "For instance: whom they can talk to, and how soon you meet.",
        needed="Write what you do then. Somebody who is unhappy will look for it here.",
    )


class MoneyForm(AnswersForm):
    """How they decide about money."""

    money_method = _choice("When is a choice about money agreed?", SAID_YES)


class ChangeForm(AnswersForm):
    """How they decide to change the agreement."""

    change_method = _choice("When is a change of the agreement agreed?", SAID_YES)


class VotingForm(AnswersForm):
    """How many have to vote, how long there is, and whether a vote is secret."""

    quorum = _choice("How many have to vote, so that it counts?", list(QUORUMS.items()))
    voting_days = _number(
        "How many days there are to vote",
        f"From 1 to {LONGEST_VOTE}. Most choose 7.",
        least=1,
        most=LONGEST_VOTE,
    )
    is_secret = forms.TypedChoiceField(
        label="Can you see how somebody voted?",
        choices=[("no", "Yes, we tell each other"), ("yes", "No, a vote is secret")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
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
        "Pounds in every 100 that stay free",
        f"From 0 to {LARGEST_RESERVE}. With 0 you keep no reserve.",
        least=0,
        most=LARGEST_RESERVE,
    )


class SurplusForm(AnswersForm):
    """What becomes of what is left over."""

    surplus_words = _words(
        "What you do with it",
        "For instance: keep it for next year, or give it back to each.",
        needed="Write what you do with it.",
    )


@dataclass(frozen=True)
class AgreementStep:
    """
    One page of writing the agreement: its place in the address, its question, its form and what it answers.

    `example`: which worked example stands on it, if any. `code`: the service that it is about, if any.
    """

    key: str
    title: str
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
    AgreementStep("words", "What do you do together?", WordsForm, "talk", ("words",)),
    AgreementStep("services", "What would you buy together?", ServicesForm, "handshake", ("services",)),
)
AFTER = (
    AgreementStep("holiday", "When somebody is on holiday", HolidayForm, "calendar", ("on_holiday",), "away"),
    AgreementStep("illness", "When somebody is ill", IllnessForm, "person", ("on_illness",), "away"),
    AgreementStep("leaving", "When somebody leaves", LeavingForm, "door", ("notice_days",)),
    AgreementStep(
        "joining", "When somebody new would like to join", JoiningForm, "people", ("admit_method",)
    ),
    AgreementStep("unhappy", "When somebody is unhappy", UnhappyForm, "talk", ("unhappy_words",)),
    AgreementStep("money", "How you decide about money", MoneyForm, "money", ("money_method",)),
    AgreementStep("change", "How you change this agreement", ChangeForm, "pen", ("change_method",)),
    AgreementStep("voting", "How you vote", VotingForm, "yes", ("quorum_votes", "voting_days", "is_secret")),
    AgreementStep("reserve", "What you keep in reserve", ReserveForm, "pool", ("reserve_percent",)),
    AgreementStep("surplus", "When something is left over", SurplusForm, "money", ("surplus_words",)),
)


def steps_of(said: Mapping[str, Any]) -> list[AgreementStep]:
    """Give the pages of a draft in order: one for each service that was chosen among them."""
    services = [
        AgreementStep(
            f"share-{number}",
            f"{words_for(code)}: how do you share it?",
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
