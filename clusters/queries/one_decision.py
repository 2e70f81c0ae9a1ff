"""What a page about one decision shows: to somebody on its roll, to other members, and to staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.models import (
    Ballot,
    CountsAs,
    Decision,
    DecisionState,
    MembershipState,
    Method,
    Option,
    RollEntry,
)
from clusters.queries.decisions import newest_ballots, reasons_against
from clusters.queries.meaning import Fact, what_it_means
from clusters.rules import may_show_counts
from people.models import Person
from people.rules.words import moment_words

HOW_IT_IS_COUNTED = {
    Method.CONSENT: _("It is agreed if nobody says no with a reason."),
    Method.MAJORITY: _("It is agreed if more of you say yes than no."),
    Method.TWO_THIRDS: _("It is agreed if at least two of every three who say yes or no say yes."),
    Method.UNANIMITY: _("It is agreed if everybody who pays says yes."),
    Method.APPROVAL: _("You can choose as many as you like. The one that most people choose wins."),
}


@dataclass(frozen=True, kw_only=True)
class AnswerShown:
    """One answer on the page: how it is put, and what it would mean for whoever looks."""

    option: Option
    facts: Sequence[Fact]

    @property
    def value(self) -> str:
        """What choosing it sends."""
        return str(self.option.pk)

    @property
    def label(self) -> str:
        """The answer in a word or two."""
        return self.option.label_words

    @property
    def picture(self) -> str:
        """The picture beside it."""
        return self.option.picture

    @property
    def meaning(self) -> str:
        """What it means, whoever looks."""
        return self.option.meaning_words

    @property
    def prompt(self) -> str:
        """What to think about."""
        return self.option.prompt_words

    @property
    def is_gone(self) -> bool:
        """Whether it was taken back."""
        return self.option.withdrawn_at is not None


@dataclass(frozen=True, kw_only=True)
class DecisionPage:
    """
    One decision as somebody sees it at a moment.

    `entry`: their place on the roll (none: they have no vote). `ballot`: what they voted last. `voted` of `roll`
    have voted; both are only to be shown where `counts_shown`. Once it is over: the `reasons` against it without names,
    and in an open vote, for those on the roll, the `names` with what each said.
    """

    decision: Decision
    answers: list[AnswerShown]
    entry: RollEntry | None
    ballot: Ballot | None
    voted: int
    roll: int
    at: datetime
    reasons: Sequence[str] = ()
    names: Sequence[tuple[str, str]] = ()

    @property
    def closes_words(self) -> str:
        """Say when voting ends."""
        return moment_words(timezone.localtime(self.decision.closes_at))

    @property
    def is_open(self) -> bool:
        """Whether one can vote at this moment."""
        return self.decision.state == DecisionState.OPEN and self.at < self.decision.closes_at

    @property
    def is_being_counted(self) -> bool:
        """Whether voting is over and the result still to come."""
        return self.decision.state == DecisionState.OPEN and self.at >= self.decision.closes_at

    @property
    def explained(self) -> list[AnswerShown]:
        """Give the answers of which there is something to say: what they mean, in general or for whoever looks."""
        said = [answer for answer in self.answers if answer.meaning or answer.facts or answer.is_gone]
        is_worth_it = any(answer.option.counts_as != CountsAs.UNSURE for answer in said)
        return said if is_worth_it else []

    @property
    def is_leaving(self) -> bool:
        """Whether they were on the roll and have no say in this any more, because they leave."""
        if self.entry is None:
            return False
        state = self.entry.membership.state
        return state == MembershipState.LEFT or (
            self.decision.is_about_money and state == MembershipState.ON_NOTICE
        )

    @property
    def can_vote(self) -> bool:
        """Whether the buttons are there."""
        return self.is_open and self.entry is not None and not self.is_leaving

    @property
    def is_among_options(self) -> bool:
        """Whether any number of answers can be chosen."""
        return self.decision.method == Method.APPROVAL

    @property
    def chosen(self) -> list[str]:
        """What they chose last."""
        return [str(option) for option in self.ballot.option_ids] if self.ballot else []

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Give the answers that can be chosen, as big buttons; what they mean stands above them."""
        return [
            {"value": answer.value, "label": answer.label, "picture": answer.picture}
            for answer in self.answers
            if not answer.is_gone
        ]

    @property
    def seen(self) -> int:
        """The number of their last ballot, which a page sends back so that an old one undoes nothing."""
        return self.ballot.number if self.ballot else 0

    @property
    def chosen_words(self) -> str:
        """Say what they chose last."""
        return ", ".join(answer.label for answer in self.answers if answer.value in self.chosen)

    @property
    def counts_shown(self) -> bool:
        """Whether figures tell nothing of who voted how."""
        return may_show_counts(is_secret=self.decision.is_secret, roll=self.roll)

    @property
    def how_it_is_counted(self) -> str:
        """Say how the answers are counted, and how many must vote."""
        needed = -(-self.roll * self.decision.quorum_votes // self.decision.quorum_of)
        enough = gettext("At least %(needed)s of %(roll)s have to vote.")
        counted = HOW_IT_IS_COUNTED[Method(self.decision.method)]
        return f"{counted} {enough % {'needed': needed, 'roll': self.roll}}"

    @property
    def tally(self) -> list[tuple[str, int]]:
        """Give how many chose each answer, once it is counted."""
        counts = self.decision.shown_counts or {}
        return [(answer.label, counts.get("for_choice", {}).get(answer.value, 0)) for answer in self.answers]


def decision_page(*, decision: Decision, person: Person | None, at: datetime) -> DecisionPage:
    """
    Give a decision as a person sees it at a moment; without a person as staff see it, who see nobody's vote.

    Its options are read with it. What the answers would mean is looked up only while it is open.
    """
    roll = list(decision.roll.select_related("membership__person").order_by("membership__person__name", "pk"))
    entry = next((one for one in roll if person is not None and one.membership.person_id == person.pk), None)
    ballots = newest_ballots(decision)
    is_over = decision.state != DecisionState.OPEN
    facts = what_it_means(decision, person) if person and entry and not is_over else {}
    page = DecisionPage(
        decision=decision,
        answers=[
            AnswerShown(option=option, facts=facts.get(option.pk, [])) for option in decision.options.all()
        ],
        entry=entry,
        ballot=ballots.get(entry.pk) if entry else None,
        voted=len(ballots),
        roll=len(roll),
        at=at,
    )
    if not is_over or person is None:
        return page
    return replace(
        page,
        reasons=reasons_against(decision, ballots.values()) if page.counts_shown else [],
        names=_names(decision, roll, ballots) if entry else [],
    )


def _names(
    decision: Decision, roll: Sequence[RollEntry], ballots: Mapping[UUID, Ballot]
) -> list[tuple[str, str]]:
    """Give who voted how in an open vote, by name; nobody in a secret one or one that was taken back."""
    if decision.is_secret or decision.state == DecisionState.STOPPED:
        return []
    labels = {option.pk: option.label_words for option in decision.options.all()}
    return [(entry.membership.person.name, _said(ballots.get(entry.pk), labels)) for entry in roll]


def _said(ballot: Ballot | None, labels: Mapping[UUID, str]) -> str:
    """Say what a ballot chose."""
    return ", ".join(labels[option] for option in ballot.option_ids) if ballot else gettext("Did not vote")
