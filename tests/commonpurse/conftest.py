"""A house that others begin from."""

from collections.abc import Iterator

import pytest

from tests.commonpurse.houses import NewHouse

COUNT_SESSIONS = "from django.contrib.sessions.models import Session; print(Session.objects.count())"


@pytest.fixture(scope="session")
def settled() -> Iterator[NewHouse]:
    """A house whose database was migrated by the first command that ran in it; it is at rest."""
    house = NewHouse()
    assert house.run("shell", "-v0", "-c", COUNT_SESSIONS) == (0, "0\n")
    yield house
    house.demolish()
