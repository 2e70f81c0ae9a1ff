"""An agreement in ten plain lines, and what a way of sharing would mean in pounds for one of its members."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from clusters.models import Agreement, Cluster, Membership, WhenAway
from clusters.queries.agreement import size_on
from clusters.queries.members import with_a_part
from clusters.queries.money import money_of
from clusters.rules.example import AwayExample, Example, away_example, worked_example
from plans.rules import words_for

AWAY = {
    WhenAway.PAYS_ANYWAY: gettext_lazy("They pay their part as usual."),
    WhenAway.OTHERS_COVER: gettext_lazy("The others pay their part meanwhile."),
    WhenAway.RESERVE_COVERS: gettext_lazy("The reserve pays their part meanwhile."),
}


def lines_of(agreement: Agreement) -> dict[str, str]:
    """Give what a version says, in ten plain lines by their topics. Read its `sharing_terms` beforehand for many."""
    return {
        _("What we do"): agreement.words or _("We buy care together."),
        _("How we share"): _sharing(agreement),
        _("When somebody is on holiday"): str(AWAY[WhenAway(agreement.on_holiday)]),
        _("When somebody is ill"): str(AWAY[WhenAway(agreement.on_illness)]),
        pgettext("what is agreed about it", "Leaving"): _and_words(
            _leaving(agreement), agreement.leaving_words
        ),
        pgettext("what is agreed about it", "Joining"): _and_words(
            _("Somebody new joins when: %(rule)s.")
            % {"rule": _lowered(agreement.get_admit_method_display())},
            agreement.joining_words,
        ),
        _("When somebody is unhappy"): agreement.unhappy_words or _("We talk about it together first."),
        _("How we decide"): _deciding(agreement),
        _("Our reserve"): _reserve(agreement),
        _("What is left over"): agreement.surplus_words or _("It stays with whoever put it in."),
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


def _deciding(agreement: Agreement) -> str:
    money, change = agreement.get_money_method_display(), agreement.get_change_method_display()
    at_least = _("At least %(votes)s in %(of)s have to vote.")
    is_open = ngettext(
        "A vote is open for 1 day.", "A vote is open for %(days)s days.", agreement.voting_days
    )
    return " ".join(
        [
            _("About money: %(rule)s.") % {"rule": _lowered(money)},
            _("About this agreement: %(rule)s.") % {"rule": _lowered(change)},
            at_least % {"votes": agreement.quorum_votes, "of": agreement.quorum_of},
            is_open % {"days": agreement.voting_days},
            _("Nobody sees how somebody voted.")
            if agreement.is_secret
            else _("We see how each of us voted."),
        ]
    )


def _sharing(agreement: Agreement) -> str:
    terms = sorted(agreement.sharing_terms.all(), key=lambda term: term.service_code)
    said = [f"{words_for(term.service_code)}: {_lowered(term.get_rule_display())}." for term in terms]
    return " ".join(said) or _("We have not said yet.")


def _leaving(agreement: Agreement) -> str:
    if agreement.notice_days == 0:
        return _("Anybody can leave on any day, without a vote.")
    stays = ngettext(
        "Anybody can leave without a vote. They stay for 1 day after they say so.",
        "Anybody can leave without a vote. They stay for %(days)s days after they say so.",
        agreement.notice_days,
    )
    return stays % {"days": agreement.notice_days}


def _reserve(agreement: Agreement) -> str:
    if agreement.reserve_percent == 0:
        return _("We keep no reserve.")
    kept = _("We keep %(pounds)s in every 100 pounds free, whatever we buy.")
    return kept % {"pounds": agreement.reserve_percent}


def _and_words(line: str, words: str) -> str:
    return f"{line} {words.strip()}".strip()


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
