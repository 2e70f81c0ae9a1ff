"""How people sign in: by a code sent to the e-mail address the council holds for them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class CouncilMadeAccounts(DefaultAccountAdapter):
    """Accounts are made by the council, nobody can make their own; and what goes wrong is said kindly."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That is not the code we sent. Look at the newest e-mail from us and try again.",
        "rate_limited": "You have asked for several codes in a short time. Wait a minute, then ask again.",
        "too_many_login_attempts": "That was several tries in a short time. Wait a minute, then ask for a new code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account: never."""
        return False
