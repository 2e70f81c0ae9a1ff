"""Reading a bank statement as CSV: one line a movement, each with the balance after it, so that no gap hides."""

import re
from collections.abc import Mapping

from invoices.rules.csv_invoices import said_of_other_file
from invoices.rules.statement.lines import (
    BankAccount,
    Statement,
    StatementLine,
    UnableToReadStatement,
    account_of,
    pence_of,
)
from people.rules.cells import day, text
from people.rules.tables import Column, read_table

SIGNED = re.compile(r"(-?)([0-9.]+)")


def pounds(cell: str) -> int:
    """Read pounds and pence, below zero with a minus: "-58.60"; no pound sign, no comma."""
    found = SIGNED.fullmatch(cell)
    amount = pence_of(found[2]) if found else None
    if found is None or amount is None:
        raise ValueError(
            "must be pounds and pence like 58.60 or -58.60, with a point and without £ or commas"
        )
    return -amount if found[1] else amount


def account(cell: str) -> BankAccount:
    """Read a UK account."""
    found = account_of(cell)
    if found is None:
        raise ValueError("must be a sort code and account number like 20-00-00 12345678, or a GB IBAN")
    return found


COLUMNS: Mapping[str, Column] = {
    "account": Column(read=account),
    "date": Column(read=day),
    "amount": Column(read=pounds),
    "balance": Column(read=pounds),
    "reference": Column(read=text(140), may_be_empty=True, default=""),
    "counterparty": Column(read=text(140), may_be_empty=True, default=""),
    "bank_reference": Column(read=text(140), is_needed=False, may_be_empty=True, default=""),
}


def read_statement_table(data: bytes, *, file: str) -> Statement:
    """
    Give the statement a CSV tells, in the order of its lines, oldest first.

    The opening is the first balance less the first amount; each balance must be the one before and its amount.

    :raises UnableToReadStatement: with every line that is wrong, or the first gap.
    """
    other = said_of_other_file(data)
    if other:
        raise UnableToReadStatement(other, place=file)
    table = read_table(data, file=file, columns=COLUMNS)
    if table.faults:
        raise UnableToReadStatement(" ".join(str(fault) for fault in table.faults[:20]), place=file)
    if not table.rows:
        raise UnableToReadStatement("There is no movement in this file.", place=file)
    rows = [row.values for row in table.rows]
    balance = rows[0]["balance"] - rows[0]["amount"]
    for row in table.rows:
        values = row.values
        if values["account"] != rows[0]["account"]:
            raise UnableToReadStatement("A file tells of one account only.", place=f"{file}, line {row.line}")
        balance += values["amount"]
        if balance != values["balance"]:
            raise UnableToReadStatement(
                "The balance is not the one before it and the amount: a movement is missing, or the order is not "
                "oldest first.",
                place=f"{file}, line {row.line}",
            )
    days = [values["date"] for values in rows]
    if days != sorted(days):
        raise UnableToReadStatement("The movements must be in order, oldest first.", place=file)
    return Statement(
        account=rows[0]["account"],
        statement_ref=f"{days[0]:%Y%m%d}-{days[-1]:%Y%m%d}",
        from_date=days[0],
        to_date=days[-1],
        opening_pence=rows[0]["balance"] - rows[0]["amount"],
        closing_pence=balance,
        lines=tuple(
            StatementLine(
                booking_date=values["date"],
                amount_pence=values["amount"],
                reference=values["reference"],
                counterparty=values["counterparty"],
                bank_ref=values["bank_reference"],
                is_reversal=False,
            )
            for values in rows
        ),
    )
