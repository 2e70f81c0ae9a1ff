"""The members' side of a call: their calls, one call, the offers side by side, and what they do about them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.actions import calls as actions
from commissioning.forms.calls import ReasonForm, ReviewForm
from commissioning.models import Call, CallState, Contract, ProviderReview
from commissioning.queries.callers import calls_of, clusters_of
from commissioning.queries.calls import decision_of, unmet_demand, when_to_choose
from commissioning.queries.compare import Comparison, compare
from commissioning.rules.bars import Bars, bars_of
from commonpurse.pages import SignedIn, page
from people.models import Person, RoleKind
from people.queries import works_for
from plans.rules import kind_of
from providers.rules import amount_words

TOGETHER, ALONE = 0, 1  # patterns of the pictures


@require_GET
def calls(request: SignedIn, pk: UUID) -> HttpResponse:
    """What a cluster has asked for so far, and the way to ask for more."""
    person = _person(request)
    cluster = get_object_or_404(clusters_of(person), pk=pk)
    return page(request, "commissioning/calls/calls.html", cluster=cluster, calls=calls_of(cluster=cluster))


@require_GET
def call(request: SignedIn, pk: UUID) -> HttpResponse:
    """One call: what was asked for, how many offers there are, and what can be done now."""
    found, person = _visible(request, pk)
    today = timezone.localdate()
    return page(
        request,
        "commissioning/calls/call.html",
        call=found,
        kind=kind_of(found.service_code),
        amount=amount_words(found.weekly_units, found.unit),
        offers=found.offers.filter(state="open").count(),
        decision=decision_of(call=found),
        waits_until=when_to_choose(call=found, on=today) if found.state == CallState.OPEN else None,
        is_member=person is not None,
        contract=Contract.objects.filter(offer__call=found).order_by("-pk").first(),
        sent=getattr(found, "unmet_demand", None) if found.state == CallState.UNMET else None,
    )


@require_GET
def compared(request: SignedIn, pk: UUID) -> HttpResponse:
    """The offers side by side: what each costs us and me, how good a provider it is, and how near."""
    found, person = _visible(request, pk)
    comparison = compare(call=found, person=person, on=timezone.localdate())
    return page(
        request,
        "commissioning/calls/compare.html",
        call=found,
        comparison=comparison,
        amount=amount_words(found.weekly_units, found.unit),
        pictures=_pictures(comparison),
        is_member=person is not None,
    )


@require_http_methods(["GET", "POST"])
def choose(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask the members which offer they choose: what will be asked, then the vote is open."""
    person, found = _own(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            decision = actions.put_to_decision(call=found, person=person, by=request.user, at=timezone.now())
        except actions.UnableToPut as problem:
            refusal = str(problem)
        else:
            messages.success(request, _("The vote is open. Everybody in your cluster is told."))
            return redirect("clusters:decision", pk=decision.pk)
    comparison = compare(call=found, person=person, on=timezone.localdate())
    return page(
        request, "commissioning/calls/choose.html", call=found, comparison=comparison, refusal=refusal
    )


@require_http_methods(["GET", "POST"])
def take_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a call back: what that means, then it is done."""
    person, found = _own(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.take_call_back(call=found, person=person, by=request.user, at=timezone.now())
        except actions.UnableToTakeCallBack as problem:
            refusal = str(problem)
        else:
            messages.success(request, _("Your call is taken back. Everybody is told."))
            return redirect("commissioning:call", pk=pk)
    return page(request, "commissioning/calls/take_back.html", call=found, refusal=refusal)


@require_http_methods(["GET", "POST"])
def none_suits(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that nothing that was offered suits, and what was missing."""
    person, found = _own(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.say_none_suits(
                call=found,
                person=person,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToRecord as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The council can see what was missing."))
            return redirect("commissioning:call", pk=pk)
    return page(request, "commissioning/calls/none_suits.html", call=found, form=form)


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how good what a contract buys is."""
    person = _person(request)
    own = Contract.objects.filter(cluster__in=clusters_of(person)).select_related("provider", "cluster")
    contract = get_object_or_404(own, pk=pk)
    given = ProviderReview.objects.filter(contract=contract, membership__person=person).first()
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.review_provider(
                contract=contract, person=person, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.UnableToReview as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. It helps others to choose."))
            return redirect("commissioning:review", pk=pk)
    return page(request, "commissioning/calls/review.html", contract=contract, given=given, form=form)


@require_GET
def unmet(request: SignedIn) -> HttpResponse:
    """What clusters looked for and did not find, by kind of help and place: for a commissioner."""
    if not request.user.has_role(RoleKind.COMMISSIONER):
        raise Http404
    return page(request, "commissioning/unmet.html", unmet=unmet_demand(by=request.user))


def _person(request: SignedIn) -> Person:
    """Give whose page it is; there is none for an officer."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return person


def _own(request: SignedIn, pk: UUID) -> tuple[Person, Call]:
    """Give whose page it is and a call of their cluster; any other is not there."""
    person = _person(request)
    own = Call.objects.filter(cluster__in=clusters_of(person)).select_related("cluster__council")
    return person, get_object_or_404(own, pk=pk)


def _visible(request: SignedIn, pk: UUID) -> tuple[Call, Person | None]:
    """Give a call and the member who looks at it; none for somebody of its council. Anybody else does not see it."""
    person = request.whose_page()
    calls = Call.objects.select_related("cluster__council", "unmet_demand")
    if person is not None:
        own = calls.filter(pk=pk, cluster__in=clusters_of(person)).first()
        if own is not None:
            return own, person
    found = get_object_or_404(calls, pk=pk)
    if not works_for(request.user, found.cluster.council):
        raise Http404
    return found, None


def _pictures(comparison: Comparison) -> list[Bars]:
    """Draw what a week costs us with each offer, and what it costs me beside going alone."""
    ours = [(one.offer.provider.name, one.week_pence, TOGETHER) for one in comparison.offers]
    mine = [
        row
        for one in comparison.offers
        if one.mine_pence is not None and one.alone_pence is not None
        for row in (
            (_("%(provider)s: my part") % {"provider": one.offer.provider.name}, one.mine_pence, TOGETHER),
            (_("%(provider)s: alone") % {"provider": one.offer.provider.name}, one.alone_pence, ALONE),
        )
    ]
    pictures = [bars_of("ours", _("A week for all of us"), ours)]
    return [*pictures, bars_of("mine", _("A week for me, together and alone"), mine)] if mine else pictures
