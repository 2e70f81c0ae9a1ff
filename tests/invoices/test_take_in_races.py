"""Intake beside somebody else: what changes while it waits is seen."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from commissioning.models import Contract, ContractState
from invoices.actions import UnknownContract
from invoices.models import Invoice
from invoices.rules import Document
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.makers import make_document, make_line, send

WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.mark.django_db(transaction=True)
def test_refuses_a_contract_that_ends_while_the_document_waits() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-0")
    contract = make_contract(cluster=cluster)
    document = make_document(contract=contract, lines=[make_line(member_ref="M-0")])

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            Contract.objects.filter(pk=contract.pk).update(state=ContractState.ENDED)
            sent = others.submit(_send_elsewhere, document, contract)
            _let_it_wait(sent)
        with pytest.raises(UnknownContract):
            sent.result(timeout=20)

    assert Invoice.objects.count() == 0


def _send_elsewhere(document: Document, contract: Contract) -> None:
    """Send from a connection of its own."""
    try:
        send(document, contract=contract)
    finally:
        connection.close()


def _let_it_wait(sent: "Future[None]") -> None:
    """Go on once the other connection waits for us, or did not have to."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if sent.done() or cursor.fetchone()[0]:
                return
        time.sleep(0.02)
