"""What is owed and to whom, the runs there were, and one run with everything in it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from invoices.models import PayingAccount, PaymentRun, RunState
from invoices.queries.payable import owed_to_providers
from invoices.queries.paying import (
    approval_limit_pence,
    councils_paid_for,
    councils_that_pay,
    held_for_providers,
    run_rows,
    runs_of,
)
from invoices.rules.bank_file import last_day_to_send
from people.models import Council

ON_A_PAGE = 25
COLOURS = {
    RunState.DRAFT: "yellow",
    RunState.REVIEWED: "yellow",
    RunState.APPROVED: "blue",
    RunState.SENT: "blue",
    RunState.PAID: "green",
    RunState.CANCELLED: "grey",
}


@require_GET
def payments(request: SignedIn) -> HttpResponse:
    """List the payment runs of the councils one works for, newest first, with the ways on."""
    councils = list(councils_that_pay(request.user))
    if not councils:
        raise Http404
    runs = runs_of(council_ids=[council.pk for council in councils])
    results = Paginator(runs, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "invoices/pay/payments.html",
        councils=councils,
        paid_for=councils_paid_for(request.user),
        results=results,
        rows=[(run, COLOURS[RunState(run.state)]) for run in results],
    )


@require_GET
def owed(request: SignedIn, council_id: UUID) -> HttpResponse:
    """Show what a council owes each provider, why some of it cannot be paid yet, and what is held."""
    council = get_object_or_404(councils_that_pay(request.user), pk=council_id)
    listed = owed_to_providers(council=council)
    return page(
        request,
        "invoices/pay/owed.html",
        council=council,
        may_pay=council.pk in councils_paid_for(request.user),
        owed=listed,
        ready_pence=sum(one.amount_pence for one in listed if not one.why_not),
        held=held_for_providers(council=council),
    )


@require_GET
def run(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a run: what it pays, how that differs from the last one, what was done, and what comes next."""
    shown = get_object_or_404(PaymentRun.objects.visible_to(request.user).select_related("council"), pk=pk)
    return show_run(request, shown)


def show_run(request: SignedIn, run: PaymentRun, *, refusal: str = "") -> HttpResponse:
    """Answer with the page of a run; after a step that was refused, with why."""
    rows = run_rows(run)
    limit = approval_limit_pence(request.user, council_id=run.council_id)
    counting = [row.payment for row in rows.payments if row.payment.state != "left_out"]
    return page(
        request,
        "invoices/pay/run.html",
        run=run,
        colour=COLOURS[RunState(run.state)],
        refusal=refusal,
        rows=rows,
        total_pence=sum(payment.amount_pence for payment in counting),
        payment_count=len(counting),
        line_count=sum(row.span.lines for row in rows.payments if row.payment in counting),
        events=run.events.select_related("acted_by").order_by("happened_at", "pk"),
        may_pay=run.council_id in councils_paid_for(request.user),
        is_somebody_else=request.user.pk not in (run.made_by_id, run.reviewed_by_id),
        limit_pence=limit,
        account=_account_of(run),
        send_by=last_day_to_send(run.pay_date),
        today=timezone.localdate(),
    )


def _account_of(run: PaymentRun) -> PayingAccount | None:
    """Give the account a run is paid from; before it is sent, the one it would be."""
    accounts = PayingAccount.objects.filter(council=run.council_id)
    if run.paid_from_id:
        return accounts.get(pk=run.paid_from_id)
    return accounts.filter(ended_at__isnull=True).first() if run.state == RunState.APPROVED else None


def council_paid_for(request: SignedIn, council_id: UUID) -> Council:
    """Give a council that somebody pays for; a stranger gets 404."""
    return get_object_or_404(Council, pk__in=councils_paid_for(request.user) & {council_id})
