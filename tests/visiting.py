"""Visiting pages without a browser: sign in as somebody, read, answer."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from commonpurse.pages import ACTING_FOR
from commonpurse.sign_in.here import remember
from people.models import Authority, User


class Visitor(Client):
    """A browser. Whoever is let in by `force_login` has shown all that is asked of them, a second factor included."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Sign somebody in without asking; staff too."""
        super().force_login(user, backend)
        self.note(user, method="mfa", type="totp")
        response = HttpResponse()
        remember(response, user)
        self.cookies.update(response.cookies)

    def note(self, user: User, **shown: str) -> None:
        """Write into the session what was shown on signing in, instead of what it says there."""
        session = self.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**shown, "at": timezone.now().timestamp()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()


def as_user(user: User) -> Visitor:
    """A visitor who has signed in, staff with their second factor."""
    client = Visitor()
    client.force_login(user)
    return client


def act_for(client: Client, authority: Authority) -> None:
    """From now on this visitor does things under an authority, as if they had chosen so."""
    session = client.session
    session[ACTING_FOR] = str(authority.pk)
    session.save()


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
