"""What the tests of reports share."""

from collections.abc import Iterator

import pytest
from time_machine import travel

from tests.reports.reading import need_pdf_library


@pytest.fixture
def in_june() -> Iterator[None]:
    """It is 2 June 2026, noon."""
    with travel("2026-06-02 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def pdf_library() -> None:
    """What draws PDFs."""
    need_pdf_library()
