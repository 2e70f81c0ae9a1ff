"""How people sign in: by a code sent to the e-mail address the council holds for them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class CouncilMadeAccounts(DefaultAccountAdapter):
    """Accounts are made by the council; nobody can make their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account: never."""
        return False
