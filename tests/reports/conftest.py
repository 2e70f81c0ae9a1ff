"""What the tests of reports share."""

import os
from collections.abc import Iterator

import pytest
from time_machine import travel

from reports.checks import how_to_install, missing_packages


@pytest.fixture
def in_june() -> Iterator[None]:
    """It is 2 June 2026, noon."""
    with travel("2026-06-02 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def pdf_library() -> None:
    """What draws PDFs. Where it is missing these tests are skipped on one's own machine and fail in CI."""
    missing = missing_packages()
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(how_to_install(missing))
