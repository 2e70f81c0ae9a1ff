"""The pages that belong to no app: the first page, signing in, the demo's mail, and whether the house stands."""

from pathlib import Path

from allauth.account.views import confirm_login_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.defaults import page_not_found
from django.views.i18n import set_language

from commonpurse.mail import caught_letters
from commonpurse.pages import page, ways_of
from commonpurse.reading import speak_to_reader
from commonpurse.sign_in import kept as kept_text

RAN_OUT = _(
    "That code has run out, or was asked for on another device. Ask for a new one; it works for 15 minutes."
)


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead people to the first page of what they do; tell a stranger what this is and how to sign in."""
    if not request.user.is_authenticated:
        return page(request, "commonpurse/welcome.html")
    ways = ways_of(request)
    return redirect(ways[0].address) if ways else page(request, "commonpurse/nothing_yet.html")


@login_not_required
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the e-mail; when there is none to take any more, say so where another can be asked for."""
    response: HttpResponse = confirm_login_code(request)
    is_sent_back = response.headers.get("Location") == reverse("account_request_login_code")
    if is_sent_back and not messages.get_messages(request):
        messages.info(request, RAN_OUT)
    return response


@login_not_required
@require_POST
def another_address(request: HttpRequest) -> HttpResponse:
    """Forget the code that was asked for, so that one can begin again with another address."""
    if not request.user.is_authenticated:
        kept = request.session.get(kept_text.KEY)
        request.session.flush()
        if kept is not None:
            request.session[kept_text.KEY] = kept
    return redirect("account_login")


@login_not_required
@require_GET
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Say how one comes by an account; nobody makes their own."""
    return page(request, "account/no_sign_up.html")


@login_not_required
@require_GET
@never_cache
def caught_mail(request: HttpRequest) -> HttpResponse:
    """Show the letters the demo would have sent, codes included; outside the demo there is no such page."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.DEMO or folder is None:
        raise Http404
    return page(request, "commonpurse/caught_mail.html", letters=caught_letters(Path(folder)))


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, and what does not yet."""
    return page(request, "commonpurse/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who sees what about whom."""
    return page(request, "commonpurse/privacy.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """
    Keep in the browser which language somebody chose, and lead back to the page of ours they chose it on.

    Whoever has signed in chooses in their settings, and those win (`commonpurse.reading`).
    """
    return set_language(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, in the reader's language: no view came far enough to speak it."""
    speak_to_reader(request)
    return page_not_found(request, exception)


def refused_as_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not work, mostly because it was open too long; in the reader's language too."""
    speak_to_reader(request)
    return csrf_failure(request, reason)


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answers once the database does; a load balancer and `up` ask it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
