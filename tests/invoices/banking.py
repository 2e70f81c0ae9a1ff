"""Bank statements for tests: camt.053 and CSV, as a bank would write them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

OURS = ("100000", "87654321")
ACCOUNT = "".join(OURS)
JUNE_4 = date(2026, 6, 4)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: pence, below zero where money goes out; `parts` are a batch told one by one."""

    pence: int
    reference: str = ""
    name: str = ""
    on: date = JUNE_4
    status: str = "BOOK"
    is_reversal: bool = False
    parts: Sequence["Entry"] = field(default=())


def pounds(pence: int) -> str:
    """An amount as banks write it, without its sign."""
    return f"{abs(pence) // 100}.{abs(pence) % 100:02d}"


def camt(
    *entries: Entry,
    opening: int = 1_000_00,
    ref: str = "S-1",
    version: str = "02",
    account: str = f"<Othr><Id>{ACCOUNT}</Id></Othr>",
    currency: str = "GBP",
    closing: int | None = None,
) -> bytes:
    """A camt.053 file of one statement whose balances are right, unless another closing is given."""
    closed = (
        opening + sum(entry.pence for entry in entries if entry.status == "BOOK")
        if closing is None
        else closing
    )
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{space}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-06-05T06:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{ref}</Id><CreDtTm>2026-06-05T06:00:00</CreDtTm><Acct><Id>{account}</Id></Acct>"
        f"{balance('OPBD', opening, currency, date(2026, 6, 3))}{balance('CLBD', closed, currency, JUNE_4)}"
        f"{''.join(written(entry, version, currency) for entry in entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def balance(code: str, pence: int, currency: str, on: date) -> str:
    """A balance with its code and day."""
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount(pence, currency)}<Dt><Dt>{on}</Dt></Dt></Bal>"


def amount(pence: int, currency: str) -> str:
    """An amount with its direction."""
    return (
        f'<Amt Ccy="{currency}">{pounds(pence)}</Amt><CdtDbtInd>{"DBIT" if pence < 0 else "CRDT"}</CdtDbtInd>'
    )


def written(entry: Entry, version: str, currency: str) -> str:
    """An entry with its parts."""
    status = f"<Cd>{entry.status}</Cd>" if version == "08" else entry.status
    reversal = "<RvslInd>true</RvslInd>" if entry.is_reversal else ""
    parts = "".join(
        part_of(part, version, currency, is_told=bool(entry.parts)) for part in entry.parts or [entry]
    )
    return (
        f"<Ntry>{amount(entry.pence, currency)}{reversal}<Sts>{status}</Sts>"
        f"<BookgDt><Dt>{entry.on}</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef><BkTxCd/>"
        f"<NtryDtls>{parts}</NtryDtls></Ntry>"
    )


def part_of(entry: Entry, version: str, currency: str, *, is_told: bool) -> str:
    """What is told of one part: its reference, its amount in a batch, and the other side's name."""
    name = f"<Pty><Nm>{entry.name}</Nm></Pty>" if version == "08" else f"<Nm>{entry.name}</Nm>"
    other = "Cdtr" if (entry.pence < 0) != entry.is_reversal else "Dbtr"
    told = amount(entry.pence, currency)  # version 2 tells it elsewhere, and only where it needs to
    if version == "02":
        total = f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{pounds(entry.pence)}</Amt></TxAmt></AmtDtls>'
        told = total if is_told else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{entry.reference or 'NOTPROVIDED'}</EndToEndId></Refs>{told}"
        f"<RltdPties><{other}>{name}</{other}></RltdPties></TxDtls>"
    )


def table(*rows: tuple[str, int, int, str, str]) -> bytes:
    """A CSV of (date, amount, balance, reference, counterparty) in pence."""
    lines = ["account,date,amount,balance,reference,counterparty"]
    for on, pence, after, reference, counterparty in rows:
        signed = [f"{'-' if value < 0 else ''}{pounds(value)}" for value in (pence, after)]
        lines.append(f"10-00-00 87654321,{on},{signed[0]},{signed[1]},{reference},{counterparty}")
    return "\n".join(lines).encode()
