"""The desk an invoice is dealt with at: the contract locked, its members' money locked, and the lines judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commissioning.models import Contract
from invoices.models import Invoice, InvoiceKind
from invoices.queries import bill_for, corrected_lines, judge_for, members_of
from invoices.queries.intake import HOLD_RUNNING
from invoices.queries.terms import MONEY
from invoices.rules import Accepted, Bill, Corrected, Held, Judge, Line, Share
from ledger.actions import AccountName, Draft, Move, hold_open, open_accounts, post_many
from ledger.models import AccountKind

Verdict = Held | Accepted


@dataclass(kw_only=True)
class Desk:
    """Everything one contract's lines are judged and posted by, locked until the transaction ends."""

    contract: Contract
    bill: Bill
    judge: Judge
    corrected: dict[int, Corrected]
    committed: dict[tuple[UUID, str], int]
    account_ids: dict[tuple[str, UUID, str], UUID]
    opens: date | None
    is_running: bool
    on: date

    def judge_lines(self, lines: Sequence[Line], *, kind: str) -> list[Verdict]:
        """Judge lines in order; a later one sees what the earlier ones left."""
        if kind in (InvoiceKind.CREDIT_NOTE, InvoiceKind.ADJUSTMENT):
            return [
                self.judge.judge_credit(line, self.bill, self.corrected.get(line.corrects_line or 0))
                for line in lines
            ]
        return [self.judge.judge(line, self.bill) for line in lines]


def open_desk(
    *, contract: Contract, number: str, corrects: Invoice | None, lines: Sequence[Line], on: date
) -> Desk:
    """
    Lock a contract and its members' money, in that order, and lay out what its lines are judged by.

    The contract's row keeps two invoices of it from being judged at once (units left, visits billed twice);
    the account rows, in id order, keep the money from moving meanwhile.
    """
    opens = hold_open(book_id=contract.council.book_id)
    is_running = bool(HOLD_RUNNING(contract=contract.pk))
    members = members_of(cluster_id=contract.cluster_id)
    bill = bill_for(contract=contract, number=number, members=members)
    accounts = MONEY(
        book=contract.council.book_id, contract=contract.pk, members=[member.id for member in members]
    )
    funds: dict[tuple[UUID, str], int] = {}
    committed: dict[tuple[UUID, str], int] = {}
    account_ids: dict[tuple[str, UUID, str], UUID] = {}
    for pk, account_kind, owner, stream, balance_pence in accounts:
        place = (owner, stream)
        account_ids[account_kind, *place] = pk
        funds[place] = funds.get(place, 0) + (balance_pence or 0)
        if account_kind == AccountKind.COMMITTED:
            committed[place] = balance_pence or 0
    corrected = corrected_lines(invoice=corrects, lines=lines, bill=bill, members=members) if corrects else {}
    return Desk(
        contract=contract,
        bill=bill,
        judge=judge_for(bill=bill, lines=lines, funds=funds),
        corrected=dict(corrected),
        committed=committed,
        account_ids=account_ids,
        opens=opens,
        is_running=is_running,
        on=on,
    )


def post_lines(desk: Desk, judged: Sequence[tuple[Line, Accepted]], *, kind: str, by: str) -> dict[int, UUID]:
    """Post accepted lines, an entry each, and give the entries' ids by line number. A line of nothing has none."""
    book_id = desk.contract.council.book_id
    costing = [(line, verdict) for line, verdict in judged if verdict.shares]
    streams = {share.stream for _, verdict in costing for share in verdict.shares}
    payables = {
        stream: AccountName(AccountKind.PAYABLE, desk.contract.provider_id, stream) for stream in streams
    }
    opened = open_accounts(book_id=book_id, names=payables.values())
    payable_ids = {stream: opened[name] for stream, name in payables.items()}
    drafts = [_draft(desk, line, verdict, payable_ids, kind) for line, verdict in costing]
    # What is judged here is not refused there; if it were, all of it would be taken back.
    posted = post_many(book_id=book_id, drafts=drafts, by=by, is_refusal_the_end=True)
    return {line.line_number: entry.entry_id for (line, _), entry in zip(costing, posted, strict=True)}


def _draft(desk: Desk, line: Line, verdict: Accepted, payable_ids: dict[str, UUID], kind: str) -> Draft:
    """Write one accepted line as an entry: what happened, how it was shared, and who pays."""
    is_late = desk.opens is not None and line.service_date < desk.opens
    # An adjustment takes money back or asks for more, line by line.
    is_credit = kind == InvoiceKind.CREDIT_NOTE or (kind == InvoiceKind.ADJUSTMENT and line.amount_pence < 0)
    number = desk.bill.number
    return Draft(
        key=f"invoice:{desk.contract.provider.ref}:{number}:{line.line_number}",
        kind="credit" if is_credit else "invoice",
        effective_date=max(desk.on, desk.opens) if is_late and desk.opens else line.service_date,
        concerned_date=line.service_date if is_late else None,
        reason=f"{InvoiceKind(kind).label} {number}, line {line.line_number}",
        basis=verdict.basis,
        moves=[move for share in verdict.shares for move in _moves(desk, share, payable_ids[share.stream])],
    )


def _moves(desk: Desk, share: Share, payable_id: UUID) -> list[Move]:
    """
    Draw a share from what is committed to the contract first, then from the pool share.

    A credit gives it back to the pool share: the member's money is free again.
    """
    place = (share.member.id, share.stream)
    pool = desk.account_ids[
        AccountKind.POOL_SHARE, *place
    ]  # opened by the pledge that gives the member a share
    if share.pence < 0:
        return [Move(payable_id, pool, -share.pence)]
    promised = min(share.pence, desk.committed.get(place, 0))
    rest = [Move(pool, payable_id, share.pence - promised)] if share.pence > promised else []
    if not promised:
        return rest
    desk.committed[place] -= promised
    return [Move(desk.account_ids[AccountKind.COMMITTED, *place], payable_id, promised), *rest]
