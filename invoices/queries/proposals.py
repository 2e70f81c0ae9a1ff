"""What a line of a bank statement may be, each proposal with its reason."""

import re
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Sum, Value

from invoices.models import BankLine, BankLineState, Payment, PaymentRun, PaymentState, RunState

LEAST_TELLING = 4  # letters of a name on a line that say something
WORDS = re.compile(r"[^\W_]+")


class Proposal(NamedTuple):
    """A payment, or a whole run, that a line may settle; `is_certain`: its reference and its amount both say so."""

    payment: Payment | None
    run: PaymentRun | None
    reason: str
    is_certain: bool = False


def proposals_for(line: BankLine) -> list[Proposal]:
    """
    Propose what an open line may be, the likeliest first; nothing where nothing of ours has its amount.

    Money out: a payment on its way of that amount, or a whole run. Money in: a payment that went out and may have come
    back. Only the same amount is proposed: another amount is another thing.
    """
    if line.state != BankLineState.OPEN or not line.amount_pence:
        return []
    if line.amount_pence > 0:
        payments = _payments(line).filter(state=PaymentState.PAID, paid_date__lte=line.booking_date)
        return _sorted(line, payments, "The same amount went out before")
    on_their_way = _payments(line).filter(state=PaymentState.PLANNED, run__state=RunState.SENT)
    return _sorted(line, on_their_way, "The same amount is on its way") + _runs(line)


def named_with_other_amount(line: BankLine) -> Payment | None:
    """Give the payment whose reference a line names, where the amount is another: somebody has to ask the bank."""
    named = (
        _of_its_council(line)
        .annotate(said=Value(_plain(line.reference)))
        .filter(said__contains=F("reference"))
    )
    return named.exclude(amount_pence=abs(line.amount_pence)).first()


def _of_its_council(line: BankLine) -> QuerySet[Payment]:
    payments = Payment.objects.filter(run__council=line.statement.council_id)
    return payments.select_related("provider", "run", "payee")


def _payments(line: BankLine) -> QuerySet[Payment]:
    return _of_its_council(line).filter(amount_pence=abs(line.amount_pence))


def _sorted(line: BankLine, payments: QuerySet[Payment], same_amount: str) -> list[Proposal]:
    said = _plain(line.reference)
    names = {word.casefold() for word in WORDS.findall(line.counterparty) if len(word) >= LEAST_TELLING}
    certain, named, others = [], [], []
    for payment in payments.order_by("run__number", "reference"):
        if payment.reference in said:
            words = "Its reference stands on the line, and the amount is the same"
            certain.append(Proposal(payment, None, words, is_certain=True))
        elif names & {word.casefold() for word in WORDS.findall(payment.payee.account_name)}:
            named.append(
                Proposal(payment, None, f"{same_amount}, and the name is {payment.payee.account_name}")
            )
        else:
            others.append(Proposal(payment, None, same_amount))
    return certain or [*named, *others]


def _runs(line: BankLine) -> list[Proposal]:
    """Propose runs whose payments left the account in one sum, as banks book a Bacs file."""
    on_their_way = Q(payments__state=PaymentState.PLANNED)
    runs = (
        PaymentRun.objects.filter(council=line.statement.council_id, state=RunState.SENT)
        .annotate(pence=Sum("payments__amount_pence", filter=on_their_way))
        .filter(pence=-line.amount_pence)
        .exclude(payments__state=PaymentState.PAID)
    )
    return [Proposal(None, run, f"All of {run} together is this amount") for run in runs.order_by("number")]


def _plain(words: str) -> str:
    """Leave only letters and figures, as references have them."""
    return re.sub(r"[^A-Z0-9]", "", words.upper())
