"""What PostgreSQL holds about webhooks against everybody, psql included."""

from datetime import timedelta

import psycopg
import pytest

from invoices.actions.webhooks import remove_endpoint, rotate_secret, send_test
from invoices.models import DeliveryAttempt
from tests.guards import assert_kept, assert_refused, run_sql
from tests.invoices.hearing import make_endpoint
from tests.providers.makers import KEY_MADE_AT as AT
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change", ["url = 'https://elsewhere.example'", "is_sandbox = true", "made_by = 'user:2'"]
)
def test_sends_to_no_other_place_than_was_said(change: str) -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    assert_refused(
        f"UPDATE invoices_endpoint SET {change} WHERE id = %s", endpoint.pk, match="kept as it was"
    )
    run_sql("UPDATE invoices_endpoint SET places = '{}' WHERE id = %s", endpoint.pk)


def test_keeps_removed_what_was_removed() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    remove_endpoint(endpoint=endpoint, by="system:tests", at=AT)
    assert_refused(
        "UPDATE invoices_endpoint SET removed_at = NULL, removed_by = '' WHERE id = %s", endpoint.pk
    )


@pytest.mark.parametrize("events", ["'{}'", "ARRAY['person.died']"])
def test_hears_something_that_there_is(events: str) -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    assert_refused(f"UPDATE invoices_endpoint SET events = {events} WHERE id = %s", endpoint.pk)


def test_never_lets_an_older_secret_count_longer() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    rotate_secret(endpoint=endpoint, overlap=timedelta(days=1), by="system:tests", at=AT)
    older = "WHERE ends_at IS NOT NULL"
    assert_refused(f"UPDATE invoices_endpointsecret SET ends_at = NULL {older}")
    assert_refused(f"UPDATE invoices_endpointsecret SET ends_at = ends_at + interval '1 day' {older}")
    assert_refused("UPDATE invoices_endpointsecret SET locked = 'x'")


@pytest.mark.parametrize(
    "change",
    [
        "body = '{}'",
        "event = 'payment.paid'",
        "object_id = gen_random_uuid()",
        "state = 'delivered'",
        "state = 'failed'",
        "state = 'lost'",
        "next_at = NULL",
        "tries = 11",
    ],
)
def test_keeps_a_message_as_it_was_sent_and_its_state_whole(change: str) -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=AT)
    assert_refused(f"UPDATE invoices_delivery SET {change} WHERE id = %s", delivery.pk)


def test_keeps_every_try_as_it_went() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=AT)
    DeliveryAttempt.objects.create(delivery=delivery, tried_at=AT, took_ms=1, status=500)
    assert_refused("UPDATE invoices_deliveryattempt SET status = 200")


@pytest.mark.django_db(transaction=True)
def test_keeps_all_of_it_even_from_the_owner(owner_connection: psycopg.Connection) -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=AT)
    DeliveryAttempt.objects.create(delivery=delivery, tried_at=AT, took_ms=1, status=500)
    for name in ("endpoint", "endpointsecret", "delivery", "deliveryattempt"):
        assert_kept(owner_connection, f"invoices_{name}")
