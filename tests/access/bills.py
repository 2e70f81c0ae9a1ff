"""What was billed, paid and recorded in the world that every visitor sees."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from commissioning.models import Contract
from invoices.actions.pay import approve_run, draft_run, review_run, send_run, set_paying_account
from invoices.actions.statement import import_statements
from invoices.actions.upload import try_upload
from invoices.actions.visits import record_visits
from invoices.models import BankLine, Payment, Upload, Visit
from invoices.rules.visits import VisitRecord
from people.models import User
from providers.actions import give_payee_account
from providers.models import PayeeAccount, ProviderStaff
from tests.cast import NINE, ON, Cast
from tests.commissioning.makers import make_contract
from tests.invoices.banking import Entry, camt
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import make_officer, make_payee
from tests.invoices.sheets import make_csv
from tests.people.makers import make_user


def make_billed(here: Cast) -> Contract:
    """A contract with a visit that was paid for, and one that is held because it is too dear."""
    contract = make_contract(
        cluster=here.cluster, start_date=ON - timedelta(days=30), end_date=ON + timedelta(days=30)
    )
    visit = make_line(service_code="SESSION", unit_rate_pence=50_00, service_date=ON - timedelta(days=3))
    send(make_document(contract=contract, lines=[visit]), contract=contract, on=ON)
    too_dear = make_line(service_code="SESSION", unit_rate_pence=99_00, service_date=ON - timedelta(days=2))
    send(make_document(contract=contract, lines=[too_dear]), contract=contract, on=ON)
    return contract


def make_payment(here: Cast, contract: Contract) -> Payment:
    """The provider is paid what it is owed, in a run that is at the bank."""
    make_payee(provider=contract.provider)
    set_paying_account(
        council=here.council,
        account_name="Testshire Council",
        sort_code="10-00-00",
        account_number="87654321",
        service_user_number="123456",
        by=here.farah,
        at=NINE,
    )
    run = draft_run(council=here.council, pay_date=ON + timedelta(days=1), by=here.farah, on=ON, at=NINE)
    review_run(run=run, by=here.farah, at=NINE)
    approve_run(run=run, by=make_officer(council=here.council), at=NINE)
    return send_run(run=run, by=here.farah, at=NINE).payments.get()


def make_recorded(contract: Contract) -> Visit:
    """A visit of everybody's that its provider recorded and did not bill."""
    start = datetime.combine(ON - timedelta(days=5), time(9), UTC)
    record = VisitRecord(
        ref="V-1",
        contract_ref=contract.ref,
        service_code="SESSION",
        service_date=start.date(),
        started_at=start,
        ended_at=start + timedelta(hours=1),
        units=Decimal(1),
    )
    record_visits(records=[(0, record)], provider=contract.provider, by="system:tests")
    return Visit.objects.get(provider=contract.provider)


def make_bank_line(here: Cast, payment: Payment) -> BankLine:
    """A bank statement with a line of the payment's amount that does not name it."""
    out = Entry(pence=-payment.amount_pence, reference="BILL PAYMENT", on=ON)
    [statement] = import_statements(
        council=here.council, data=camt(out), file="bank.xml", by=here.farah, on=ON, at=NINE
    )
    return statement.lines.get()


def make_upload(contract: Contract, nora: User) -> Upload:
    """A file of invoices that Nora has looked at and not sent yet."""
    day = {"service_date": f"{ON:%Y-%m-%d}", "unit_rate_pence": "5000", "amount_pence": "5000"}
    return try_upload(
        provider=contract.provider,
        name="may.csv",
        content=make_csv(day, contract=contract),
        by=nora,
        on=ON,
        at=NINE,
    )


def make_account(contract: Contract, nora: User) -> PayeeAccount:
    """A new bank account of a provider, which nobody has checked."""
    return give_payee_account(
        provider=contract.provider,
        account_name="Kind Hands",
        sort_code="20-00-00",
        account_number="11112222",
        by=nora,
        at=NINE,
    )


def make_nora(contract: Contract) -> User:
    """Somebody who works for the provider of a contract."""
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=contract.provider)
    return nora
