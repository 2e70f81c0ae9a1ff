"""Visiting pages without a browser: sign in as somebody, read, answer."""

from django.test import Client

from people.models import User


def as_user(user: User) -> Client:
    """A visitor who has signed in."""
    client = Client()
    client.force_login(user)
    return client


def seen(user: User, address: str) -> str:
    """The words and marks of a page, on one line; where it is not shown, its status instead."""
    response = as_user(user).get(address)
    return _on_one_line(response.content) if response.status_code == 200 else str(response.status_code)


def answered(user: User, address: str, **said: str) -> str:
    """The page that an answer leads to, on one line."""
    return sent(as_user(user), address, **said)


def sent(client: Client, address: str, **said: str) -> str:
    """The page that this visitor's answer leads to, on one line."""
    return _on_one_line(client.post(address, said, follow=True).content)


def _on_one_line(content: bytes) -> str:
    return " ".join(content.decode().split())
