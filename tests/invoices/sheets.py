"""CSV files of providers for tests."""

from commissioning.models import Contract
from invoices.rules.csv_invoices import COLUMNS
from people.rules import write_table

USUAL = {
    "number": "A-1",
    "contract_ref": "K-1",
    "issue_date": "2026-05-31",
    "period_start": "2026-05-01",
    "period_end": "2026-05-31",
    "service_code": "SESSION",
    "service_date": "2026-05-04",
    "units": "1",
    "unit_rate_pence": "2000",
    "amount_pence": "2000",
}


def make_csv(*rows: dict[str, str], contract: Contract | None = None) -> bytes:
    """A file with a row for each of these, which say what is unlike a session of 20 pounds; written as they are."""
    usual = USUAL | ({"contract_ref": contract.ref} if contract else {})
    lines = [",".join(_quoted({**usual, **row}.get(name, "")) for name in COLUMNS) for row in rows]
    return "\n".join([write_table(COLUMNS, []).strip(), *lines, ""]).encode()


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell
