"""Looking at calls by the clock: what goes on by itself becomes a job, and the job settles it once."""

from datetime import timedelta

import pytest
import time_machine

from commissioning.models import CallState, UnmetDemand
from commissioning.tasks import look_at_calls, settle_one_call
from jobs.models import Job, JobState
from tests.commissioning.calling import AFTER_OFFERS, make_call

pytestmark = pytest.mark.django_db


def test_settles_each_due_call_once() -> None:
    call = make_call()
    with time_machine.travel(AFTER_OFFERS - timedelta(days=1), tick=False):
        look_at_calls()
    assert not Job.objects.filter(kind="commissioning.settle_call").exists()
    with time_machine.travel(AFTER_OFFERS, tick=False):
        look_at_calls()
        look_at_calls()
        job = Job.objects.get(kind="commissioning.settle_call")
        for _ in range(2):
            settle_one_call(str(job.pk))
    call.refresh_from_db()
    job.refresh_from_db()
    assert (call.state, job.state) == (CallState.UNMET, JobState.DONE)
    assert UnmetDemand.objects.count() == 1
