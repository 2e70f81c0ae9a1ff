"""Bank accounts: where providers are paid, given by one and checked by another, and what the council pays from."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions import pay as actions
from invoices.forms.pay import AccountForm, CheckForm, PayingAccountForm
from invoices.models import PayingAccount
from invoices.queries.paying import account_rows, councils_paid_for, councils_that_pay
from invoices.views.pay.runs import council_paid_for
from providers.actions import (
    UnableToCheckAccount,
    UnableToGiveAccount,
    check_payee_account,
    give_payee_account,
)
from providers.models import PayeeAccount, Provider


@require_GET
def payees(request: SignedIn, council_id: UUID) -> HttpResponse:
    """List a council's providers with the account each is paid into, who waits for a check first."""
    council = get_object_or_404(councils_that_pay(request.user), pk=council_id)
    return page(
        request,
        "invoices/pay/payees.html",
        council=council,
        rows=account_rows(council=council),
        may_pay=council.pk in councils_paid_for(request.user),
    )


@require_http_methods(["GET", "POST"])
def payee(request: SignedIn, provider_id: UUID) -> HttpResponse:
    """Give the account a provider is to be paid into: by its own people, or a finance officer."""
    paid_for = councils_paid_for(request.user)
    providers = Provider.objects.filter(Q(council__in=paid_for) | Q(staff__user=request.user)).distinct()
    provider = get_object_or_404(providers.select_related("council"), pk=provider_id)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            give_payee_account(provider=provider, **form.cleaned_data, by=request.user, at=timezone.now())
        except UnableToGiveAccount as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Thank you. Somebody else checks it, and from then on payments go there."
            )
            return redirect("invoices:payee", provider_id=provider_id)
    return page(
        request,
        "invoices/pay/payee.html",
        provider=provider,
        is_officer=provider.council_id in paid_for,
        accounts=provider.payee_accounts.select_related("given_by", "checked_by").order_by("-given_at"),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def check_payee(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that an account is the provider's, and how that was found out."""
    accounts = PayeeAccount.objects.filter(provider__council__in=councils_paid_for(request.user))
    account = get_object_or_404(accounts.select_related("provider", "given_by", "checked_by"), pk=pk)
    form = CheckForm(request.POST or None)
    if form.is_valid():
        try:
            check_payee_account(
                account=account, how=form.cleaned_data["how"], by=request.user, at=timezone.now()
            )
        except UnableToCheckAccount as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Checked. {account.provider} is paid into this account from now on.")
            return redirect("invoices:payees", council_id=account.provider.council_id)
    return page(
        request,
        "invoices/pay/check_payee.html",
        account=account,
        is_own=account.given_by_id == request.user.pk,
        form=form,
    )


@require_http_methods(["GET", "POST"])
def paying_account(request: SignedIn, council_id: UUID) -> HttpResponse:
    """Say which account the council pays from."""
    council = council_paid_for(request, council_id)
    form = PayingAccountForm(request.POST or None)
    if form.is_valid():
        try:
            actions.set_paying_account(
                council=council, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.UnableToSend as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. The council pays from this account from now on.")
            return redirect("invoices:payments")
    return page(
        request,
        "invoices/pay/paying_account.html",
        council=council,
        account=PayingAccount.objects.filter(council=council, ended_at__isnull=True).first(),
        form=form,
    )
