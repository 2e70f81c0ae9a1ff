"""CSV files of providers for tests, and who uploads them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from clusters.models import SharingRule
from commissioning.models import Contract
from invoices.actions.upload import take_upload, try_upload
from invoices.models import Upload
from invoices.rules.csv_invoices import COLUMNS
from people.models import User
from people.rules import write_table
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.providers.makers import make_staff

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)

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


@dataclass(frozen=True, kw_only=True)
class Office:
    """A contract for sessions of 20 pounds, which two members with 100 pounds each share; and who bills for it."""

    contract: Contract
    nora: User

    def look(self, content: bytes, *, name: str = "may.csv", by: User | None = None) -> Upload:
        """Nora, or somebody else, uploads a file."""
        return try_upload(
            provider=self.contract.provider, name=name, content=content, by=by or self.nora, on=ON, at=AT
        )

    def send(self, upload: Upload, *, by: User | None = None) -> Upload:
        """She says that it is to be sent."""
        return take_upload(upload=upload, by=by or self.nora, on=ON, at=AT)


def make_office() -> Office:
    """Where Nora bills."""
    cluster = make_cluster()
    for ref in ("M-0", "M-1"):
        make_member(cluster=cluster, ref=ref, pledged={"council": 100_00})
    contract = make_contract(cluster=cluster, services=[make_service(code="SESSION", rule=SharingRule.EQUAL)])
    return Office(contract=contract, nora=make_staff(provider=contract.provider))
