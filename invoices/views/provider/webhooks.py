"""Where a provider's systems are told what happened: its own people say where, look at the log, and send again."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from invoices.actions import webhooks
from invoices.forms.webhooks import AddEndpointForm, RotateSecretForm, SureForm
from invoices.models import Delivery, Endpoint
from invoices.queries.webhooks import log_of, own_endpoints
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 25
REMOVE = "Yes, tell this address nothing any more"


@require_GET
def listening(request: SignedIn) -> HttpResponse:
    """List where the systems of one's employer listen, those in use first."""
    employers_of(request)
    return page(request, "invoices/provider/webhooks/list.html", endpoints=own_endpoints(request.user))


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Another address; the answer shows the secret its messages are signed with, once."""
    employers = employers_of(request)
    sent = request.POST if request.method == "POST" else None
    form = AddEndpointForm(sent, employers=employers, initial={"once": uuid4()})
    if form.is_valid():
        try:
            endpoint, secret = webhooks.add_endpoint(
                **form.wanted(), by=request.user.label, at=timezone.now()
            )
        except webhooks.UnableToSetEndpoint as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown_once(request, endpoint, secret, "The address is added")
    return page(request, "invoices/provider/webhooks/add.html", form=form)


@require_GET
def endpoint(request: SignedIn, pk: UUID) -> HttpResponse:
    """One address: what it hears of, and what it was told, the newest first."""
    found = _own(request, pk)
    results = Paginator(log_of(found), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "invoices/provider/webhooks/endpoint.html", endpoint=found, results=results)


@require_POST
def test(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send a message that says nothing, to see whether it arrives."""
    found = _own(request, pk)
    try:
        webhooks.send_test(endpoint=found, at=timezone.now())
    except webhooks.UnableToSetEndpoint as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "A test is on its way. Look at this page again in a moment.")
    return redirect("invoices:webhook", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def rotate(request: SignedIn, pk: UUID) -> HttpResponse:
    """A new secret; the answer shows it, once."""
    found = _own(request, pk)
    form = RotateSecretForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        overlap = timedelta(hours=int(form.cleaned_data["overlap"]))
        try:
            secret = webhooks.rotate_secret(
                endpoint=found, overlap=overlap, by=request.user.label, at=timezone.now()
            )
        except webhooks.UnableToSetEndpoint as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown_once(request, found, secret, "The new secret is made")
    return page(request, "invoices/provider/webhooks/rotate.html", endpoint=found, form=form)


@require_http_methods(["GET", "POST"])
def remove(request: SignedIn, pk: UUID) -> HttpResponse:
    """Telling an address nothing any more, once that is confirmed."""
    found = _own(request, pk)
    form = SureForm(request.POST if request.method == "POST" else None, words=REMOVE)
    if form.is_valid():
        try:
            webhooks.remove_endpoint(endpoint=found, by=request.user.label, at=timezone.now())
        except webhooks.UnableToSetEndpoint as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The address is removed. What it was told stays in the log.")
            return redirect("invoices:webhooks")
    return page(request, "invoices/provider/webhooks/remove.html", endpoint=found, form=form)


@require_POST
def again(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send a message again, as it was."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    webhooks.send_again(delivery=delivery, at=timezone.now())
    messages.success(request, "The message is sent again. Look at this page again in a moment.")
    return redirect("invoices:webhook", pk=delivery.endpoint_id)


def _own(request: SignedIn, pk: UUID) -> Endpoint:
    """Give an address of one's own employer; any other is not there."""
    found: Endpoint = get_object_or_404(own_endpoints(request.user), pk=pk)
    return found


def _shown_once(request: SignedIn, endpoint: Endpoint, secret: str, words: str) -> HttpResponse:
    """Answer with the secret itself: it is shown nowhere else."""
    return page(
        request, "invoices/provider/webhooks/secret.html", endpoint=endpoint, secret=secret, words=words
    )
