"""The keys of a provider's systems: made, rotated and taken back by its own people; the council sees and takes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from providers import actions
from providers.forms import MakeKeyForm, RevokeKeyForm, RotateKeyForm
from providers.models import Provider, SystemKey
from providers.queries import history_of, keys_seen_by, may_see_keys, working_credentials, works_for


@require_GET
def keys(request: SignedIn, pk: UUID) -> HttpResponse:
    """Every key of a provider: those that work first."""
    provider = get_object_or_404(Provider.objects.select_related("council"), pk=pk)
    if not may_see_keys(request.user, provider):
        raise Http404
    held = provider.system_keys.order_by("revoked_at", "-made_at")
    return page(
        request,
        "providers/keys/keys.html",
        provider=provider,
        working=[key for key in held if key.revoked_at is None],
        taken_back=[key for key in held if key.revoked_at is not None],
        is_own=works_for(request.user, provider),
    )


@require_GET
def key(request: SignedIn, pk: UUID) -> HttpResponse:
    """One key: what it may do, what it opens with, when it was last used, and what was done with it."""
    found = _seen(request, pk)
    return page(
        request,
        "providers/keys/key.html",
        key=found,
        credentials=working_credentials(key=found, at=timezone.now()),
        history=history_of(found),
        is_own=works_for(request.user, found.provider),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def make(request: SignedIn, pk: UUID) -> HttpResponse:
    """A new key; the answer shows its secret, once."""
    own = Provider.objects.select_related("council").filter(staff__user=request.user)
    provider = get_object_or_404(own, pk=pk)
    form = MakeKeyForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        try:
            issued = actions.issue_key(
                provider=provider, **form.wanted(), by=request.user.label, at=timezone.now()
            )
        except actions.KeyIsThere as refusal:
            messages.warning(request, str(refusal))
            return redirect("providers:keys", pk=pk)
        except actions.UnableToIssueKey as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown_once(request, issued, "The key is made")
    return page(request, "providers/keys/make.html", provider=provider, form=form)


@never_cache
@require_http_methods(["GET", "POST"])
def rotate(request: SignedIn, pk: UUID) -> HttpResponse:
    """A new secret for a key, and how long the older one still works; the answer shows the new one, once."""
    found = _own(request, pk)
    form = RotateKeyForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        overlap = timedelta(hours=int(form.cleaned_data["overlap"]))
        try:
            issued = actions.rotate_key(
                key=found,
                overlap=overlap,
                credential_id=form.cleaned_data["once"],
                by=request.user.label,
                at=timezone.now(),
            )
        except actions.UnableToRotateKey as refusal:
            form.add_error(None, str(refusal))
        else:
            until = timezone.now() + overlap if overlap else None
            return _shown_once(request, issued, "The new secret is made", until=until)
    return page(request, "providers/keys/rotate.html", key=found, form=form)


@require_http_methods(["GET", "POST"])
def revoke(request: SignedIn, pk: UUID) -> HttpResponse:
    """Taking a key back, once it is confirmed."""
    found = _seen(request, pk)
    form = RevokeKeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.revoke_key(key=found, by=request.user.label, at=timezone.now())
        except actions.UnableToRevokeKey as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"The key “{found.name}” is taken back. Nothing opens with it any more."
            )
            return redirect("providers:keys", pk=found.provider_id)
    return page(request, "providers/keys/revoke.html", key=found, form=form)


def _shown_once(request: SignedIn, issued: actions.Issued, words: str, **more: Any) -> HttpResponse:
    """Answer with the secret itself: it is kept nowhere, so there is no page to lead on to."""
    return page(request, "providers/keys/made.html", issued=issued, key=issued.key, words=words, **more)


def _seen(request: SignedIn, pk: UUID) -> SystemKey:
    """Give a key one may see; any other is not there."""
    return get_object_or_404(keys_seen_by(request.user).select_related("provider__council"), pk=pk)


def _own(request: SignedIn, pk: UUID) -> SystemKey:
    """Give a key of one's own employer; any other is not there."""
    own = SystemKey.objects.filter(provider__staff__user=request.user).select_related("provider__council")
    return get_object_or_404(own, pk=pk)
