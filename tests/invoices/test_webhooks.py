"""What providers' systems are told: of their own alone, what they asked for, once, and never of a person."""

import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from commissioning.models import Contract
from invoices.actions.holds import reject
from invoices.actions.webhooks import (
    UnableToSetEndpoint,
    add_endpoint,
    begin_delivery,
    remove_endpoint,
    rotate_secret,
    send_again,
    send_test,
)
from invoices.actions.webhooks.pass_on import write_messages
from invoices.models import (
    ChangeKind,
    Delivery,
    DeliveryState,
    Endpoint,
    Hold,
    Invoice,
    Payment,
    WebhookEvent,
)
from invoices.rules.webhooks import MOST_TRIES, wait_after
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.hearing import make_endpoint
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import make_desk, make_officer, make_sent
from tests.providers.makers import KEY_MADE_AT as AT
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def make_billed(*, rate: int = 20_00) -> tuple[Contract, Invoice]:
    """A contract with one invoice of one line."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    contract = make_contract(cluster=cluster)
    line = make_line(member_ref="M-1", unit_rate_pence=rate)
    return contract, send(
        make_document(contract=contract, lines=[line], number="INV-1"), contract=contract
    ).invoice


def tell(endpoint: Endpoint, kind: ChangeKind, *objects: Invoice | Hold | Payment) -> list[dict[str, object]]:
    """What an endpoint is told when these have changed."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    write_messages(endpoint=endpoint, kind=kind, object_ids=[each.pk for each in objects], at=AT)
    made = Delivery.objects.exclude(pk__in=before).order_by("pk")
    return [json.loads(delivery.body) for delivery in made]


def test_tells_of_an_accepted_invoice_in_references_and_pence() -> None:
    contract, invoice = make_billed()
    endpoint, _ = make_endpoint(provider=contract.provider)
    [said] = tell(endpoint, ChangeKind.INVOICE, invoice)
    assert said == {
        "type": "invoice.accepted",
        "timestamp": AT.isoformat(),
        "data": {
            "id": str(invoice.pk),
            "number": "INV-1",
            "kind": "invoice",
            "accepted_pence": 2000,
            "held_pence": 0,
            "rejected_pence": 0,
        },
    }


def test_tells_of_a_held_line_and_of_its_answer() -> None:
    contract, invoice = make_billed(rate=1)
    endpoint, _ = make_endpoint(provider=contract.provider)
    hold = Hold.objects.get()
    assert [said["type"] for said in tell(endpoint, ChangeKind.INVOICE, invoice)] == ["invoice.held"]
    assert tell(endpoint, ChangeKind.HOLD, hold) == []

    officer = make_officer(council=contract.council)
    reject(hold=hold, reason="Not our rate.", by=officer, at=AT)
    assert [said["type"] for said in tell(endpoint, ChangeKind.INVOICE, invoice)] == ["invoice.rejected"]
    [answered] = tell(endpoint, ChangeKind.HOLD, hold)
    assert answered["type"] == "hold.answered"
    assert answered["data"] == {
        "id": str(hold.pk),
        "invoice_id": str(invoice.pk),
        "invoice_number": "INV-1",
        "line_number": 1,
        "reason": "rate_mismatch",
        "state": "rejected",
    }


def test_tells_of_a_payment_on_its_way_and_paid() -> None:
    desk = make_desk()
    payment = Payment.objects.get(run=make_sent(desk))
    endpoint, _ = make_endpoint(provider=payment.provider)
    assert [said["type"] for said in tell(endpoint, ChangeKind.PAYMENT, payment)] == ["payment.sent"]
    assert tell(endpoint, ChangeKind.PAYMENT, payment) == []


def test_says_the_same_only_once_in_a_row() -> None:
    contract, invoice = make_billed()
    endpoint, _ = make_endpoint(provider=contract.provider)
    assert len(tell(endpoint, ChangeKind.INVOICE, invoice)) == 1
    assert tell(endpoint, ChangeKind.INVOICE, invoice) == []


def test_says_only_what_was_asked_for() -> None:
    contract, invoice = make_billed()
    endpoint, _ = make_endpoint(provider=contract.provider, events=["payment.paid"])
    assert tell(endpoint, ChangeKind.INVOICE, invoice) == []


@pytest.mark.parametrize(
    ("url", "events", "match"),
    [
        ("https://10.0.0.1/", ["invoice.held"], "inside a private network"),
        ("http://example.org/", ["invoice.held"], "begins with https"),
        ("https://example.org/", [], "at least one"),
        ("https://example.org/", ["person.died"], "at least one"),
    ],
)
def test_listens_only_where_it_may_and_to_what_there_is(url: str, events: list[str], match: str) -> None:
    with pytest.raises(UnableToSetEndpoint, match=match):
        add_endpoint(provider=make_provider(), url=url, events=events, by="system:tests", at=AT)


def test_has_no_more_addresses_than_somebody_can_look_after() -> None:
    provider = make_provider()
    for _ in range(10):
        make_endpoint(provider=provider)
    with pytest.raises(UnableToSetEndpoint, match="10 addresses already"):
        make_endpoint(provider=provider)


def test_signs_each_message_so_that_its_system_can_check_it() -> None:
    endpoint, secret = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=AT)
    sending = begin_delivery(delivery_id=delivery.pk, at=AT)
    assert sending is not None
    assert secret.startswith("whsec_")
    expected = Webhook(secret).sign(f"msg_{delivery.pk.hex}", AT, sending.body.decode())
    assert sending.headers["webhook-signature"] == expected
    assert sending.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    assert secret not in str(list(endpoint.secrets.values()))


def test_signs_with_both_secrets_while_they_change_over() -> None:
    endpoint, old = make_endpoint(provider=make_provider())
    new = rotate_secret(endpoint=endpoint, overlap=timedelta(days=1), by="system:tests", at=AT)

    def signatures(later: timedelta) -> list[str]:
        sending = begin_delivery(delivery_id=send_test(endpoint=endpoint, at=AT).pk, at=AT + later)
        assert sending is not None
        message, body = sending.headers["webhook-id"], sending.body.decode()
        known = {Webhook(secret).sign(message, AT + later, body): secret for secret in (old, new)}
        return [known[signature] for signature in sending.headers["webhook-signature"].split()]

    assert signatures(timedelta(hours=23)) == [new, old]
    assert signatures(timedelta(days=1)) == [new]


def test_tries_ten_times_waiting_longer_each_time_up_to_an_hour() -> None:
    waits = [wait_after(tries=tries) for tries in range(1, MOST_TRIES + 1)]
    assert waits[-1] is None
    lengths = [wait for wait in waits if wait]
    assert len(lengths) == 9
    assert lengths == sorted(lengths)
    assert max(lengths) == timedelta(hours=1)


def test_gives_up_in_the_end_even_when_nobody_lived_to_say_so() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery, at = send_test(endpoint=endpoint, at=AT), AT
    for _ in range(MOST_TRIES):
        assert begin_delivery(delivery_id=delivery.pk, at=at) is not None
        assert begin_delivery(delivery_id=delivery.pk, at=at) is None
        delivery.refresh_from_db()
        assert delivery.next_at is not None
        at = delivery.next_at
    assert begin_delivery(delivery_id=delivery.pk, at=at) is None
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED

    again = send_again(delivery=delivery, at=at)
    assert (again.state, again.tries, again.body) == (DeliveryState.WAITING, 0, delivery.body)
    sending = begin_delivery(delivery_id=delivery.pk, at=at)
    assert sending is not None
    assert sending.headers["webhook-id"] == f"msg_{delivery.pk.hex}"


def test_tells_nothing_to_an_address_that_was_removed() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=AT)
    remove_endpoint(endpoint=endpoint, by="system:tests", at=AT)
    assert begin_delivery(delivery_id=delivery.pk, at=AT) is None
    for act in (
        lambda: send_test(endpoint=endpoint, at=AT),
        lambda: rotate_secret(endpoint=endpoint, overlap=timedelta(), by="system:tests", at=AT),
        lambda: remove_endpoint(endpoint=endpoint, by="system:tests", at=AT),
    ):
        with pytest.raises(UnableToSetEndpoint, match="was removed"):
            act()


def test_knows_all_events_by_name() -> None:
    assert set(WebhookEvent.values) == {
        *("invoice.accepted", "invoice.held", "invoice.rejected", "hold.answered"),
        *("payment.sent", "payment.paid", "payment.returned"),
    }
