"""How people sign in: by a code sent to the e-mail address the council holds for them; what allauth says and does."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonpurse.asked_often import AskedOften, found_with
from commonpurse.sign_in.second_factor import (
    WORKS_FOR_SOMEBODY,
    has_just_shown_who_they_are,
    is_the_last_of_staff,
)
from people.models import Authority, CarerConsent, Person, User
from providers.models import ProviderStaff

TOO_MANY_TRIES = _(
    "That was several tries in a short time. Wait a minute, then ask for a new code. "
    "If that does not help, wait an hour or ask your council."
)
# Whoever acts for somebody, and a carer who once agreed that their care is counted.
HELPS_OTHERS = Exists(Authority.objects.filter(helper=OuterRef("pk"), withdrawn_at__isnull=True)) | Exists(
    CarerConsent.objects.filter(carer=OuterRef("pk"))
)
WORKS_FOR_PROVIDER = Exists(ProviderStaff.objects.filter(user=OuterRef("pk")))
DRAWS_ON_CARE = Exists(Person.objects.filter(user=OuterRef("pk")))


OPEN_ACCOUNT = AskedOften(
    lambda user: User.objects.filter(pk=user, is_active=True).annotate(
        works_for_somebody=WORKS_FOR_SOMEBODY,
        works_for_provider=WORKS_FOR_PROVIDER,
        draws_on_care=DRAWS_ON_CARE,
        helps_others=HELPS_OTHERS,
    ),
    user="uuid",
)


class Accounts(AuthenticationBackend):
    """Finds whoever is signed in, and with the same question for whom they work and whether they help others."""

    def get_user(self, user_id: UUID) -> User | None:
        """Give an account that is open. Who works for nobody holds no role: it is noted here, so that no page asks."""
        user = next(iter(OPEN_ACCOUNT(user=user_id)), None)
        if user is not None and not user.works_for_somebody:
            found_with(user, "roles", [])
        return user


class CouncilMadeAccounts(DefaultAccountAdapter):
    """Accounts are made by the council, nobody can make their own; and what goes wrong is said kindly."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code we sent. Look at the newest e-mail from us and try again."),
        "rate_limited": _("That was several tries in a short time. Wait a minute, then try again."),
        "too_many_login_attempts": TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account: never."""
        return False

    def get_login_stages(self) -> list[str]:
        """Name the steps of signing in: allauth's, with our own rule of who is asked for a second factor."""
        ours = {
            "allauth.mfa.stages.AuthenticateStage": "commonpurse.sign_in.second_factor.AskForSecondFactor"
        }
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether somebody shows again who they are before they change how they sign in: not if they just did."""
        return not has_just_shown_who_they_are(self.request, self.request.user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Say how somebody can show again who they are. A page asks it twice; the database is asked once."""
        known: list[dict[str, Any]] | None = getattr(user, "ways_to_show_again", None)
        if known is None:
            known = super().get_reauthentication_methods(user)
            user.ways_to_show_again = known
        return list(known)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody by e-mail that the way they sign in was changed."""
        self.send_mail(template_prefix, user.email, context or {})


class SecondFactors(DefaultMFAAdapter):
    """Apps that make codes, passkeys and spare codes: our words, and their secrets encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not fit. Try again. The code in an app changes every half minute."),
        "cannot_delete_authenticator": _(
            "You need one second step while you work here. Add a passkey first, then you can take the app away."
        ),
        "cannot_generate_recovery_codes": _(
            "Spare codes go with an app or a passkey. Set up one of them first."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Name the house in the app."""
        return "Common Purse"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the house to the browser. A passkey belongs to this host, whatever its port."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Common Purse"}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 (allauth's name)
        """Name a passkey for whoever leaves the name empty."""
        return gettext("My passkey")

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whether an app may be taken away: not if it is all a member of staff has."""
        return not is_the_last_of_staff(authenticator)

    def encrypt(self, text: str) -> str:
        """Make a secret unreadable to whoever reads the database alone."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret again, also after SECRET_KEY was changed while the old one is among the fallbacks."""
        return _vault().decrypt(encrypted_text.encode()).decode()


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"second factors:{key}".encode()).digest())) for key in keys]
    )
