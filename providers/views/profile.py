"""What a provider says of itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from providers import actions
from providers.forms import ProfileForm
from providers.models import Provider


@require_http_methods(["GET", "POST"])
def profile(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who a provider is, what it offers, where, and in which languages: calls that fit are found by it."""
    provider = get_object_or_404(Provider.objects.filter(staff__user=request.user), pk=pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, provider=provider)
    if form.is_valid():
        try:
            actions.save_profile(provider=provider, profile=form.profile(), by=request.user)
        except actions.UnableToSaveProfile as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "What you say of yourselves is saved.")
            return redirect("providers:profile", pk=pk)
    return page(request, "providers/profile.html", provider=provider, form=form)
