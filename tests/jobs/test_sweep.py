"""The sweep: rings again for work whose ring was lost or whose worker died."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from jobs.actions import sweep, work
from jobs.models import Job
from tests.jobs.makers import WHOLE, add_up, make_job

pytestmark = pytest.mark.django_db

LATER = timedelta(seconds=31)


def test_rings_for_what_waits_and_was_not_rung_for_lately() -> None:
    make_job()
    assert sweep(at=timezone.now()) == 0
    assert sweep(at=timezone.now() + LATER) == 1
    assert sweep(at=timezone.now() + LATER) == 0


def test_leaves_what_is_done() -> None:
    work(make_job().pk, lambda _: None)
    assert sweep(at=timezone.now() + LATER) == 0


def test_rings_for_the_parts_first_and_then_for_the_whole() -> None:
    job = make_job(kind=WHOLE, payload={"parts": 2})
    work(job.pk, add_up)
    assert sweep(at=timezone.now() + LATER) == 2
    for part in job.parts.all():
        work(part.pk, lambda _: {"counted": 1})
    assert sweep(at=timezone.now() + LATER) == 1


@pytest.mark.django_db(transaction=True)
def test_leaves_what_somebody_is_at() -> None:
    job = make_job()
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT FROM jobs_job WHERE id = %s FOR UPDATE", [job.pk])
        assert sweep(at=timezone.now() + LATER) == 0
    assert sweep(at=timezone.now() + LATER) == 1
    assert Job.objects.unfinished().count() == 1
