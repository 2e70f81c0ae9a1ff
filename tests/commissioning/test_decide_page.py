"""Deciding on a contract: the checks and the money first, then one answer; the first of two commissioners wins."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clusters.models import Cluster
from commissioning.models import Approval, ApprovalState, Contract, ContractState
from ledger.models import Entry
from people.models import User
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_request
from tests.people.makers import make_commissioner, make_user
from tests.visiting import answered, as_user, seen, sent

pytestmark = pytest.mark.django_db

QUERIES = 10


def make_waiting(*, members: int = 2, one_off_pence: int = 50_00) -> tuple[Cluster, Approval]:
    """A request that could be approved."""
    cluster = make_cluster()
    for _ in range(members):
        make_member(cluster=cluster, pledged={"council": 100_00})
    return cluster, make_request(cluster=cluster, one_off_pence=one_off_pence)


def address(approval: Approval) -> str:
    return reverse("commissioning:decide", args=[approval.pk])


def answer(user: User, approval: Approval, **said: str) -> str:
    """What the page says after an answer, where it leads."""
    return answered(user, address(approval), **said)


def test_shows_each_check_with_its_evidence_and_the_money() -> None:
    cluster, approval = make_waiting()
    said = seen(make_commissioner(council=cluster.council), address(approval))
    assert "£50.00 a year; you may approve up to £50,000.00." in said
    assert "Agreed by their professionals for all 2 paying members." in said
    for amount in ("£200.00", "£0.00", "£50.00", "£150.00"):
        assert f'<td role="cell" class="number" data-label="Pounds">{amount}</td>' in said
    assert "Not done" not in said


def test_approves_with_a_note() -> None:
    cluster, approval = make_waiting()
    said = answer(make_commissioner(council=cluster.council), approval, answer="approve", note="Good value")
    assert "Carol Okafor approved it" in said
    assert "Good value" in said
    approval.refresh_from_db()
    assert (approval.state, approval.reason) == (ApprovalState.APPROVED, "Good value")
    assert Contract.objects.get(pk=approval.contract_id).state == ContractState.APPROVED


def test_sends_back_with_the_reason() -> None:
    cluster, approval = make_waiting()
    carol = make_commissioner(council=cluster.council)
    missing = answer(carol, approval, answer="send_back", note=" ")
    assert "Say why it goes back. The members read this." in missing
    said = answer(carol, approval, answer="send_back", note="Ask a second provider first")
    assert "sent it back. No money was moved." in said
    assert not Entry.objects.filter(kind="commit").exists()


def test_asks_for_an_answer() -> None:
    cluster, approval = make_waiting()
    said = answer(make_commissioner(council=cluster.council), approval)
    assert "Say whether you approve it or send it back." in said


def test_does_not_approve_what_is_not_done() -> None:
    cluster, approval = make_waiting()
    make_member(cluster=cluster, ref="M-UNSURE", plan_agreed=False, pledged={"council": 1})
    unsure = make_request(cluster=cluster, one_off_pence=200_00)
    carol = make_commissioner(council=cluster.council)
    assert "so it cannot be approved now" in seen(carol, address(unsure))
    said = answer(carol, unsure, answer="approve")
    assert "Not approved yet, because this is not done." in said
    assert "M-UNSURE" in said
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING


def test_tells_the_second_commissioner_kindly_that_it_is_decided() -> None:
    cluster, approval = make_waiting()
    carol = make_commissioner(council=cluster.council)
    dan = make_commissioner(council=cluster.council, name="Dan Obi")
    answer(carol, approval, answer="approve")
    said = answer(dan, approval, answer="send_back", note="Too dear")
    assert "Carol Okafor approved it a moment before you. Nothing more needs doing." in said
    assert "Too dear" not in said
    approval.refresh_from_db()
    assert approval.state == ApprovalState.APPROVED


@pytest.mark.django_db(transaction=True)
def test_lets_one_win_when_two_decide_at_once() -> None:
    cluster, approval = make_waiting()
    answers = {"approve": {"answer": "approve"}, "send_back": {"answer": "send_back", "note": "Too dear"}}
    clients = {name: as_user(make_commissioner(council=cluster.council, name=name)) for name in answers}
    together = Barrier(2)
    said: dict[str, str] = {}

    def decide(name: str) -> None:
        together.wait()
        try:
            said[name] = sent(clients[name], address(approval), **answers[name])
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[name]) for name in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    approval.refresh_from_db()
    assert approval.decided_by is not None
    winner = approval.decided_by.name
    [loser] = set(answers) - {winner}
    assert "a moment before you" not in said[winner]
    assert (
        f"{winner} {'approved it' if winner == 'approve' else 'sent it back'} a moment before you"
        in said[loser]
    )
    assert Entry.objects.filter(kind="commit").count() == (1 if winner == "approve" else 0)
    expected = ContractState.APPROVED if winner == "approve" else ContractState.RETURNED
    assert Contract.objects.get(pk=approval.contract_id).state == expected


def test_is_not_there_for_strangers() -> None:
    cluster, approval = make_waiting()
    for stranger in (make_user(), make_commissioner(council=make_cluster().council), approval.requested_by):
        assert as_user(stranger).get(address(approval)).status_code == 404
        assert as_user(stranger).post(address(approval), {"answer": "approve"}).status_code == 404
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING
    assert cluster.contracts.get().state == ContractState.REQUESTED


def test_asks_no_more_of_the_database_for_many_members_than_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for members in (1, 6):
        cluster, approval = make_waiting(members=members)
        client = as_user(make_commissioner(council=cluster.council))
        with django_assert_num_queries(QUERIES):
            client.get(address(approval))
