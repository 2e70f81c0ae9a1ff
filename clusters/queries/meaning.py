"""What each answer to a question would mean for one person, in pounds and hours."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clusters.models import CountsAs, Decision, DecisionKind, Option
from clusters.queries.agreement import agreement_in_force
from clusters.queries.money import InPool, money_of
from ledger.pennies import in_pounds
from people.models import Person


class Fact(NamedTuple):
    """One thing an answer would mean: in words, and the figure."""

    words: str
    figure: str


Facts = Mapping[UUID, Sequence[Fact]]
Reader = Callable[[Decision, Person], Facts]


def what_it_means(decision: Decision, person: Person) -> Facts:
    """
    Give by option what it would mean for this person; nothing is said of an option nothing is known about.

    What contracts and offers would mean is known further up: the setting WHAT_DECISIONS_MEAN names, by kind, a reader
    that takes the decision and the person. The rest is said here.
    """
    name = settings.WHAT_DECISIONS_MEAN.get(decision.kind)
    reader: Reader | None = import_string(name) if name else _HERE.get(decision.kind)
    return reader(decision, person) if reader else {}


def _who_joins(decision: Decision, person: Person) -> Facts:
    """One more member, the same money of one's own."""
    return _members_then(decision, person, more=1)


def _who_leaves(decision: Decision, person: Person) -> Facts:
    """One member fewer, the same money of one's own."""
    return _members_then(decision, person, more=-1)


def _members_then(decision: Decision, person: Person, *, more: int) -> Facts:
    now, mine = decision.cluster.memberships.in_the_pool().count(), _mine(decision, person)
    stays = Fact(
        _("Your money in the pool"), _("%(pounds)s, as now") % {"pounds": in_pounds(mine.left_pence)}
    )
    return {
        option.pk: [Fact(_("Members then"), str(now + more * (option.counts_as == CountsAs.YES))), stays]
        for option in _yes_and_no(decision)
    }


def _reserve(decision: Decision, person: Person) -> Facts:
    """What is kept back of one's own could be spent, or stays kept back."""
    agreement, mine = agreement_in_force(cluster=decision.cluster), _mine(decision, person)
    percent = agreement.reserve_percent if agreement else 0
    kept = in_pounds(min(mine.share_pence, mine.pledged_pence * percent // 100))
    words = {
        CountsAs.YES: _("Of yours, this much more could be spent"),
        CountsAs.NO: _("Of yours, this much stays kept back"),
    }
    return {option.pk: [Fact(words[CountsAs(option.counts_as)], kept)] for option in _yes_and_no(decision)}


def _closing(decision: Decision, person: Person) -> Facts:
    """What is free goes home; what is promised follows when the last bills are paid."""
    mine = _mine(decision, person)
    going = [Fact(_("Back to your own budget at once"), in_pounds(mine.share_pence))]
    if mine.committed_pence:
        words = _("Kept until the last bills are paid; what is left then comes back")
        going.append(Fact(words, in_pounds(mine.committed_pence)))
    stays = [Fact(_("Stays in the pool and stays yours"), in_pounds(mine.left_pence))]
    return {
        option.pk: going if option.counts_as == CountsAs.YES else stays for option in _yes_and_no(decision)
    }


_HERE: dict[str, Reader] = {
    DecisionKind.ADMIT: _who_joins,
    DecisionKind.REMOVE: _who_leaves,
    DecisionKind.SPEND_RESERVE: _reserve,
    DecisionKind.WIND_DOWN: _closing,
}


def _yes_and_no(decision: Decision) -> list[Option]:
    return [option for option in decision.options.all() if option.counts_as in (CountsAs.YES, CountsAs.NO)]


def _mine(decision: Decision, person: Person) -> InPool:
    """Give where this person's money stands in the pool, all streams together."""
    on_roll = decision.cluster.memberships.filter(person=person, roll_entries__decision=decision)
    parts = [part for each in money_of(memberships=list(on_roll)).values() for part in each]
    return InPool(
        stream_code="",
        pledged_pence=sum(part.pledged_pence for part in parts),
        share_pence=sum(part.share_pence for part in parts),
        committed_pence=sum(part.committed_pence for part in parts),
    )
