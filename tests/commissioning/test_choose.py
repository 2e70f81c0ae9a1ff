"""From what the members chose to a contract that waits for the council."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.actions import UnableToUse
from clusters.models import DecisionUse, SharingRule
from commissioning.actions import approve, contract_as_chosen, return_contract
from commissioning.models import (
    Approval,
    ApprovalState,
    Call,
    CallState,
    Commitment,
    Contract,
    ContractState,
    Offer,
    OfferState,
)
from people.models import Notice
from tests.clusters.voting import make_decision, make_voters, vote
from tests.commissioning.chosen import choose, make_written_call, make_written_offer
from tests.commissioning.leavers import make_three
from tests.people.makers import make_commissioner, make_user
from tests.visiting import seen

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def make_chosen(*, one_off_pence: int = 0) -> Offer:
    members = make_three()
    call = make_written_call(cluster=members[0].cluster)
    return make_written_offer(call=call, one_off_pence=one_off_pence)


def test_drafts_the_contract_as_it_was_offered() -> None:
    offer = make_chosen(one_off_pence=12_00)
    contract = contract_as_chosen(decision=choose(offer), at=AT)
    assert (contract.provider, contract.offer, contract.notice_days) == (offer.provider, offer, 14)
    assert (contract.start_date, contract.end_date) == (date(2026, 6, 1), date(2026, 8, 24))
    assert (contract.weekly_pence, contract.one_off_pence) == (82_50, 12_00)
    service = contract.services.get()
    assert (service.code, service.unit_rate_pence, service.alone_rate_pence) == ("SESSION", 27_50, 40_00)
    assert (service.sharing_rule, service.max_units) == (SharingRule.EQUAL, Decimal(36))


def test_promises_the_whole_value_in_equal_parts_as_the_agreement_shares_it() -> None:
    contract = contract_as_chosen(decision=choose(make_chosen(one_off_pence=1_00)), at=AT)
    parts = Commitment.objects.filter(contract=contract).order_by("membership__ref")
    assert sum(part.amount_pence for part in parts) == 12 * 82_50 + 1_00
    assert sorted(part.amount_pence for part in parts) == [330_33, 330_33, 330_34]


def test_answers_the_call_and_every_offer() -> None:
    offer = make_chosen()
    other = make_written_offer(call=offer.call)
    contract_as_chosen(decision=choose(offer), at=AT)
    assert Call.objects.get().state == CallState.CHOSEN
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.state, other.state) == (OfferState.CHOSEN, OfferState.NOT_CHOSEN)
    assert other.not_chosen_words


def test_asks_the_council_and_tells_every_member_once() -> None:
    offer = make_chosen()
    decision = choose(offer)
    decision.asked_by = asker = make_user()
    contract = contract_as_chosen(decision=decision, at=AT)
    assert contract_as_chosen(decision=decision, at=AT) == contract
    assert Contract.objects.count() == 1
    approval = Approval.objects.get()
    assert (approval.state, approval.requested_by) == (ApprovalState.WAITING, asker)
    assert Notice.objects.filter(kind="commissioning_contract_asked").count() == 3
    assert DecisionUse.objects.get(decision=decision).act == f"contract:{approval.contract_id}"


def test_is_approved_by_the_council_with_everybodys_money() -> None:
    offer = make_chosen()
    decision = choose(offer)
    decision.asked_by = make_user()
    contract = contract_as_chosen(decision=decision, at=AT)
    carol = make_commissioner(council=contract.council, approval_limit_pence=50_000_00)
    approve(approval=Approval.objects.get(), by=carol, at=AT)
    assert Contract.objects.get().state == ContractState.APPROVED
    assert Notice.objects.filter(kind="commissioning_contract_approved").count() == 3


def test_does_nothing_for_a_decision_that_is_still_open() -> None:
    members = make_voters()
    call = make_written_call(cluster=members[0].cluster)
    decision = make_decision(members, subject_id=call.pk)
    vote(decision, members[0], "Yes")
    with pytest.raises(UnableToUse, match="not agreed to this"):
        contract_as_chosen(decision=decision, at=AT)
    assert not Contract.objects.exists()


def test_postgresql_lets_no_contract_through_that_its_members_did_not_decide_on() -> None:
    offer = make_chosen()
    decision = choose(offer)
    decision.asked_by = make_user()
    contract = contract_as_chosen(decision=decision, at=AT)
    with pytest.raises(IntegrityError, match="stays as it was put forward"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(decision=None)


def test_leads_members_from_the_call_to_the_contract_and_says_how_far_it_is() -> None:
    offer = make_chosen()
    decision = choose(offer)
    decision.asked_by = make_user()
    contract = contract_as_chosen(decision=decision, at=AT)
    amina = contract.cluster.memberships.order_by("ref")[0].person.user
    assert amina is not None
    address = reverse("commissioning:call", args=[offer.call_id])
    read = seen(amina, address)
    assert "The council looks at the contract before anything begins." in read
    assert reverse("commissioning:contract", args=[contract.pk]) in read
    carol = make_commissioner(council=contract.council, approval_limit_pence=50_000_00)
    approve(approval=Approval.objects.get(), by=carol, at=AT)
    assert "the council agreed to the contract" in seen(amina, address)


def test_tells_members_that_the_council_sent_their_contract_back() -> None:
    offer = make_chosen()
    decision = choose(offer)
    decision.asked_by = make_user()
    contract = contract_as_chosen(decision=decision, at=AT)
    carol = make_commissioner(council=contract.council)
    return_contract(approval=Approval.objects.get(), reason="Too late in the year.", by=carol, at=AT)
    amina = contract.cluster.memberships.order_by("ref")[0].person.user
    assert amina is not None
    read = seen(amina, reverse("commissioning:call", args=[offer.call_id]))
    assert "The council sent the contract back, and says why in it." in read
