"""What a decision about a contract would mean for one member, in pounds and hours, answer by answer."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clusters.models import Agreement, CountsAs, Decision, Membership, SharingRule, SharingTerm
from clusters.queries.meaning import Fact, Facts
from commissioning.models import Call, Contract, OfferStep
from commissioning.rules import rate_at
from commissioning.rules.price import alone_pence, price_words, share_of
from ledger.models import Account, AccountKind
from ledger.pennies import in_pounds, line_pence
from people.models import Person
from people.rules.words import day_words
from providers.rules import amount_words


def offers_for_me(decision: Decision, person: Person) -> Facts:
    """Say of each offer what a week of it would cost this member, and how much there is of it; three queries."""
    steps = _steps_by_offer(decision)
    calls = [step.offer.call for of_one in steps.values() for step in of_one]
    if not calls:
        return {}
    rule, weights, me = _sharing(calls[0], person)
    facts: dict[UUID, list[Fact]] = {}
    for option in decision.options.all():
        if option.offer_id in steps:
            facts[option.pk] = _of_offer(calls[0], steps[option.offer_id], rule=rule, weights=weights, me=me)
        elif option.counts_as == CountsAs.NO:
            facts[option.pk] = [Fact(_("Your part"), _a_week(0))]
    return facts


def end_for_me(decision: Decision, person: Person) -> Facts:
    """Say what of this member's money is promised to the contract, and until when; two queries."""
    contract = _contract(decision)
    if contract is None:
        return {}
    promised = in_pounds(_promised(contract, person))
    return {
        option.pk: [
            Fact(_("Of yours, promised to it now"), promised),
            Fact(_("It ends"), _("Early; what it has not used comes back to your share"))
            if option.counts_as == CountsAs.YES
            else Fact(_("Its last day"), day_words(contract.last_date)),
        ]
        for option in decision.options.all()
        if option.counts_as in (CountsAs.YES, CountsAs.NO)
    }


def change_for_me(decision: Decision, person: Person) -> Facts:
    """Say what a week costs all together before and after, and what of this member's money is promised; two queries."""
    new = _contract(decision)
    if new is None or new.replaces is None:
        return {}
    promised = Fact(_("Of yours, promised to it now"), in_pounds(_promised(new.replaces, person)))
    costs = {CountsAs.YES: new, CountsAs.NO: new.replaces}
    return {
        option.pk: [
            Fact(_("It costs all of us"), _a_week(costs[CountsAs(option.counts_as)].weekly_pence)),
            promised,
        ]
        for option in decision.options.all()
        if option.counts_as in costs
    }


def _steps_by_offer(decision: Decision) -> dict[UUID | None, list[OfferStep]]:
    """Give the prices of every offer that is put to the vote."""
    offers = [option.offer_id for option in decision.options.all() if option.offer_id]
    found: dict[UUID | None, list[OfferStep]] = defaultdict(list)
    for step in OfferStep.objects.filter(offer__in=offers).select_related("offer__call"):
        found[step.offer_id].append(step)
    return dict(found)


def _of_offer(
    call: Call, steps: list[OfferStep], *, rule: SharingRule, weights: list[int], me: int | None
) -> list[Fact]:
    """Say what one offer would mean for the member at that place among the weights."""
    rate = rate_at(
        [(step.from_weekly_units, step.unit_rate_pence) for step in steps], weekly_units=call.weekly_units
    )
    facts = [
        Fact(
            _("How much of it"),
            _("%(amount)s a week, together") % {"amount": amount_words(call.weekly_units, call.unit)},
        )
    ]
    if rule == SharingRule.BY_USE or me is None or not sum(weights):
        return [
            *facts,
            Fact(_("Your part"), _("%(price)s Only what you use") % {"price": price_words(rate, call.unit)}),
        ]
    mine = share_of(line_pence(call.weekly_units, rate), weights, me)
    facts.append(Fact(_("Your part"), _a_week(mine)))
    alone = alone_pence(call.weekly_units, steps[0].offer.alone_rate_pence, rule=rule)
    if alone is not None:
        facts.append(Fact(_("Buying as much alone"), _a_week(alone)))
    return facts


def _a_week(pence: int) -> str:
    return _("%(pounds)s a week") % {"pounds": in_pounds(pence)}


def _sharing(call: Call, person: Person) -> tuple[SharingRule, list[int], int | None]:
    """Give how the cluster shares this service, with which weights, and this member's place among them."""
    signed = Agreement.objects.filter(cluster=call.cluster_id, signed_date__isnull=False)
    in_force = signed.order_by("-version").values("pk")[:1]
    term = SharingTerm.objects.filter(
        agreement__in=in_force, service_code=call.service_code, contract_ref=""
    ).first()
    rule = SharingRule(term.rule) if term else SharingRule.BY_USE
    members = Membership.objects.with_a_say() | Membership.objects.in_the_pool()
    rows = list(
        members.filter(cluster=call.cluster_id)
        .annotate(put_in=Coalesce(Sum("pledges__amount_pence"), 0))
        .order_by("ref")
        .values_list("person", "put_in")
    )
    people = [row[0] for row in rows]
    weights = [put_in if rule == SharingRule.BY_PLEDGE else 1 for _, put_in in rows]
    return rule, weights, people.index(person.pk) if person.pk in people else None


def _contract(decision: Decision) -> Contract | None:
    """Give the contract a decision is about."""
    if decision.subject_id is None:
        return None
    return Contract.objects.select_related("replaces").filter(pk=decision.subject_id).first()


def _promised(contract: Contract, person: Person) -> int:
    """Give what of this person's money is promised to a contract, in pence."""
    mine = Membership.objects.filter(cluster=contract.cluster_id, person=person).values("pk")
    held = Account.objects.filter(kind=AccountKind.COMMITTED, owner_id__in=mine, earmark_id=contract.pk)
    pence: int = held.aggregate(pence=Coalesce(Sum("balance_pence"), 0))["pence"]
    return pence
