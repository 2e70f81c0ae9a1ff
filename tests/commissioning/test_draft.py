"""Drafting a contract, and asking for it to be approved."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clusters.models import Cluster
from commissioning.actions import (
    CommitmentPart,
    ContractTerms,
    UnableToDraft,
    UnableToRequestApproval,
    UnableToReturn,
    draft_contract,
    request_approval,
    return_contract,
)
from commissioning.models import Contract, ContractState
from people.models import User
from tests.budgets.makers import make_stream
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import REQUESTED_AT, USUAL_SERVICES, make_request
from tests.people.makers import make_commissioner, make_social_worker, make_user
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
TERMS = ContractTerms(
    ref="K-1",
    title="Music",
    start_date=date(2026, 5, 4),
    end_date=date(2026, 5, 18),
    services=USUAL_SERVICES,
    weekly_pence=50_00,
)


def draft(cluster: Cluster, terms: ContractTerms = TERMS, by: User | None = None) -> Contract:
    return draft_contract(
        cluster=cluster,
        provider=make_provider(council=cluster.council),
        terms=terms,
        by=by or make_social_worker(council=cluster.council),
        at=REQUESTED_AT,
    )


def promised(contract: Contract) -> dict[tuple[str, str], int]:
    rows = contract.commitments.values_list("membership__ref", "stream__code", "amount_pence")
    return {(ref, stream): pence for ref, stream, pence in rows}


def test_shares_the_whole_terms_value_by_what_each_pledged() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1", pledged={"council": 100_00, "health": 50_00})
    make_member(cluster=cluster, ref="M-2", pledged={"council": 150_00})
    assert promised(draft(cluster)) == {
        ("M-1", "council"): 33_33,
        ("M-1", "health"): 16_67,
        ("M-2", "council"): 50_00,
    }


def test_promises_nothing_for_a_spot_contract() -> None:
    cluster = make_cluster()
    assert promised(draft(cluster, replace(TERMS, weekly_pence=0))) == {}


def test_takes_promises_as_they_are_given() -> None:
    cluster = make_cluster()
    member = make_member(cluster=cluster, ref="M-1")
    stream = make_stream(council=cluster.council)
    part = CommitmentPart(membership=member, stream=stream, amount_pence=100_00)
    provider, by = make_provider(council=cluster.council), make_social_worker(council=cluster.council)
    contract = draft_contract(
        cluster=cluster, provider=provider, terms=TERMS, by=by, at=REQUESTED_AT, commitments=[part]
    )
    assert promised(contract) == {("M-1", "council"): 100_00}
    stranger = replace(part, membership=make_member())
    with pytest.raises(UnableToDraft, match="Only members of this cluster"):
        draft_contract(
            cluster=cluster,
            provider=provider,
            terms=replace(TERMS, ref="K-2"),
            by=by,
            at=REQUESTED_AT,
            commitments=[stranger],
        )


def test_needs_a_pool_to_promise_from() -> None:
    with pytest.raises(UnableToDraft, match="Nobody has pledged"):
        draft(make_cluster())


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (replace(TERMS, services=()), "at least one service"),
        (replace(TERMS, services=USUAL_SERVICES * 2), "the same code"),
        (replace(TERMS, end_date=TERMS.start_date), "ends before it starts"),
    ],
)
def test_refuses_terms_that_do_not_hold_together(terms: ContractTerms, why: str) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    with pytest.raises(UnableToDraft, match=why):
        draft(cluster, terms)


def test_refuses_a_reference_twice_another_councils_provider_and_strangers() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    draft(cluster)
    with pytest.raises(UnableToDraft, match="K-1 already"):
        draft(cluster)
    with pytest.raises(UnableToDraft, match="work for the council"):
        draft(cluster, replace(TERMS, ref="K-2"), by=make_user())
    with pytest.raises(UnableToDraft, match="different councils"):
        draft_contract(
            cluster=cluster,
            provider=make_provider(),
            terms=replace(TERMS, ref="K-3"),
            by=make_social_worker(council=cluster.council),
            at=REQUESTED_AT,
        )


def test_asks_once_and_again_after_it_was_sent_back() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    first = make_request(cluster=cluster, weekly_pence=1_00)
    with pytest.raises(UnableToRequestApproval, match="There is nothing to ask for"):
        request_approval(contract=first.contract, by=first.requested_by, at=NOW)
    return_contract(approval=first, reason="Too dear", by=make_commissioner(council=cluster.council), at=NOW)
    second = request_approval(contract=first.contract, by=first.requested_by, at=NOW)
    assert second.estimate_pence == 52_00
    assert Contract.objects.get(pk=first.contract_id).state == ContractState.REQUESTED


def test_is_asked_for_by_the_council_only() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    with pytest.raises(UnableToRequestApproval, match="work for the council"):
        request_approval(contract=draft(cluster), by=make_user(), at=NOW)


def test_goes_back_only_by_another_commissioner_with_a_reason() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    carol = make_commissioner(council=cluster.council)
    approval = make_request(cluster=cluster, by=carol)
    for by, reason, why in (
        (carol, "Too dear", "a colleague has to decide"),
        (make_social_worker(council=cluster.council), "Too dear", "Only a commissioner"),
        (make_commissioner(council=cluster.council), " ", "Say why it goes back"),
    ):
        with pytest.raises(UnableToReturn, match=why):
            return_contract(approval=approval, reason=reason, by=by, at=NOW)
