"""Signing in and safety: the ways in somebody has, and where they are signed in."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from commonpurse.pages import SignedIn, page
from commonpurse.sign_in.demo import code_of_the_app
from commonpurse.sign_in.devices import in_plain_words
from commonpurse.sign_in.second_factor import has_shown, is_the_last_of_staff, works_for_somebody
from people.models import User

KEEP_ONE = _(
    "You need one second step while you work here. Add another first, then you can take this one away."
)


@require_GET
@never_cache
def safety(request: SignedIn) -> HttpResponse:
    """Show the ways in somebody has, and lead to each. Staff come here first, until they have a second step."""
    held = Authenticator.objects.filter(user=request.user).order_by("created_at")
    return page(
        request,
        "account/safety.html",
        passkeys=[each.wrap() for each in held if each.type == Authenticator.Type.WEBAUTHN],
        has_app=any(each.type == Authenticator.Type.TOTP for each in held),
        spare_codes=next(
            (each.wrap() for each in held if each.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        must_set_up=works_for_somebody(request.user) and not has_shown(request, request.user),
    )


@require_GET
@never_cache
def sessions(request: SignedIn) -> HttpResponse:
    """Show where somebody is signed in, this place first."""
    here = request.session.session_key
    places = sorted(
        _open_sessions(request.user), key=lambda one: (one.session_key != here, -one.last_seen_at.timestamp())
    )
    return page(
        request,
        "account/sessions.html",
        places=[(one, in_plain_words(one.user_agent), one.session_key == here) for one in places],
    )


@require_POST
def end_session(request: SignedIn, number: int) -> HttpResponse:
    """Sign somebody out in one other place."""
    get_object_or_404(_open_sessions(request.user), pk=number).end()
    messages.success(request, gettext("You are signed out there."))
    return redirect("usersessions_list")


@require_POST
def end_other_sessions(request: SignedIn) -> HttpResponse:
    """Sign somebody out everywhere but here."""
    for session in UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    ):
        session.end()
    messages.success(request, gettext("You are signed out everywhere else."))
    return redirect("usersessions_list")


def _open_sessions(user: User) -> QuerySet[Any]:
    """The sessions of somebody that still open something."""
    still_open = Session.objects.filter(expire_date__gt=timezone.now())
    return UserSession.objects.filter(user=user, session_key__in=still_open.values("session_key"))  # type: ignore[no-any-return]


class GiveSecondCode(AuthenticateView):
    """The second step of signing in: the app's code, a spare code, or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add, in the demo, what the app of somebody made up would show."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_code": code_of_the_app(self.stage.login.user)}


class ShowItIsYou(ReauthenticateView):
    """Asks again who it is, before something about signing in is changed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add, in the demo, what the app of somebody made up would show."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_code": code_of_the_app(self.request.user)}


class SetUpApp(ActivateTOTPView):
    """Ties an app that makes codes to somebody's account; whoever has just done so has shown their second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add, in the demo, what the app would show."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_code": code_of_the_app(self.request.user, secret=context["form"].secret)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Tie it, and remember that it was shown."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Adds a passkey that signs in by itself: the device asks for a finger, a face or its own number."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey that says who it belongs to, and that checks who holds the device."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "js_data": {"creation_options": passkeys.begin_registration(self.request.user, passwordless=True)}
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and remember that it was shown."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Takes a passkey away, unless it is the only second factor of somebody who must have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, or say why it stays."""
        if is_the_last_of_staff(self.get_object()):
            messages.error(self.request, KEEP_ONE)
            return redirect("mfa_index")
        return super().form_valid(form)  # type: ignore[no-any-return]
