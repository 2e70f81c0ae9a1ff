"""Paying direct payments: each day once, into the books, with an advice note to the person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from budgets.actions.direct.arrange import may_pay
from budgets.models import Instalment, InstalmentKind, PaymentArrangement
from budgets.queries import budget_account
from budgets.queries.direct import Due, Standing, arrangements_in, paid_account, standings
from jobs.actions import ask_for
from jobs.models import Job
from ledger.actions import Draft, Move, hold_open, open_accounts, post
from ledger.pennies import in_pounds
from people.actions import tell, tell_user
from people.models import Council, User
from people.queries import managers_of

PAY = "budgets.pay_direct_payments"
AT_ONCE = 100  # arrangements in one piece of work, far below what a worker may take for one


class UnableToPay(Exception):
    """Nothing was paid; the sentence says why."""


class PaymentWaits(UnableToPay):
    """Nothing was paid: whoever gets it in the person's place is not to have it. Their professional is asked."""

    def __init__(self, words: str, *, since: date) -> None:
        super().__init__(words)
        self.since = since


@dataclass(frozen=True, kw_only=True)
class Run:
    """What came of paying: how many instalments and pence, who could not be paid (by reference), where it stopped."""

    paid: int
    pence: int
    refused: list[str]
    last: UUID | None


def ask_to_pay(*, council: Council, by: User, on: date, at: datetime) -> Job:
    """
    Ask for everything to be paid that is due on a day, as work in the background.

    :raises UnableToPay: `by` is no finance officer there.
    """
    if not may_pay(by, council):
        raise UnableToPay("Only a finance officer of this council can pay direct payments.")
    return ask_for(
        kind=PAY,
        key=f"{council.pk}:{at.isoformat()}",
        payload={"on": str(on), "after": ""},
        council_id=council.pk,
        asked_by=by.label,
        doing="Paying direct payments",
    )


@transaction.atomic
def pay_what_is_due(*, council: Council, on: date, at: datetime, by: str, after: UUID | None = None) -> Run:
    """
    Pay what is due on a day to the people of a council, some arrangements at once; `Run.last`: where to go on.

    Who is due more than their budget has left is passed over and named. Doing it twice pays nothing twice.
    """
    found = arrangements_in(councils=[council.pk]).order_by("pk")
    some = list((found.filter(pk__gt=after) if after else found)[:AT_ONCE])
    instalments: list[Instalment] = []
    refused = []
    for arrangement in some:
        try:
            instalments += pay_arrangement(arrangement=arrangement, on=on, at=at, by=by)
        except PaymentWaits as refusal:
            _ask_professional(arrangement, refusal, at=at, by=by)
            refused.append(f"{arrangement.allocation.budget.person.ref}: {refusal}")
        except UnableToPay as refusal:
            refused.append(f"{arrangement.allocation.budget.person.ref}: {refusal}")
    return Run(
        paid=len(instalments),
        pence=sum(one.amount_pence for one in instalments),
        refused=refused,
        last=some[-1].pk if len(some) == AT_ONCE else None,
    )


@transaction.atomic
def pay_arrangement(*, arrangement: PaymentArrangement, on: date, at: datetime, by: str) -> list[Instalment]:
    """
    Pay what is due of one arrangement by a day, and tell the person; nothing where it is all paid.

    :raises UnableToPay: the budget has less left than is due, or the person has died.
    :raises PaymentWaits: somebody gets it in their place from whom their money is kept (ADR 33).
    """
    PaymentArrangement.objects.select_for_update(no_key=True).get(pk=arrangement.pk)
    council = arrangement.allocation.budget.person.council
    fresh = arrangements_in(councils=[council.pk]).get(pk=arrangement.pk)
    standing = standings(arrangements=[fresh], on=on)[0]
    person = fresh.allocation.budget.person
    if not standing.due:
        return []
    if person.died_date is not None:
        raise UnableToPay("They have died. Nothing more is paid; end the arrangement.")
    if standing.is_waiting:
        asks = person.lead_professional or "their team manager"
        raise PaymentWaits(
            f"It waits. Ask {asks} how it can be paid, and pay it when they have said so.",
            since=standing.due[0].span.first,
        )
    if standing.is_short:
        raise UnableToPay(
            f"{in_pounds(standing.due_pence)} is due and {in_pounds(standing.left_pence)} is left in the budget: the "
            "rest is in a cluster’s pool, promised or spent. Agree with them how much is paid directly."
        )
    made = [_pay(fresh, due, on=on, at=at, by=by) for due in standing.due]
    _advise(standing, made, at=at, by=by)
    return made


def _pay(arrangement: PaymentArrangement, due: Due, *, on: date, at: datetime, by: str) -> Instalment:
    part = arrangement.allocation
    book, code = part.budget.person.council.book_id, part.stream.code
    account = paid_account(person=part.budget.person, stream_code=code)
    ids = open_accounts(book_id=book, names=[account])
    source = budget_account(book_id=book, budget_id=part.budget_id, stream_code=code)
    opens = hold_open(book_id=book)
    is_late = opens is not None and on < opens
    posted = post(
        book_id=book,
        by=by,
        draft=Draft(
            key=f"direct_payment:{arrangement.pk}:{_turn(arrangement, due)}",
            kind="direct_payment",
            effective_date=opens if opens and is_late else on,
            concerned_date=on if is_late else None,
            reason=f"Direct payment for {due.span.first:%-d %B %Y} to {due.span.last:%-d %B %Y}",
            moves=[Move(source, ids[account], due.pence)],
        ),
    )
    return Instalment.objects.create(
        arrangement=arrangement,
        kind=due.kind,
        first_date=due.span.first,
        last_date=due.span.last,
        amount_pence=due.pence,
        paid_date=on,
        entry_id=posted.entry_id,
        paid_at=at,
        paid_by=by,
    )


def _turn(arrangement: PaymentArrangement, due: Due) -> str:
    """Name a payment within its arrangement: by its first day, and what comes on top of days paid by its number."""
    if due.kind == InstalmentKind.REGULAR:
        return str(due.span.first)
    return f"more:{arrangement.instalments.filter(kind=InstalmentKind.ADJUSTMENT).count() + 1}"


def _ask_professional(arrangement: PaymentArrangement, waits: PaymentWaits, *, at: datetime, by: str) -> None:
    """
    Give the lead professional the task to say how the money can reach the person; once for each first day.

    Where nobody leads their plan, the managers who keep them safe are asked.
    """
    person = arrangement.allocation.budget.person
    for user in [person.lead_professional] if person.lead_professional else managers_of(person=person):
        tell_user(
            user=user,
            council=person.council,
            kind="budgets_payment_waits",
            key=f"{arrangement.pk}:{waits.since}",
            at=at,
            by=by,
            about=reverse("people:marks", args=[person.pk]),
            person=str(person),
            stream=str(arrangement.allocation.stream),
            first_date=waits.since,
        )


def _advise(standing: Standing, made: list[Instalment], *, at: datetime, by: str) -> None:
    """Send the advice note: how much, for which days, and when the next comes."""
    arrangement = standing.arrangement
    person = arrangement.allocation.budget.person
    coming = standing.next_due
    tell(
        person=person,
        kind="budgets_paid",
        key=str(made[0].pk),
        at=at,
        by=by,
        about=reverse("budgets:direct", args=[person.pk]),
        pounds=in_pounds(sum(one.amount_pence for one in made)),
        stream=str(arrangement.allocation.stream),
        first_date=min(one.first_date for one in made),
        last_date=max(one.last_date for one in made),
        next_pounds=in_pounds(coming.pence) if coming else "",
        next_date=coming.span.first if coming else "",
    )
