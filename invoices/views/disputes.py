"""“This did not happen”: a member says so, and a finance officer answers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions.disputes import (
    UnableToAnswer,
    UnableToDispute,
    answer_happened,
    say_not_happened,
    uphold,
)
from invoices.forms.disputes import DID_NOT, AnswerVisitForm, NotHappenedForm
from invoices.models import DisputeState, InvoiceLine
from invoices.queries.disputes import dispute_of, disputes_of, is_agreed_to_be_paid, paid_by
from invoices.queries.paying import councils_paid_for, councils_that_pay
from people.models import Part

ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
def not_happened(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that something one paid a share of did not happen; afterwards, see what became of it."""
    person = request.whose_page()
    lines = InvoiceLine.objects.select_related(
        "service", "entry", "invoice__provider", "invoice__contract__cluster"
    )
    line = get_object_or_404(lines, pk=pk, state="accepted", amount_pence__gt=0, corrects_line__isnull=True)
    membership = paid_by(line=line, person=person) if person else None
    if person is None or membership is None:
        raise Http404
    form = NotHappenedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            say_not_happened(
                line=line,
                person=person,
                words=form.cleaned_data["words"],
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except UnableToDispute as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("invoices:not-happened", pk=pk)
    dispute = dispute_of(line=line)
    return page(
        request,
        "invoices/disputes/not_happened.html",
        line=line,
        dispute=dispute,
        is_own=dispute is not None and dispute.membership_id == membership.pk,
        may_say=dispute is None or dispute.state == DisputeState.STANDS,
        is_too_late=is_agreed_to_be_paid(line=line),
        form=form,
    )


@require_GET
def visits(request: SignedIn) -> HttpResponse:
    """List what members say did not happen and nobody has answered, the oldest first."""
    councils = {council.pk for council in councils_that_pay(request.user)}
    if not councils:
        raise Http404
    waiting = disputes_of(council_ids=councils).filter(state=DisputeState.OPEN)
    results = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "invoices/pay/visits.html", results=results)


@require_http_methods(["GET", "POST"])
def answer_visit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say whether it happened, and how that is known; what did not happen is taken back."""
    mine = disputes_of(council_ids=councils_paid_for(request.user)).select_related("membership__person")
    dispute = get_object_or_404(mine, pk=pk)
    request.shows(dispute.membership.person, Part.MONEY)
    form = AnswerVisitForm(request.POST or None)
    if form.is_valid():
        answer, now = form.cleaned_data["answer"], timezone.now()
        try:
            if form.cleaned_data["found"] == DID_NOT:
                uphold(dispute=dispute, answer=answer, by=request.user, on=timezone.localdate(), at=now)
            else:
                answer_happened(dispute=dispute, answer=answer, by=request.user, at=now)
        except UnableToAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Answered. The member is told.")
            return redirect("invoices:visits")
    return page(request, "invoices/pay/answer_visit.html", dispute=dispute, form=form)
