"""Bank statements: brought in, looked through, and each line said to be what it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions.statement import (
    UnableToImportStatement,
    UnableToMatch,
    explain_line,
    import_statements,
    match_line,
)
from invoices.forms.pay import ReasonForm
from invoices.forms.statements import MatchForm, StatementFileForm
from invoices.models import BankLine, BankLineState, BankStatement
from invoices.queries.paying import councils_paid_for, councils_that_pay
from invoices.queries.proposals import named_with_other_amount, proposals_for
from invoices.rules.statement import COLUMNS
from people.models import Council

ON_A_PAGE = 50
COLOURS = {
    BankLineState.OPEN: "yellow",
    BankLineState.PAID: "green",
    BankLineState.RETURNED: "red",
    BankLineState.EXPLAINED: "grey",
}


@require_GET
def statements(request: SignedIn) -> HttpResponse:
    """List the bank statements of the councils one works for, and the lines nobody has identified yet."""
    councils = list(councils_that_pay(request.user))
    if not councils:
        raise Http404
    shown = BankStatement.objects.filter(council__in=councils).annotate(
        line_count=Count("lines"), open_count=Count("lines", filter=Q(lines__state=BankLineState.OPEN))
    )
    listed = shown.select_related("council").order_by("-to_date", "-place")
    waiting = BankLine.objects.filter(statement__council__in=councils, state=BankLineState.OPEN)
    today = timezone.localdate()
    return page(
        request,
        "invoices/statements/statements.html",
        paid_for=Council.objects.filter(pk__in=councils_paid_for(request.user)).order_by("name"),
        results=Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page")),
        waiting=[
            (line, line.due_date < today)
            for line in waiting.select_related("statement__council").order_by("due_date", "pk")[:ON_A_PAGE]
        ],
    )


@require_http_methods(["GET", "POST"])
def bring(request: SignedIn, council_id: UUID) -> HttpResponse:
    """Bring in a statement file: all of it, or nothing and why."""
    council = get_object_or_404(Council, pk__in=councils_paid_for(request.user) & {council_id})
    form = StatementFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            taken = import_statements(
                council=council,
                data=given.read(),
                file=given.name,
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except UnableToImportStatement as refusal:
            form.add_error(
                "file", f"{refusal} {f'Look at {refusal.place}.' if refusal.place else ''}".strip()
            )
        else:
            return redirect("invoices:statement", pk=taken[-1].pk)
    return page(
        request, "invoices/statements/bring.html", council=council, form=form, columns=", ".join(COLUMNS)
    )


@require_GET
def statement(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a statement with its lines, and what each turned out to be."""
    shown = get_object_or_404(
        BankStatement.objects.visible_to(request.user).select_related("council", "imported_by"), pk=pk
    )
    lines = shown.lines.select_related("payment__provider", "run").order_by("place")
    results = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "invoices/statements/statement.html",
        statement=shown,
        moved_pence=shown.closing_pence - shown.opening_pence,
        open_count=shown.lines.filter(state=BankLineState.OPEN).count(),
        results=results,
        rows=[(line, COLOURS[BankLineState(line.state)]) for line in results],
    )


@require_GET
def line(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a line: what it says, what it may be and why, or what it turned out to be."""
    shown = get_object_or_404(_lines(request), pk=pk)
    return _show_line(request, shown, MatchForm(None, proposals=proposals_for(shown)), _why_form())


@require_http_methods(["POST"])
def match(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say which payment, or which whole run, a line is."""
    shown = _mine(request, pk)
    form = MatchForm(request.POST, proposals=proposals_for(shown))
    if form.is_valid():
        chosen = form.chosen()
        try:
            match_line(
                line=shown,
                payment=chosen.payment,
                run=chosen.run,
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except UnableToMatch as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is settled, and the books moved as the bank did.")
            return redirect("invoices:statement", pk=shown.statement_id)
    return _show_line(request, shown, form, _why_form())


@require_http_methods(["POST"])
def explain(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say what a line is that is no payment of ours."""
    shown = _mine(request, pk)
    form = _why_form(request.POST)
    if form.is_valid():
        try:
            explain_line(line=shown, why=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except UnableToMatch as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Noted. Our books did not change.")
            return redirect("invoices:statement", pk=shown.statement_id)
    return _show_line(request, shown, MatchForm(None, proposals=proposals_for(shown)), form)


def _show_line(
    request: SignedIn, line: BankLine, match_form: MatchForm, why_form: ReasonForm
) -> HttpResponse:
    return page(
        request,
        "invoices/statements/line.html",
        line=line,
        moved_pence=abs(line.amount_pence),
        colour=COLOURS[BankLineState(line.state)],
        form=why_form if why_form.is_bound else match_form,
        match_form=match_form,
        why_form=why_form,
        named=named_with_other_amount(line) if line.state == BankLineState.OPEN else None,
        may_settle=line.state == BankLineState.OPEN
        and line.statement.council_id in councils_paid_for(request.user),
        is_late=line.due_date < timezone.localdate(),
    )


def _lines(request: SignedIn) -> QuerySet[BankLine]:
    """Give the lines of the statements one may see."""
    seen = BankStatement.objects.visible_to(request.user)
    lines = BankLine.objects.filter(statement__in=seen)
    return lines.select_related("statement__council", "payment__provider", "payment__run", "run")


def _mine(request: SignedIn, pk: UUID) -> BankLine:
    """Give a line one may say something about; a stranger gets 404."""
    return get_object_or_404(
        _lines(request).filter(statement__council__in=councils_paid_for(request.user)), pk=pk
    )


def _why_form(data: Any = None) -> ReasonForm:
    return ReasonForm(
        data,
        label="What is it?",
        help_text="Such as: the bank's charges. Our books do not change.",
        required_words="Say what this line is, so that the next person knows.",
    )
