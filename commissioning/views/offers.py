"""The providers' side of a call: calls that fit, one call, an offer, taking it back, and why it was not chosen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.actions import calls as actions
from commissioning.forms.offers import OfferForm
from commissioning.models import Call, CallState, Offer
from commissioning.queries.calls import calls_for, misfits_of
from commonpurse.pages import SignedIn, page
from plans.rules import kind_of
from providers.models import Provider
from providers.rules import amount_words


@require_GET
def open_calls(request: SignedIn) -> HttpResponse:
    """The calls that take offers, those that fit first; and what became of one's own offers."""
    employers = _employers(request)
    own = Offer.objects.filter(provider__in=employers).select_related("call__cluster", "provider")
    return page(
        request,
        "commissioning/offers/open_calls.html",
        found=calls_for(providers=employers, on=timezone.localdate()),
        offers=own.order_by("-made_at", "-pk")[:50],
        has_several=len(employers) > 1,
    )


@require_GET
def open_call(request: SignedIn, pk: UUID) -> HttpResponse:
    """One call as a provider sees it: what is asked for, in the members' words, and nothing about who they are."""
    employers = _employers(request)
    found = _call(employers, pk)
    offers = {
        offer.provider_id: offer for offer in found.offers.filter(provider__in=employers).order_by("made_at")
    }
    rows = [
        (provider, misfits_of(call=found, provider=provider), offers.get(provider.pk))
        for provider in employers
        if provider.council_id == found.council_id
    ]
    return page(
        request,
        "commissioning/offers/open_call.html",
        call=found,
        kind=kind_of(found.service_code),
        amount=amount_words(found.weekly_units, found.unit),
        rows=rows,
        takes_offers=found.state == CallState.OPEN and timezone.localdate() <= found.offers_by_date,
    )


@require_http_methods(["GET", "POST"])
def make_offer(request: SignedIn, pk: UUID, provider: UUID) -> HttpResponse:
    """Make an offer for a call: prices by amount, terms, notice."""
    employers = _employers(request)
    employer = next((one for one in employers if one.pk == provider), None)
    if employer is None:
        raise Http404
    found = _call([employer], pk)
    form = OfferForm(request.POST if request.method == "POST" else None, call=found, provider=employer)
    if form.is_valid():
        try:
            offer = actions.make_offer(
                call=found, provider=employer, terms=form.terms(), by=request.user, at=timezone.now()
            )
        except actions.UnableToOffer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your offer is sent. The members are told.")
            return redirect("commissioning:offer", pk=offer.pk)
    return page(
        request,
        "commissioning/offers/make_offer.html",
        call=found,
        provider=employer,
        amount=amount_words(found.weekly_units, found.unit),
        form=form,
    )


@require_GET
def offer(request: SignedIn, pk: UUID) -> HttpResponse:
    """One's own offer: its prices and terms, and what became of it."""
    found = _offer(request, pk)
    return page(
        request, "commissioning/offers/offer.html", offer=found, call=found.call, steps=found.steps.all()
    )


@require_http_methods(["GET", "POST"])
def take_offer_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take one's own offer back: what that means, then it is done."""
    found = _offer(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.take_offer_back(offer=found, by=request.user, at=timezone.now())
        except actions.UnableToTakeOfferBack as problem:
            refusal = str(problem)
        else:
            messages.success(request, "Your offer is taken back. The members are told.")
            return redirect("commissioning:offer", pk=pk)
    return page(request, "commissioning/offers/take_back.html", offer=found, call=found.call, refusal=refusal)


def _employers(request: SignedIn) -> list[Provider]:
    """Give the providers one works for, by name; the page is not there for anybody else."""
    employers = list(Provider.objects.filter(staff__user=request.user).order_by("name", "pk"))
    if not employers:
        raise Http404
    return employers


def _call(employers: list[Provider], pk: UUID) -> Call:
    """Give a call of a council one works with that is open, or for which one has offered; any other is not there."""
    councils = [employer.council_id for employer in employers]
    reachable = Call.objects.filter(council__in=councils, state=CallState.OPEN) | Call.objects.filter(
        pk__in=Offer.objects.filter(provider__in=employers).values("call")
    )
    return get_object_or_404(reachable.select_related("cluster"), pk=pk)


def _offer(request: SignedIn, pk: UUID) -> Offer:
    """Give an offer of one's own employer; any other is not there."""
    own = Offer.objects.filter(provider__staff__user=request.user)
    return get_object_or_404(own.select_related("call__cluster", "provider").distinct(), pk=pk)
