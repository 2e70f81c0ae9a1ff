"""Parts of the house are killed while invoices come in and messages go out; `bench/kills.py` kills fifty."""

import pytest

from tests.invoices.kills import strike

# So that little of the test is waiting for the next look; messages wait for their next try as ever.
SOON = {"WEBHOOKS_LOOK_SECONDS": "0.5", "JOBS_SWEEP_SECONDS": "1", "JOBS_RING_AGAIN_SECONDS": "2"}


@pytest.mark.django_db(transaction=True)
def test_takes_in_tells_and_posts_everything_once_whoever_is_killed(
    test_environment: dict[str, str],
) -> None:
    outcome = strike(kills=4, invoices=20, environment={**test_environment, **SOON})
    assert outcome.kills.total() == 4
    assert set(outcome.statuses) <= {"200", "201", "cut off", "nobody there"}
    assert outcome.wrong == []
