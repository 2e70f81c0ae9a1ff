"""Paying the providers of the made-up council, a run a month, and what the bank says of it."""

from datetime import date, timedelta

from commonpurse.demo.days import moment
from commonpurse.demo.story.council import GRACE, OMAR
from commonpurse.demo.town import Town
from invoices.actions.pay import approve_run, draft_run, review_run, send_run, set_paying_account
from invoices.actions.statement import import_statements, match_line
from invoices.models import BankStatement, PaymentRun
from invoices.queries.proposals import proposals_for
from invoices.rules.working_days import working_day_from
from ledger.pennies import plain_pounds
from providers.actions import check_payee_account, give_payee_account

SORT_CODE, ACCOUNT = "10-00-00", "87654321"
OPENING_PENCE = 250_000_00
DAY_OF_THE_MONTH = 12
CHARGES_PENCE = 12_50
RETURNED = "LAN"  # whose bank sent its first payment back
COLUMNS = "account,date,amount,balance,reference,counterparty"


def open_accounts(town: Town) -> None:
    """Say where providers are paid, checked by the other finance officer, and where the money comes from."""
    grace, omar, at = town.users[GRACE], town.users[OMAR], moment(town.days.joining)
    set_paying_account(
        council=town.council,
        account_name=town.council.name,
        sort_code=SORT_CODE,
        account_number=ACCOUNT,
        service_user_number="123456",
        by=grace,
        at=at,
    )
    for number, provider in enumerate(town.providers.values(), start=1):
        account = give_payee_account(
            provider=provider,
            account_name=provider.name[:70],
            sort_code="20-00-00",
            account_number=f"{10_000_000 + 7_919 * number}",
            by=omar,
            at=at,
        )
        check_payee_account(
            account=account,
            how="Rang them on the number in the contract",
            by=grace,
            at=at + timedelta(hours=2),
        )


def days_to_pay(town: Town) -> list[date]:
    """Give the days on which a run was drafted: a working day in the middle of each month after the first."""
    days, number = [], 1
    while (day := working_day_from(town.days.month(number).replace(day=DAY_OF_THE_MONTH))) < town.days.on:
        days.append(day)
        number += 1
    return days


def pay(town: Town, day: date, *, is_last: bool) -> None:
    """Draft and review what can be paid on a day; all but the last run is approved, sent, and settled by the bank."""
    grace, omar, at = town.users[GRACE], town.users[OMAR], moment(day, 9)
    pay_date = working_day_from(day + timedelta(days=3))
    run = draft_run(council=town.council, pay_date=pay_date, by=omar, on=day, at=at)
    run = review_run(run=run, by=omar, at=at + timedelta(hours=1))
    if is_last:
        return  # Grace finds it: it waits for somebody else than Omar
    run = approve_run(run=run, by=grace, at=at + timedelta(hours=2))
    run = send_run(run=run, by=omar, at=at + timedelta(hours=3))
    _settle(town, run)


def _settle(town: Town, run: PaymentRun) -> None:
    """Bring in the bank's statement: the first run payment by payment, one of them sent back; later ones in one sum."""
    grace = town.users[GRACE]
    payments = list(run.payments.select_related("provider", "payee").order_by("reference"))
    if run.number == 1:
        moves = [(-one.amount_pence, one.reference, one.payee.account_name) for one in payments]
        back = [one for one in payments if one.provider.ref == RETURNED]
        moves += [
            (one.amount_pence, f"{one.reference} ACCOUNT CLOSED", one.payee.account_name) for one in back
        ]
    else:
        moves = [(-sum(one.amount_pence for one in payments), "BACS 123456", "")]
        moves.append((-CHARGES_PENCE, "CHARGES", "The bank"))
    last = BankStatement.objects.filter(council=town.council).order_by("-place").first()
    balance = last.closing_pence if last else OPENING_PENCE
    day = run.pay_date
    rows = [COLUMNS]
    for pence, reference, name in moves:
        balance += pence
        rows.append(
            f"{SORT_CODE} {ACCOUNT},{day},{plain_pounds(pence)},{plain_pounds(balance)},{reference},{name}"
        )
    [statement] = import_statements(
        council=town.council,
        data="\n".join(rows).encode(),
        file=f"statement-{day}.csv",
        by=grace,
        on=day + timedelta(days=1),
        at=moment(day + timedelta(days=1)),
    )
    for line in statement.lines.select_related("statement"):
        if line.reference != "BACS 123456":
            continue
        [proposal] = [one for one in proposals_for(line) if one.run == run]
        at = moment(day + timedelta(days=1), 11)
        match_line(line=line, run=proposal.run, by=grace, on=day + timedelta(days=1), at=at)
