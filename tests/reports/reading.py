"""Reading pages in tests."""

import re

from django.test import Client

from people.models import User


def signed_in(user: User) -> Client:
    """A browser somebody has signed in with."""
    client = Client()
    client.force_login(user)
    return client


def words_of(page: bytes) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))
