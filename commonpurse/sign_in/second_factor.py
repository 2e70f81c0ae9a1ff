"""
Whoever works for somebody shows two things: a code from their e-mail, and something only they have (ADR 4).

What was shown is allauth's record of how a session was signed in: it lies in the session, and belongs to one user.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from people.models import Role, User
from providers.models import ProviderStaff

WORKS_FOR_SOMEBODY = ExpressionWrapper(
    Q(is_staff=True)
    | Q(is_superuser=True)
    | Q(Exists(Role.objects.filter(user=OuterRef("pk"))))
    | Q(Exists(ProviderStaff.objects.filter(user=OuterRef("pk")))),
    output_field=BooleanField(),
)
FRESH_SECONDS = 15 * 60
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What opens for staff who have yet to set up their second factor, and for those who have yet to show it.
WHILE_SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_logout",
}
WHILE_SHOWING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}


def works_for_somebody(user: User) -> bool:
    """Tell whether they work for a council, a provider or the house. Who is signed in brings the answer along."""
    known = getattr(user, "works_for_somebody", None)
    if known is None:
        known = User.objects.filter(pk=user.pk).filter(WORKS_FOR_SOMEBODY).exists()
    return bool(known)


def has_shown(request: HttpRequest, user: Any) -> bool:
    """Tell whether this session saw more than a code from the e-mail: an app's code, a passkey, the council's word."""
    return any(_is_more_than_a_code(record) for record in get_authentication_records(request, user))


def has_just_shown_who_they_are(request: HttpRequest, user: Any) -> bool:
    """
    Tell whether they signed in, or showed it again, in the last quarter of an hour.

    Where a second factor is asked of them, a code from the e-mail does not count.
    """
    records = get_authentication_records(request, user)
    fresh = [record for record in records if time.time() - record["at"] < FRESH_SECONDS]
    return any(map(_is_more_than_a_code, fresh)) or (bool(fresh) and not is_asked_for_one(user))


def is_asked_for_one(user: Any) -> bool:
    """
    Tell whether a second factor is asked of somebody on signing in.

    Of staff who have one. Of others only if they chose an app: a passkey on one device must not lock a person out of
    the next, so for them it is one more way in, not one more thing to have.
    """
    held = set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))
    return Authenticator.Type.TOTP in held or (bool(held) and works_for_somebody(user))


def is_the_last_of_staff(authenticator: Authenticator) -> bool:
    """Tell whether somebody who must have a second factor would be without one if this were gone."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(
        pk=authenticator.pk
    )
    return works_for_somebody(authenticator.user) and not others.exists()


def _is_more_than_a_code(record: dict[str, Any]) -> bool:
    return record["method"] == "mfa" or bool(record.get("second_factor"))


class AskForSecondFactor(AuthenticateStage):
    """The step of signing in that comes after the code from the e-mail."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead to the page that asks, unless nothing is asked of them or it was shown already."""
        user = self.login.user
        if user is None or has_shown(self.request, user) or not is_asked_for_one(user):
            return None, True
        self.state["authentication_required"] = True
        return redirect("mfa_authenticate"), True


class SecondFactorFirst:
    """Middleware: nothing opens for staff until their second factor is set up and shown. Public pages stay public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send those away who have something to do first."""
        user = request.user
        if not isinstance(user, User) or not getattr(view, "login_required", True):
            return None
        if not works_for_somebody(user) or has_shown(request, user):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if is_asked_for_one(user):
            return None if name in WHILE_SHOWING else _to_show_it(request)
        return None if name in WHILE_SETTING_UP else redirect("mfa_index")


def _to_show_it(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" else reverse("home")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': wanted})}")
