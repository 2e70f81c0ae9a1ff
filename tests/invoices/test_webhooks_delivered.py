"""From what happened to whoever listens: passed on from the feed, sent by a job, and tried until it arrives."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks.webhooks import Webhook

from invoices.actions.webhooks import ask_for_due, begin_delivery, finish_delivery, pass_on_all, send_test
from invoices.actions.webhooks.deliver import count_as_tried
from invoices.models import Delivery, DeliveryAttempt, DeliveryState, EndpointSecret
from invoices.rules.webhooks import MOST_TRIES
from invoices.tasks import deliver_webhook, look_at_webhooks
from jobs.models import Job
from jobs.rules import MOST_ATTEMPTS
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.hearing import Listener, listening, make_endpoint
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.systems import System, make_body
from tests.providers.makers import make_key, make_provider

DELIVER = "invoices.deliver_webhook"
LOOKS = 5


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    """Somebody on this machine who listens."""
    settings.WEBHOOKS_TO_PRIVATE = True
    with listening() as heard:
        yield heard


def deliver_all() -> None:
    """
    Do what beat and a worker do: look, and send what is due.

    A transaction in another worker's database that ends while the feed is read holds it up until the next look.
    """
    for _ in range(LOOKS):
        look_at_webhooks()
    for job in Job.objects.unfinished().filter(kind=DELIVER):
        deliver_webhook(str(job.pk))


@pytest.mark.django_db(transaction=True)
def test_tells_what_happened_since_it_was_added_signed_and_once(listener: Listener) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    contract = make_contract(cluster=cluster)

    def bill(number: str, day: int) -> None:
        line = make_line(member_ref="M-1", service_date=datetime(2026, 5, day).date())  # noqa: DTZ001 (a day)
        send(make_document(contract=contract, lines=[line], number=number), contract=contract)

    bill("BEFORE", 4)
    _, secret = make_endpoint(provider=contract.provider, url=listener.url)
    bill("AFTER", 5)
    deliver_all()
    deliver_all()

    [(headers, body)] = listener.heard
    said = Webhook(secret).verify(body, headers)
    assert (said["type"], said["data"]["number"]) == ("invoice.accepted", "AFTER")
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
    assert cluster.memberships.get().person.name not in body.decode()


@pytest.mark.django_db(transaction=True)
def test_tells_who_practises_of_what_was_practised_and_of_nothing_else(listener: Listener) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    contract = make_contract(cluster=cluster)
    key, token = make_key(provider=contract.provider, is_sandbox=True)
    make_endpoint(provider=contract.provider, url=listener.url, is_sandbox=True)
    practising = System(token=token, key=key, contract=contract)
    line = make_line(member_ref="M-1", service_date=datetime(2026, 5, 6).date())  # noqa: DTZ001 (a day)
    send(make_document(contract=contract, lines=[line], number="REAL"), contract=contract)
    assert practising.send(make_body(contract, number="TRIED")).status_code == 201
    deliver_all()
    assert [json.loads(body)["data"]["number"] for _, body in listener.heard] == ["TRIED"]


@pytest.mark.django_db
def test_tries_again_later_and_keeps_a_log_of_it(listener: Listener) -> None:
    listener.answers = [500, 503, 204]
    endpoint, _ = make_endpoint(provider=make_provider(), url=listener.url)
    delivery = send_test(endpoint=endpoint, at=timezone.now())
    seen = []
    for later in (0, 1, 10, 60):
        with time_machine.travel(timezone.now() + timedelta(seconds=later), tick=False):
            deliver_all()
            seen.append(len(listener.heard))
    assert seen == [1, 1, 2, 3]
    assert [attempt.status for attempt in delivery.attempts.order_by("pk")] == [500, 503, 204]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 3)
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1


@pytest.mark.django_db
def test_stops_at_once_where_the_other_side_is_gone_for_good(listener: Listener) -> None:
    listener.answers = [410]
    endpoint, _ = make_endpoint(provider=make_provider(), url=listener.url)
    delivery = send_test(endpoint=endpoint, at=timezone.now())
    deliver_all()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED


@pytest.mark.django_db
def test_arrives_though_a_worker_dies_between_beginning_and_sending(listener: Listener) -> None:
    endpoint, _ = make_endpoint(provider=make_provider(), url=listener.url)
    now = timezone.now()
    delivery = send_test(endpoint=endpoint, at=now)
    assert begin_delivery(delivery_id=delivery.pk, at=now) is not None  # and is killed here
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        deliver_all()
    delivery.refresh_from_db()
    assert (delivery.state, len(listener.heard)) == (DeliveryState.DELIVERED, 1)


@pytest.mark.django_db
def test_is_delivered_when_it_arrived_and_only_the_news_of_it_came_late(listener: Listener) -> None:
    endpoint, _ = make_endpoint(provider=make_provider(), url=listener.url)
    now = timezone.now()
    delivery = send_test(endpoint=endpoint, at=now)
    slow = begin_delivery(delivery_id=delivery.pk, at=now)
    quick = begin_delivery(delivery_id=delivery.pk, at=now + timedelta(minutes=1))
    assert slow is not None
    assert quick is not None
    finish_delivery(quick, at=now)
    listener.answers = [500]
    finish_delivery(slow, at=now)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert DeliveryAttempt.objects.count() == 2


@pytest.mark.django_db
def test_lets_nobody_wait_behind_what_can_never_be_signed(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[ask_for_due.__module__], "AT_ONCE", 1)
    spoilt, _ = make_endpoint(provider=make_provider(), url=listener.url)
    EndpointSecret.objects.create(endpoint=spoilt, locked="Nobody has the key to this.")
    sound, _ = make_endpoint(provider=make_provider(), url=listener.url)
    now = timezone.now()
    never, soon = send_test(endpoint=spoilt, at=now - timedelta(seconds=1)), send_test(endpoint=sound, at=now)
    for _ in range(MOST_ATTEMPTS):
        deliver_all()
    deliver_all()

    never.refresh_from_db()
    soon.refresh_from_db()
    assert soon.state == DeliveryState.DELIVERED
    assert (never.state, never.tries) == (DeliveryState.WAITING, 1)
    assert "our side" in never.attempts.get().problem


@pytest.mark.django_db
def test_gives_up_what_could_not_be_begun_ten_times() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    at = timezone.now()
    delivery = send_test(endpoint=endpoint, at=at)
    states = [count_as_tried(delivery_id=delivery.pk, at=at).state for _ in range(MOST_TRIES)]
    assert states == [DeliveryState.WAITING] * 9 + [DeliveryState.FAILED]


@pytest.mark.django_db
def test_sends_nothing_inside_a_private_network(settings: Settings) -> None:
    with listening() as listener:
        settings.WEBHOOKS_TO_PRIVATE = True
        endpoint, _ = make_endpoint(provider=make_provider(), url=listener.url)
        settings.WEBHOOKS_TO_PRIVATE = False
        delivery = send_test(endpoint=endpoint, at=timezone.now())
        deliver_all()
        assert listener.heard == []
    assert "https" in delivery.attempts.get().problem


@pytest.mark.django_db
def test_asks_for_one_job_for_each_try() -> None:
    endpoint, _ = make_endpoint(provider=make_provider())
    now = timezone.now()
    send_test(endpoint=endpoint, at=now)
    first, again = ask_for_due(at=now), ask_for_due(at=now)
    assert first == again
    assert len(first) == 1
    assert pass_on_all(at=now) == 0
