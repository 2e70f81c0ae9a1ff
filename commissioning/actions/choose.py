"""From what the members chose to a contract: drafted as offered, and put before the commissioners."""

from datetime import datetime
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from clusters.actions import UnableToUse, use_decision
from clusters.models import Decision, DecisionKind, SharingRule
from clusters.queries import agreement_in_force
from commissioning.actions.calls.telling import tell_of_choice
from commissioning.actions.draft import ContractTerms, ServiceTerms, shared_as_used, write_terms
from commissioning.actions.request import put_forward
from commissioning.actions.steps import subject_of
from commissioning.models import Call, CallState, Commitment, Contract, Offer, OfferState
from commissioning.rules import DAYS_A_WEEK, rate_at
from ledger.pennies import line_pence

NOT_CHOSEN = "The members chose another offer. Thank you for yours: the next call may suit you better."


@transaction.atomic
def contract_as_chosen(*, decision: Decision, at: datetime) -> Contract:
    """
    Draft the contract that a passed decision chose, and ask the council to approve it. Once: again is the first.

    :raises UnableToUse: the decision has not passed.
    :raises UnableToDraft: nobody has pledged anything to pay it from.
    """
    call = (
        Call.objects.select_for_update(no_key=True)
        .select_related("cluster__council")
        .get(pk=subject_of(decision))
    )
    done = Contract.objects.filter(decision=decision).first()
    if done is not None:
        return done
    offer = _winning_offer(decision)
    label = f"decision:{decision.pk}"
    contract = write_terms(
        cluster=call.cluster, provider=offer.provider, terms=_terms(call, offer), offer=offer
    )
    Commitment.objects.bulk_create(
        Commitment(contract=contract, **vars(part)) for part in shared_as_used(contract)
    )
    use_decision(
        decision=decision,
        kind=DecisionKind.CHOOSE_OFFER,
        subject_id=call.pk,
        act=f"contract:{contract.pk}",
        by=label,
        at=at,
    )
    _settle_offers(call, offer, at=at)
    tell_of_choice(call, at=at, by=label)
    put_forward(contract, decision=decision, by=label, at=at)
    return contract


def _winning_offer(decision: Decision) -> Offer:
    """Give the offer that won, locked."""
    if decision.winner is None or decision.winner.offer_id is None:
        raise UnableToUse(_("The members have not agreed to this. Put it to the vote first."))
    offers = Offer.objects.select_related("provider").prefetch_related("steps")
    return offers.select_for_update(of=["self"], no_key=True).get(pk=decision.winner.offer_id)


def _terms(call: Call, offer: Offer) -> ContractTerms:
    """Write an offer for a call as the terms of a contract, at the price of its step for the units asked for."""
    steps = [(step.from_weekly_units, step.unit_rate_pence) for step in offer.steps.all()]
    rate = rate_at(steps, weekly_units=call.weekly_units)
    weeks = Decimal((call.end_date - call.start_date).days) / DAYS_A_WEEK
    service = ServiceTerms(
        code=call.service_code,
        description=call.title,
        unit=call.unit,
        unit_rate_pence=rate,
        sharing_rule=_sharing_rule(call),
        alone_rate_pence=offer.alone_rate_pence,
        max_units=(call.weekly_units * weeks).quantize(Decimal("0.01")),
    )
    return ContractTerms(
        ref=_free_ref(call),
        title=call.title,
        start_date=call.start_date,
        end_date=call.end_date,
        services=[service],
        weekly_pence=line_pence(call.weekly_units, rate),
        one_off_pence=offer.one_off_pence,
        is_regulated=call.is_regulated,
        notice_days=offer.notice_days,
    )


def _sharing_rule(call: Call) -> SharingRule:
    """Say how the agreement shares this service; equally where it says nothing, which the approval then shows."""
    agreement = agreement_in_force(cluster=call.cluster)
    terms = agreement.sharing_terms.filter(service_code=call.service_code) if agreement else None
    term = terms.first() if terms is not None else None
    return SharingRule(term.rule) if term else SharingRule.EQUAL


def _free_ref(call: Call) -> str:
    """Give a reference for the contract after that of its call."""
    taken = set(Contract.objects.filter(council=call.council_id).values_list("ref", flat=True))
    tries = (f"{call.ref[:36]}-{number}" for number in count(1))
    return next(ref for ref in tries if ref not in taken)


def _settle_offers(call: Call, chosen: Offer, *, at: datetime) -> None:
    """Write down which offer was chosen and that the others were not; the call is answered."""
    Offer.objects.filter(pk=chosen.pk).update(state=OfferState.CHOSEN, decided_at=at)
    others = call.offers.filter(state=OfferState.OPEN)
    others.update(state=OfferState.NOT_CHOSEN, decided_at=at, not_chosen_words=NOT_CHOSEN)
    Call.objects.filter(pk=call.pk).update(state=CallState.CHOSEN)
