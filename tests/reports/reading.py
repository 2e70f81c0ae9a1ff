"""Reading pages in tests."""

import os
import re

import pytest
from django.test import Client

from people.models import User
from reports.checks import how_to_install, missing_packages


def need_pdf_library() -> None:
    """Go on only where PDFs can be drawn: else the test is skipped on one's own machine and fails in CI."""
    missing = missing_packages()
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(how_to_install(missing))


def signed_in(user: User) -> Client:
    """A browser somebody has signed in with."""
    client = Client()
    client.force_login(user)
    return client


def words_of(page: bytes) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))
