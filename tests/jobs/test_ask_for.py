"""Asking for work: a row in the transaction of its cause, and a ring once that is safe."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.db import connection, transaction

from jobs.models import Job
from tests.jobs.makers import make_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_bell")]


def rings_heard() -> int:
    """How many rings wait in the queue; they are taken out of it."""
    with current_app.connection_for_read() as connection:
        heard: int = connection.default_channel.queue_purge("celery")  # type: ignore[attr-defined]
        return heard


def test_rings_once_what_asked_for_it_is_safe() -> None:
    rings_heard()
    with transaction.atomic():
        make_job()
        assert rings_heard() == 0
    assert rings_heard() == 1


@transaction.atomic
def ask_and_fail() -> None:
    """Ask for work in a transaction that comes to nothing."""
    make_job()
    raise ZeroDivisionError


def test_leaves_nothing_when_what_asked_for_it_fails() -> None:
    rings_heard()
    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert (Job.objects.count(), rings_heard()) == (0, 0)


def test_gives_the_row_that_is_there_when_asked_twice() -> None:
    first = make_job(key="council:2026-05", payload={"month": 5})
    again = make_job(key="council:2026-05", payload={"month": 6})
    assert again.pk == first.pk
    assert again.payload == {"month": 5}


def test_stands_although_the_broker_is_down(tmp_path: Path) -> None:
    deaf = Celery("deaf", broker=f"redis+socket://{tmp_path}/nobody.sock", set_as_current=False)
    deaf.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    def ask_where_nobody_hears() -> None:
        deaf.set_current()  # for this thread alone
        make_job()
        connection.close()

    with ThreadPoolExecutor() as thread:
        thread.submit(ask_where_nobody_hears).result()
    assert Job.objects.unfinished().count() == 1
