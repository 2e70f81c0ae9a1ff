"""What members keep back is spent only where they decided so, once, on the contract they decided about."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from clusters.models import Agreement, Decision, DecisionKind, DecisionUse, Membership
from commissioning.actions import (
    UnableToApprove,
    UnableToRequestApproval,
    approve,
    request_approval,
    return_contract,
)
from commissioning.models import Approval, ApprovalState, ContractState
from tests.clusters.deciding import make_passed_decision
from tests.commissioning.leavers import NINE, make_three
from tests.commissioning.makers import make_request
from tests.people.makers import make_commissioner, make_user
from tests.visiting import answered, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_keeping(*, percent: int = 50) -> tuple[list[Membership], Approval]:
    """Three who keep half of 3,000 pounds back, and a contract of 1,800 pounds that waits."""
    members = make_three()
    cluster = members[0].cluster
    before = cluster.agreements.get()
    version = Agreement.objects.create(
        cluster=cluster, version=2, words=before.words, reserve_percent=percent, is_loaded=True
    )
    for term in before.sharing_terms.all():
        version.sharing_terms.create(service_code=term.service_code, rule=term.rule)
    version.signed_date = before.signed_date
    version.save(update_fields=["signed_date"])
    return members, make_request(cluster=cluster, one_off_pence=1_800_00)


def test_is_not_spent_without_a_decision_about_this_contract() -> None:
    members, approval = make_keeping()
    make_passed_decision(cluster=members[0].cluster, kind=DecisionKind.SPEND_RESERVE)
    carol = make_commissioner(council=approval.contract.council, approval_limit_pence=50_000_00)
    with pytest.raises(UnableToApprove, match="The reserve stays: 50 % of what was put in is £1,500"):
        approve(approval=approval, by=carol, at=AT)


def test_a_member_asks_the_others_from_the_contract_and_approving_uses_their_decision_up() -> None:
    members, approval = make_keeping()
    amina = members[0].person.user
    assert amina is not None
    address = reverse("commissioning:spend-reserve", args=[approval.contract_id])
    assert address in seen(amina, reverse("commissioning:contract", args=[approval.contract_id]))
    answered(amina, address, reason="We need it now.")
    asked = Decision.objects.get(kind=DecisionKind.SPEND_RESERVE)
    assert (asked.subject_id, asked.why) == (approval.contract_id, "We need it now.")
    Decision.objects.filter(pk=asked.pk).update(state="stopped", closed_at=AT)
    decided = make_passed_decision(
        cluster=members[0].cluster, kind=DecisionKind.SPEND_RESERVE, subject_id=approval.contract_id
    )
    carol = make_commissioner(council=approval.contract.council, approval_limit_pence=50_000_00)
    approve(approval=approval, by=carol, at=AT)
    assert DecisionUse.objects.get(decision=decided).act == f"reserve:{approval.contract_id}"


def test_is_not_asked_about_where_enough_stays() -> None:
    members, approval = make_keeping(percent=10)
    amina = members[0].person.user
    assert amina is not None
    address = reverse("commissioning:spend-reserve", args=[approval.contract_id])
    assert address not in seen(amina, reverse("commissioning:contract", args=[approval.contract_id]))


def test_a_member_asks_the_council_again_once_and_nobody_else_does() -> None:
    members, approval = make_keeping(percent=0)
    carol = make_commissioner(council=approval.contract.council, approval_limit_pence=50_000_00)
    return_contract(approval=approval, reason="Plans were missing.", by=carol, at=AT)
    amina = members[0].person.user
    assert amina is not None
    address = reverse("commissioning:ask-again", args=[approval.contract_id])
    assert address in seen(amina, reverse("commissioning:contract", args=[approval.contract_id]))
    assert "Plans were missing." in seen(amina, address)
    assert "The council looks at it" in answered(amina, address)
    again = Approval.objects.get(state=ApprovalState.WAITING)
    assert (again.requested_by, again.contract_id) == (amina, approval.contract_id)
    assert again.contract.state == ContractState.REQUESTED
    assert seen(amina, address) == "404"  # it waits already
    with pytest.raises(UnableToRequestApproval, match="Only the members who decided"):
        request_approval(contract=again.contract, by=make_user(), at=AT)
