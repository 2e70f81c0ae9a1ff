"""The questions of deciding together: a vote, a question to put to the others, and a ballot as staff read it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.models import BallotChannel, CountsAs, Decision, DecisionKind, Membership, Method, Option

LONGEST_REASON = 1000
LONGEST_QUESTION = 300


class VoteForm(forms.Form):
    """
    A vote: the answer or answers, why not where that matters, and, for a helper, how the person told them.

    The answers are chosen on the page of the decision; what else has to be said is asked on a page of its own.
    `seen`: how many votes of theirs the page knew of, so that an old page undoes no newer one.
    """

    choice = forms.MultipleChoiceField(
        label=_("Which of these could work for us?"),
        help_text=_("Choose as many as you like."),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Choose an answer first.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    support = forms.CharField(
        label=_("How did they tell you?"),
        help_text=_("For example: she said it, he pointed at a picture, we talked about it on the phone."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_(
            "You need not say why. If you do, the others read it without your name, and your no stops this."
        ),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(
        self, *args: Any, decision: Decision, chosen: Sequence[str], helped: str, **more: Any
    ) -> None:
        """`chosen`: the answers so far; `helped`: whom a helper votes for, and nothing where it is one's own vote."""
        super().__init__(*args, **more)
        self.initial["choice"] = list(chosen)
        options = list(decision.options.all())
        self.labels = {str(option.pk): option.label_words for option in options}
        self._put_answers(options, is_among=decision.method == Method.APPROVAL and not chosen)
        noes = {str(option.pk) for option in options if option.counts_as == CountsAs.NO}
        if decision.method != Method.CONSENT or not noes & set(chosen):
            del self.fields["reason"]
        if helped:
            support = self.fields["support"]
            support.label = gettext("How did %(name)s tell you?") % {"name": helped}
            support.error_messages["required"] = gettext("Say how %(name)s told you what they want.") % {
                "name": helped
            }
        if not helped or not chosen:
            del self.fields["support"]

    def _put_answers(self, options: Sequence[Option], *, is_among: bool) -> None:
        """Offer the answers: hidden once they are chosen by a button, as boxes to tick where it can be several."""
        choice = self.fields["choice"]
        assert isinstance(choice, forms.MultipleChoiceField)
        if is_among:
            choice.widget = forms.CheckboxSelectMultiple()
        standing = [option for option in options if option.withdrawn_at is None or not is_among]
        choice.choices = [(str(option.pk), option.label_words) for option in standing]

    @property
    def chosen_words(self) -> str:
        """Say what is chosen so far."""
        return ", ".join(label for value, label in self.labels.items() if value in self.initial["choice"])

    @property
    def can_be_sent(self) -> bool:
        """Whether there is anything on its page to send: an answer that was chosen, or boxes to tick."""
        return bool(self.chosen_words or not self.fields["choice"].widget.is_hidden)

    @property
    def asks_more(self) -> bool:
        """Whether something has to be asked besides the answer."""
        return bool({"reason", "support"} & set(self.fields))


SIMPLE_KINDS = {
    DecisionKind.REMOVE: _("Ask somebody to leave"),
    DecisionKind.WIND_DOWN: _("Close our cluster"),
}


class WhatToDecideForm(forms.Form):
    """First: what it is about."""

    kind = forms.ChoiceField(
        label=_("What should we decide?"),
        choices=[(kind.value, words) for kind, words in SIMPLE_KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is about.")},
    )


class QuestionForm(forms.Form):
    """Second: the question and why, in the member's own words; and who, where it is about somebody."""

    member = forms.ModelChoiceField(
        queryset=Membership.objects.none(),
        label=_("Who?"),
        help_text=_("They are told that you ask this, and why."),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Say who it is about.")},
    )
    question = forms.CharField(
        label=_("Your question to the others"),
        help_text=_("One that can be answered with yes or no."),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Write down your question.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("The others read this before they vote."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why, so that the others can think about it.")},
    )

    def __init__(self, *args: Any, kind: str, others: Sequence[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        if kind != DecisionKind.REMOVE:
            del self.fields["member"]
            return
        member = self.fields["member"]
        assert isinstance(member, forms.ModelChoiceField)
        member.queryset = Membership.objects.filter(pk__in=[other.pk for other in others]).select_related(
            "person"
        )
        member.label_from_instance = _name_of  # type: ignore[assignment, method-assign]


class PaperBallotForm(forms.Form):
    """A ballot as a member of staff reads it, without knowing what a colleague read."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[
            (channel.value, channel.label)
            for channel in (BallotChannel.PAPER, BallotChannel.PHONE, BallotChannel.MEETING)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it came.")},
    )
    choice = forms.MultipleChoiceField(
        label=_("What does it say?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it says.")},
    )
    reason = forms.CharField(
        label=_("The reason it gives, word for word"),
        help_text=_("Leave this empty if it gives none."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    support = forms.CharField(
        label=_("Who helped, and how"),
        help_text=_("Leave this empty if nobody did."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, options: Sequence[Option], is_among_options: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (str(option.pk), option.label_words) for option in options if option.withdrawn_at is None
        ]
        if is_among_options:
            choice.help_text = gettext("As many as it names.")


def _name_of(member: Membership) -> str:
    return member.person.name
