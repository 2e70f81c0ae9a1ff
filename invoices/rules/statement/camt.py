"""Reading camt.053 (ISO 20022), versions 2, 4 and 8: only what is booked, only pounds, batches line by line."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from invoices.rules.statement.lines import (
    BankAccount,
    Statement,
    StatementLine,
    UnableToReadStatement,
    account_of,
    pence_of,
)

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
VERSIONS = ("02", "04", "08")
MOST_WORDS = 140
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
Element = etree._Element  # noqa: SLF001 - lxml names no other type for what it gives


def read_camt(root: Element, *, currency: str = "GBP") -> list[Statement]:
    """
    Give the statements of a camt.053 document that `parse_xml` has read; each adds up, or the document is refused.

    Amounts are read as decimals, never as floats. Entries that are not booked yet are left out: they come again. A
    batch whose parts are told one by one becomes a line for each; else it is one line.

    :raises UnableToReadStatement: it is no camt.053 of these versions, not in `currency`, of an account that is not a
        UK one, does not add up, or a value cannot be read.
    """
    space = etree.QName(root).namespace or ""
    if not space.startswith(SPACE) or space.removeprefix(SPACE) not in VERSIONS:
        raise UnableToReadStatement(
            "This is no bank statement we can read: it must be camt.053, version 02, 04 or 08, or our CSV."
        )
    statements = root.findall(f"{{{space}}}BkToCstmrStmt/{{{space}}}Stmt")
    if not statements:
        raise UnableToReadStatement("There is no statement in this file.", place="/Document/BkToCstmrStmt")
    return [_Reader(space, currency).statement(one) for one in statements]


class _Reader:
    """Reads one document: knows its name space and the currency it has to be in."""

    def __init__(self, space: str, currency: str) -> None:
        self.space, self.currency = space, currency

    def statement(self, at: Element) -> Statement:
        """Read one statement of the document."""
        ref = self.words(at, "Id")
        opening, opened = self.balance(at, OPENING, ref)
        closing, closed = self.balance(at, CLOSING, ref)
        days = (
            self.day(at, "FrToDt/FrDtTm", "FrToDt/FrDt") or opened,
            self.day(at, "FrToDt/ToDtTm", "FrToDt/ToDt"),
        )
        lines = tuple(line for entry in self.all(at, "Ntry") for line in self.entry(entry))
        booked = [line.booking_date for line in lines]
        first, last = min([days[0], *booked]), max([days[1] or closed, closed, *booked])
        return Statement(
            account=self.account(at),
            statement_ref=ref[:MOST_WORDS],
            from_date=first,
            to_date=last,
            opening_pence=opening,
            closing_pence=closing,
            lines=lines,
        )

    def account(self, at: Element) -> BankAccount:
        """Read whose statement it is."""
        said = self.words(at, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
        found = account_of(said)
        if found is None:
            raise UnableToReadStatement(
                "The account of this statement is not a UK one: a GB IBAN, or sort code and account number.",
                place=self.place(at, "Acct/Id"),
            )
        return found

    def balance(self, at: Element, codes: tuple[str, ...], ref: str) -> tuple[int, date]:
        """Read a balance by its code, with its day."""
        for code in codes:
            for one in self.all(at, "Bal"):
                if self.words(one, "Tp/CdOrPrtry/Cd") == code:
                    on = self.day(one, "Dt/Dt", "Dt/DtTm")
                    if on is None:
                        raise UnableToReadStatement("A balance has no day.", place=self.place(one, "Dt"))
                    return self.pence(one) * self.sign(one), on
        raise UnableToReadStatement(
            f"Statement {ref} does not say what was in the account {'before' if codes is OPENING else 'after'} it.",
            place=self.place(at, "Bal"),
        )

    def entry(self, at: Element) -> Iterator[StatementLine]:
        """Give the lines of a booked entry: one for each of its parts where they add up to it, else one."""
        if self.words(at, "Sts/Cd", "Sts") != "BOOK":
            return
        on = self.day(at, "BookgDt/Dt", "BookgDt/DtTm")
        if on is None:
            raise UnableToReadStatement(
                "A booked entry has no booking date.", place=self.place(at, "BookgDt")
            )
        total, sign = self.pence(at), self.sign(at)
        is_reversal = self.words(at, "RvslInd") in ("true", "1")
        parts = self.all(at, "NtryDtls/TxDtls")
        amounts = [self.part_pence(part) for part in parts]
        if len(parts) > 1 and all(amount is not None for amount in amounts):
            told = [amount or 0 for amount in amounts]
            if sum(told) != total:
                raise UnableToReadStatement(
                    "The parts of a batch do not add up to its entry.", place=self.place(at, "NtryDtls")
                )
        else:
            parts, told = (parts[:1] or [at]), [total]
        for part, amount in zip(parts, told, strict=True):
            yield self.line(at, part, on, amount * sign, is_reversal=is_reversal)

    def line(self, at: Element, part: Element, on: date, pence: int, *, is_reversal: bool) -> StatementLine:
        """Read what one line says, wherever in the entry it stands."""
        # Money that goes out goes to a creditor; what comes in comes from a debtor; a reversal names them as they were.
        other = "Cdtr" if (pence < 0) != is_reversal else "Dbtr"
        end_to_end = self.words(part, "Refs/EndToEndId")
        reference = [
            *([] if end_to_end in ("", "NOTPROVIDED") else [end_to_end]),
            *(" ".join((one.text or "").split()) for one in self.all(part, "RmtInf/Ustrd")),
            self.words(part, "RmtInf/Strd/CdtrRefInf/Ref"),
        ]
        return StatementLine(
            booking_date=on,
            amount_pence=pence,
            reference=" ".join(filter(None, reference))[:MOST_WORDS],
            counterparty=self.words(part, f"RltdPties/{other}/Nm", f"RltdPties/{other}/Pty/Nm")[:MOST_WORDS],
            bank_ref=(self.words(part, "Refs/AcctSvcrRef") or self.words(at, "AcctSvcrRef", "NtryRef"))[
                :MOST_WORDS
            ],
            is_reversal=is_reversal,
        )

    def part_pence(self, part: Element) -> int | None:
        """Read the amount of one part of a batch; None where it tells none."""
        for path in ("", "AmtDtls/TxAmt/"):
            if self.all(part, f"{path}Amt"):
                return self.pence(part, f"{path}Amt")
        return None

    def pence(self, at: Element, path: str = "Amt") -> int:
        """Read an amount in the currency of the statement."""
        found = self.all(at, path)
        amount = pence_of((found[0].text or "").strip()) if found else None
        if amount is None:
            raise UnableToReadStatement(
                "An amount must be pounds and pence, with a point: 58.60.", place=self.place(at, path)
            )
        if found[0].get("Ccy") != self.currency:
            raise UnableToReadStatement(
                f"This statement is in {found[0].get('Ccy') or 'no currency'}. We keep our books in {self.currency}.",
                place=self.place(at, path),
            )
        return amount

    def sign(self, at: Element) -> int:
        """Tell whether an amount came in (1) or went out (-1)."""
        said = self.words(at, "CdtDbtInd")
        if said not in ("CRDT", "DBIT"):
            raise UnableToReadStatement("An amount must say CRDT or DBIT.", place=self.place(at, "CdtDbtInd"))
        return 1 if said == "CRDT" else -1

    def day(self, at: Element, *paths: str) -> date | None:
        """Read a day, or the day of a moment; None where none is said."""
        words = self.words(at, *paths)
        if not words:
            return None
        try:
            return date.fromisoformat(words[:10])
        except ValueError:
            raise UnableToReadStatement(
                f"“{words[:30]}” is no date: write it like 2026-04-30.", place=self.place(at, paths[0])
            ) from None

    def words(self, at: Element, *paths: str) -> str:
        """Give the first of these that says something, in one line."""
        for path in paths:
            for one in self.all(at, path)[:1]:
                if words := " ".join((one.text or "").split()):
                    return words
        return ""

    def all(self, at: Element, path: str) -> list[Element]:
        """Give every element below at a path of plain names."""
        return at.findall("/".join(f"{{{self.space}}}{name}" for name in path.split("/")))

    def place(self, at: Element, path: str) -> str:
        """Say where something stands: its path by plain names, and the line of the file."""
        names = [etree.QName(one).localname for one in (*reversed(list(at.iterancestors())), at)]
        return f"/{'/'.join(names)}/{path} (line {at.sourceline})"
