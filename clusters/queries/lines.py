"""An agreement in ten plain lines, and what a way of sharing would mean in pounds for one of its members."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum

from clusters.models import Agreement, Cluster, Membership, WhenAway
from clusters.queries.agreement import size_on
from clusters.queries.members import with_a_part
from clusters.queries.money import money_of
from clusters.rules.example import AwayExample, Example, away_example, worked_example
from clusters.rules.kinds import words_for

AWAY = {
    WhenAway.PAYS_ANYWAY: "They pay their part as usual.",
    WhenAway.OTHERS_COVER: "The others pay their part meanwhile.",
    WhenAway.RESERVE_COVERS: "The reserve pays their part meanwhile.",
}


def lines_of(agreement: Agreement) -> dict[str, str]:
    """Give what a version says, in ten plain lines by their topics. Read its `sharing_terms` beforehand for many."""
    deciding = (
        f"About money: {_lowered(agreement.get_money_method_display())}. "
        f"About this agreement: {_lowered(agreement.get_change_method_display())}. "
        f"At least {agreement.quorum_votes} in {agreement.quorum_of} have to vote. "
        f"A vote is open for {_days(agreement.voting_days)}. "
        f"{'Nobody sees how somebody voted.' if agreement.is_secret else 'We see how each of us voted.'}"
    )
    return {
        "What we do": agreement.words or "We buy care together.",
        "How we share": _sharing(agreement),
        "When somebody is on holiday": AWAY[WhenAway(agreement.on_holiday)],
        "When somebody is ill": AWAY[WhenAway(agreement.on_illness)],
        "Leaving": _and_words(_leaving(agreement), agreement.leaving_words),
        "Joining": _and_words(
            f"Somebody new joins when: {_lowered(agreement.get_admit_method_display())}.",
            agreement.joining_words,
        ),
        "When somebody is unhappy": agreement.unhappy_words or "We talk about it together first.",
        "How we decide": deciding,
        "Our reserve": _reserve(agreement),
        "What is left over": agreement.surplus_words or "It stays with whoever put it in.",
    }


def example_for(membership: Membership, *, on: date) -> Example:
    """Work out one bill with what this member and the others put in, or said they would."""
    members = list(with_a_part(cluster=membership.cluster))
    pence = _put_in(members)
    others = [pence[member] for member in members if member != membership]
    least = size_on(council=membership.cluster.council, on=on).least_members
    return worked_example(own_pence=pence.get(membership, 0), others_pence=others, least_members=least)


def away_for(cluster: Cluster, *, on: date) -> AwayExample:
    """Work out one bill while somebody is away, for as many members as there are, or will be at least."""
    least = size_on(council=cluster.council, on=on).least_members
    return away_example(members=max(with_a_part(cluster=cluster).count(), least))


def _put_in(members: list[Membership]) -> dict[Membership, int]:
    """Give what each put in, or said they would, in pence."""
    money = money_of(memberships=members)
    proposed: Mapping[Membership, int] = {
        member: member.said_pence or 0  # type: ignore[attr-defined]
        for member in Membership.objects.filter(pk__in=[member.pk for member in members]).annotate(
            said_pence=Sum("proposed_pledges__amount_pence")
        )
    }
    return {
        member: sum(part.pledged_pence for part in money[member.pk]) or proposed.get(member, 0)
        for member in members
    }


def _sharing(agreement: Agreement) -> str:
    terms = sorted(agreement.sharing_terms.all(), key=lambda term: term.service_code)
    said = [f"{words_for(term.service_code)}: {_lowered(term.get_rule_display())}." for term in terms]
    return " ".join(said) or "We have not said yet."


def _leaving(agreement: Agreement) -> str:
    if agreement.notice_days == 0:
        return "Anybody can leave on any day, without a vote."
    return (
        f"Anybody can leave without a vote. They stay for {_days(agreement.notice_days)} after they say so."
    )


def _reserve(agreement: Agreement) -> str:
    if agreement.reserve_percent == 0:
        return "We keep no reserve."
    return f"We keep {agreement.reserve_percent} in every 100 pounds free, whatever we buy."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _and_words(line: str, words: str) -> str:
    return f"{line} {words.strip()}".strip()


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
