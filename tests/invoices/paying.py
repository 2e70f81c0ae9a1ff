"""Payment runs for tests: providers with accepted lines, and the people who pay them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from clusters.models import Cluster, SharingRule
from commissioning.models import Contract
from invoices.actions.pay import approve_run, draft_run, review_run, send_run, set_paying_account
from invoices.models import PaymentRun
from people.models import Council, RoleKind, User
from providers.actions import check_payee_account, give_payee_account
from providers.models import PayeeAccount, Provider
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_user_with_role

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
PAY_DATE = date(2026, 6, 4)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A council's contract with two members in its pool, and the finance officers who pay its provider."""

    contract: Contract
    farah: User
    frank: User

    @property
    def council(self) -> Council:
        """The council that pays."""
        return self.contract.council

    @property
    def provider(self) -> Provider:
        """The provider that is paid."""
        return self.contract.provider


def make_officer(*, council: Council, limit_pence: int = 1_000_000_00, name: str = "Farah Finance") -> User:
    """A finance officer who may approve runs up to a limit."""
    return make_user_with_role(
        council=council, kind=RoleKind.FINANCE_OFFICER, name=name, approval_limit_pence=limit_pence
    )


def make_payee(*, provider: Provider, account_number: str = "12345678") -> PayeeAccount:
    """A bank account of a provider that another officer has checked."""
    council = provider.council
    giver, checker = make_officer(council=council), make_officer(council=council)
    account = give_payee_account(
        provider=provider,
        account_name=provider.name,
        sort_code="20-00-00",
        account_number=account_number,
        by=giver,
        at=AT,
    )
    return check_payee_account(
        account=account, how="Rang them on the number in the contract", by=checker, at=AT
    )


def make_desk(*, amounts: tuple[int, ...] = (60_00, 40_00), streams: dict[str, int] | None = None) -> Desk:
    """A desk with one invoice of accepted lines, shared by two members, and a checked account to pay into."""
    cluster = make_cluster()
    for ref in ("M-0", "M-1"):
        make_member(cluster=cluster, ref=ref, pledged=streams or {"council": 500_00})
    contract = make_shared_contract(cluster)
    bill(contract, *amounts)
    make_payee(provider=contract.provider)
    return Desk(
        contract=contract,
        farah=make_officer(council=contract.council),
        frank=make_officer(council=contract.council, name="Frank Finance"),
    )


def make_shared_contract(cluster: Cluster) -> Contract:
    """A contract for sessions of 20 pounds that members share equally."""
    return make_contract(cluster=cluster, services=[make_service(code="SESSION", rule=SharingRule.EQUAL)])


def bill(contract: Contract, *amounts: int, number: str = "") -> str:
    """Send an invoice with a line for each amount, at the rate of the contract; gives its number."""
    lines = [
        make_line(
            line_number=place,
            service_code="SESSION",
            service_date=date(2026, 5, 3 + place),
            units=str(pence / 20_00),
        )
        for place, pence in enumerate(amounts, start=1)
    ]
    document = make_document(contract=contract, lines=lines, number=number)
    taken = send(document, contract=contract)
    assert not taken.invoice.lines.exclude(state="accepted").exists()
    return document.number


def make_draft(desk: Desk) -> PaymentRun:
    """A run that Farah drafted."""
    return draft_run(council=desk.council, pay_date=PAY_DATE, by=desk.farah, on=ON, at=AT)


def make_sent(desk: Desk) -> PaymentRun:
    """A run that Farah drafted and reviewed, Frank approved, and the bank has."""
    set_paying_account(
        council=desk.council,
        account_name="Testshire Council",
        sort_code="10-00-00",
        account_number="87654321",
        service_user_number="123456",
        by=desk.farah,
        at=AT,
    )
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    return send_run(run=approve_run(run=run, by=desk.frank, at=AT), by=desk.farah, at=AT)
