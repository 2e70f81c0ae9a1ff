"""Direct payments, as finance sees them: what is due, paying it, arranging and ending."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.actions.direct import (
    UnableToArrange,
    UnableToPay,
    arrange_payment,
    ask_to_pay,
    end_arrangement,
)
from budgets.forms.arrange import ArrangeForm, EndForm
from budgets.models import Allocation, PaymentArrangement
from budgets.queries.direct import arrangements_in, standings, to_arrange
from commonpurse.pages import SignedIn, page
from people.models import Council, Part, RoleKind

ON_A_PAGE = 30


@require_GET
def payments(request: SignedIn) -> HttpResponse:
    """List the direct payments of the councils one pays for: what is due today, and what is to be arranged."""
    councils = _councils(request)
    if not councils:
        raise Http404
    results = Paginator(arrangements_in(councils=councils), ON_A_PAGE).get_page(request.GET.get("page"))
    on = timezone.localdate()
    return page(
        request,
        "budgets/pay/payments.html",
        councils=Council.objects.filter(pk__in=councils).order_by("name"),
        results=results,
        rows=standings(arrangements=list(results), on=on),
        waiting=to_arrange(councils=councils, on=on)[:ON_A_PAGE],
        on=on,
    )


@require_POST
def pay(request: SignedIn, pk: UUID) -> HttpResponse:
    """Have everything paid that is due today."""
    now = timezone.now()
    council = get_object_or_404(Council, pk=pk)
    try:
        job = ask_to_pay(council=council, by=request.user, on=timezone.localdate(now), at=now)
    except UnableToPay as refusal:
        raise Http404 from refusal
    return redirect("jobs:progress", job.pk)


@require_http_methods(["GET", "POST"])
def arrange(request: SignedIn, pk: UUID) -> HttpResponse:
    """Arrange that a stream of a budget is paid to the person."""
    mine = Allocation.objects.filter(budget__person__council__in=_councils(request))
    allocation = get_object_or_404(mine.select_related("budget__person", "stream"), pk=pk)
    request.shows(allocation.budget.person, Part.BUDGET)
    form = ArrangeForm(
        request.POST or None,
        allocation=allocation,
        initial={"start_date": max(allocation.budget.start_date, timezone.localdate())},
    )
    if form.is_valid():
        try:
            arrange_payment(allocation=allocation, **form.terms(), by=request.user, at=timezone.now())
        except UnableToArrange as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Arranged. Nothing is paid yet.")
            return redirect("budgets:payments")
    return page(request, "budgets/pay/arrange.html", allocation=allocation, form=form)


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """End a direct payment."""
    mine = PaymentArrangement.objects.filter(allocation__budget__person__council__in=_councils(request))
    arrangement = get_object_or_404(
        mine.select_related("allocation__budget__person", "allocation__stream"), pk=pk
    )
    request.shows(arrangement.allocation.budget.person, Part.BUDGET)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            end_arrangement(arrangement=arrangement, end_date=form.cleaned_data["end_date"], by=request.user)
        except UnableToArrange as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Ended.")
            return redirect("budgets:payments")
    return page(request, "budgets/pay/end.html", arrangement=arrangement, form=form)


def _councils(request: SignedIn) -> list[UUID]:
    """Give the councils the user pays for."""
    return [role.council_id for role in request.user.roles.all() if role.kind == RoleKind.FINANCE_OFFICER]
