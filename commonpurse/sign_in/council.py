"""
Council staff sign in with the account their council gave them (OpenID Connect), where a council has set that up.

Nobody is made an account: whoever comes must be known here by the verified e-mail address their council says, and have
a role. The council's word that a second factor was shown is taken; without it, ours is asked.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from commonpurse.pages import page
from people.models import User

NOT_READABLE = (KeyError, TypeError, ValueError, AttributeError)


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the council's own sign-in page, and remember where somebody wanted to go."""
    try:
        provider = _way_of(request, provider_id).get_provider()
        wanted = get_next_redirect_url(request)
        answer: HttpResponse = provider.redirect(request, process=AuthProcess.LOGIN, next_url=wanted)
    except (RequestException, *NOT_READABLE):
        return refuse(request, "does_not_answer")
    return answer


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the council's answer."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(_way_of(request, provider_id))(request)
    except (RequestException, *NOT_READABLE):
        return refuse(request, "does_not_answer")
    return answer


def refuse(request: HttpRequest, why: str) -> HttpResponse:
    """Say kindly that it did not work, and what to do instead. `why`: stranger, does_not_answer, or stopped."""
    return page(request, "account/council_refused.html", status=403, why=why)


def _way_of(request: HttpRequest, provider_id: str) -> "CouncilIdentity":
    """The way to the council that is set up; there is no such address where none is."""
    way = CouncilIdentity(request, provider_id)
    try:
        way.get_provider()
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    return way


class CouncilIdentity(OpenIDConnectOAuth2Adapter):
    """Reads what the council says of somebody: its signature, issuer, audience and time are checked every time."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Take the signed answer; what it leaves out of the address is asked for, and must be about the same person."""
        try:
            said = self._signed_answer(app, kwargs["response"]["id_token"])
            if "email" not in said:
                more = self._fetch_user_info(token.token)
                if more["sub"] != said["sub"]:
                    raise OAuth2Error("The two answers are about different people")
                said |= {name: more[name] for name in ("email", "email_verified") if name in more}
            return self.get_provider().sociallogin_from_response(request, {"id_token": said})
        except NOT_READABLE as error:
            raise OAuth2Error("Not readable") from error

    def _signed_answer(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        answer: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return answer


class KnownStaffOnly(DefaultSocialAccountAdapter):
    """Lets in whoever the council sends and we know, and nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """
        Find the account this is about; note what was shown.

        :raises ImmediateHttpResponse: with a kind page, if there is none, or it has no role, or is closed.
        """
        said = sociallogin.account.extra_data["id_token"]
        user = _known_by(said) if sociallogin.state.get("process") == AuthProcess.LOGIN else None
        if user is None:
            raise ImmediateHttpResponse(refuse(request, "stranger"))
        sociallogin.user = user
        if is_strong(said):
            record_authentication(request, user, "oidc", second_factor=True)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say kindly that it did not work. What exactly went wrong is nobody's business at the door."""
        why = "stopped" if kwargs.get("error") == AuthError.CANCELLED else "does_not_answer"
        raise ImmediateHttpResponse(refuse(request, why))


def is_strong(said: dict[str, Any]) -> bool:
    """Tell whether the council says that a second factor was shown (RFC 8176 `amr`, or a level set up with it)."""
    methods = said.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or said.get("acr") in settings.OIDC_STRONG_LEVELS


def _known_by(said: dict[str, Any]) -> User | None:
    email = said.get("email")
    if said.get("email_verified") is not True or not isinstance(email, str):
        return None
    return User.objects.filter(email__iexact=email, is_active=True, roles__isnull=False).distinct().first()
