"""A council with entries of every kind, and readers of what it hands over, for tests."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from urllib.parse import unquote
from uuid import uuid4

from beancount import loader
from beancount.core.data import Transaction

from budgets.models import Budget
from clusters.models import Membership
from commissioning.models import Contract
from invoices.actions.pay import return_payment, settle
from invoices.models import InvoiceLine
from ledger.actions import AccountName, Draft, Move, close_period, open_accounts, post, reverse
from ledger.models import Account, AccountKind, ReversalReason
from ledger.queries import balances_pence
from people.models import Council
from providers.models import Provider
from reports.actions import hand_over
from reports.rules.forecast import Span
from reports.rules.hand_over import Format, account_name
from tests.invoices.paying import AT, ON, PAY_DATE, Desk, bill, make_desk, make_sent
from tests.reports.makers import MAY

YEAR = Span(start=date(2026, 1, 1), end=date(2027, 1, 1))
Row = dict[str, str]


def make_busy_desk() -> Desk:
    """A desk whose lines were shared from two streams, one put right, one paid, and that payment sent back."""
    desk = make_desk(amounts=(60_00, 40_00, 20_00), streams={"council": 333_33, "health": 166_67})
    [first, *_] = InvoiceLine.objects.order_by("line_number")
    assert first.entry_id is not None
    payment = make_sent(desk).payments.get()
    settle(payment=payment, paid_date=PAY_DATE, on=PAY_DATE, at=AT, by="system:tests")
    return_payment(payment=payment, back_date=PAY_DATE, reason="Closed", on=PAY_DATE, by="system:tests")
    reverse(
        entry_id=first.entry_id, reason=ReversalReason.DISPUTE, words="It did not happen", on=ON, by="user:x"
    )
    bill(desk.contract, 80_00)
    return desk


def make_entry(council: Council, *, reason: str, key: str = "", on: date = ON) -> None:
    """A pound from the council's funding into a budget that nobody has."""
    names = [
        AccountName(AccountKind.FUNDING, council.pk, "council"),
        AccountName(AccountKind.BUDGET, uuid4(), "council"),
    ]
    opened = open_accounts(book_id=council.book_id, names=names)
    source, target = (opened[name] for name in names)
    draft = Draft(
        key=key or f"allocate:{uuid4()}",
        kind="allocate",
        effective_date=on,
        reason=reason,
        moves=[Move(source, target, 1_00)],
    )
    post(book_id=council.book_id, draft=draft, by="system:tests")


def close_may(council: Council) -> None:
    """Everything up to the end of May 2026 is closed."""
    close_period(book_id=council.book_id, start=date(2026, 1, 1), end=MAY.end, at=AT, by="user:test")


def handed(council: Council, form: Format, span: Span = YEAR) -> str:
    """What a file says."""
    out = StringIO(newline="")
    hand_over(council=council, span=span, form=form, out=out)
    return out.getvalue()


def read_csv(text: str) -> list[Row]:
    """The lines of a CSV journal."""
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def read_beancount(text: str) -> list[Transaction]:
    """The entries as beancount understands them; it finds nothing amiss."""
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    return [entry for entry in entries if isinstance(entry, Transaction)]


def read_journal(text: str) -> Iterator[tuple[str, dict[str, str], list[tuple[str, int]]]]:
    """The entries of a journal as hledger and ledger are told to read them: description, notes, postings in pence."""
    for block in text.split("\n\n")[2:]:
        head, *rest = block.strip("\n").split("\n")
        found = re.fullmatch(r"\d{4}-\d\d-\d\d \* (.+)", head)
        assert found is not None
        notes = dict(line.removeprefix("    ; ").split(": ", 1) for line in rest if line.startswith("    ; "))
        postings = [
            (posting[1], pence(posting[2]))
            for line in rest
            if (posting := re.fullmatch(r"    ([A-Z][A-Za-z0-9:-]+)  (-?\d+\.\d\d) GBP", line))
        ]
        assert len(postings) == len([line for line in rest if line.endswith(" GBP")])
        yield unquote(found[1]), {name: unquote(value) for name, value in notes.items()}, postings


def pence(pounds: str | Decimal) -> int:
    """Pounds as whole pence; nothing is lost."""
    whole = Decimal(pounds) * 100
    assert whole == int(whole)
    return int(whole)


def balances(council: Council) -> dict[str, int]:
    """What the books say stands in each account that holds anything, by the name it is to have outside; pence."""
    accounts = list(Account.objects.filter(book=council.book_id))
    stands = balances_pence(account_ids=[account.pk for account in accounts])
    named = {name_of(account): stands[account.pk] for account in accounts}
    assert len(named) == len(accounts)
    return {name: amount for name, amount in named.items() if amount}


def name_of(account: Account) -> str:
    """Name an account one by one, from the rows it belongs to."""
    refs: list[str] = []
    if account.kind == AccountKind.BUDGET:
        budget = Budget.objects.filter(pk=account.owner_id).first()
        refs = [budget.person.ref, str(budget.start_date)] if budget else [str(account.owner_id)]
    elif account.kind in (AccountKind.POOL_SHARE, AccountKind.COMMITTED):
        member = Membership.objects.get(pk=account.owner_id)
        refs = [member.cluster.ref, member.ref]
    elif account.kind == AccountKind.PAYABLE:
        refs = [Provider.objects.get(pk=account.owner_id).ref]
    if account.earmark_id:
        refs.append(Contract.objects.get(pk=account.earmark_id).ref)
    return account_name(account.kind, refs, account.stream)


def added_up(postings: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What stands in each account that holds anything, from debits above zero and credits below, as the books say."""
    sums: dict[str, int] = {}
    for account, debit in postings:
        sums[account] = sums.get(account, 0) - debit
    return {name: amount for name, amount in sums.items() if amount}
