"""Starting the sandbox of a provider's systems over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions.practice import UnableToStartOver, start_over
from invoices.forms.webhooks import SureForm
from invoices.queries.practice import PENCE_EACH, practised
from providers.models import Provider

START_OVER = "Yes, start over: what our systems sent while practising is gone"


@require_http_methods(["GET", "POST"])
def practice(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the systems practise on, and starting over from the contracts as they are now."""
    own = Provider.objects.filter(staff__user=request.user).select_related("council")
    provider = get_object_or_404(own, pk=pk)
    form = SureForm(request.POST if request.method == "POST" else None, words=START_OVER)
    if form.is_valid():
        try:
            start_over(provider=provider, by=request.user.label, at=timezone.now())
        except UnableToStartOver as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your systems practise on your contracts as they are now.")
            return redirect("invoices:practice", pk=pk)
    return page(
        request,
        "invoices/provider/practice.html",
        provider=provider,
        contracts=practised(provider=provider),
        pence_each=PENCE_EACH,
        form=form,
    )
