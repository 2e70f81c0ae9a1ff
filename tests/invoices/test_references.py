"""Lines refer to what is there, and what they refer to stays. Tried by plain SQL, past every action."""

from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from clusters.models import Membership
from commissioning.models import Contract, ContractService
from invoices.models import Invoice, InvoiceLine
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.guards import assert_refused, run_sql
from tests.invoices.makers import make_document, make_line, send

pytestmark = pytest.mark.django_db

WHAT = "invoice", "service", "membership", "corrected_line"
# A line like another, held, with `{column}` put in; as often as asked.
LIKE_ANOTHER = """
INSERT INTO invoices_invoiceline (id, invoice_id, line_number, service_code, service_id, service_date, units,
    unit_rate_pence, amount_pence, member_ref, membership_id, corrected_line_id, state, entry_id)
SELECT uuidv7(), {invoice}, 100 + n, service_code, {service}, service_date, units, unit_rate_pence, amount_pence,
    member_ref, {membership}, {corrected_line}, {state}, {entry}
FROM invoices_invoiceline l, generate_series(1, {times}) n WHERE l.id = %(like)s
"""
AS_IT_IS = {
    "invoice": "l.invoice_id",
    "service": "l.service_id",
    "membership": "l.membership_id",
    "corrected_line": "l.corrected_line_id",
    "state": "'held'",
    "entry": "NULL",
    "times": "1",
}
NOBODY = "'{}'::uuid"


def make_sent_line(*, ref: str = "M-1") -> InvoiceLine:
    """An accepted visit, and a member it was for."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref=ref, pledged={"council": 100_00})
    contract = make_contract(cluster=cluster)
    send(make_document(contract=contract, lines=[make_line(member_ref=ref)]), contract=contract)
    return InvoiceLine.objects.get(invoice__contract=contract)


def write_like(line: InvoiceLine, **otherwise: str) -> None:
    """Write a line like another by hand, otherwise where said."""
    with connection.cursor() as cursor:
        cursor.execute(LIKE_ANOTHER.format(**AS_IT_IS | otherwise), {"like": line.pk})


def make_service_of_a_draft(line: InvoiceLine) -> str:
    """A service of a contract that is still a draft, so that it could yet be taken away; its id as SQL writes it."""
    contract = line.invoice.contract
    draft = Contract.objects.create(
        council=contract.council,
        ref="K-DRAFT",
        title="Not yet",
        cluster=contract.cluster,
        provider=contract.provider,
        start_date=contract.start_date,
        end_date=contract.end_date,
    )
    service = ContractService.objects.create(contract=draft, **vars(make_service()))
    return NOBODY.format(service.pk)


def test_writes_by_hand_what_is_right() -> None:
    line = make_sent_line()
    write_like(line, corrected_line="l.id")
    assert InvoiceLine.objects.filter(corrected_line=line).exists()


@pytest.mark.parametrize("times", ["1", "600"])  # few are planned once, many anew
@pytest.mark.parametrize("what", WHAT)
def test_refuses_a_line_that_refers_to_nothing(what: str, times: str) -> None:
    line, nobody = make_sent_line(), NOBODY.format(uuid4())
    one_of_them = f"CASE WHEN n = {times} THEN {nobody} ELSE {AS_IT_IS[what]} END"
    with pytest.raises(
        IntegrityError, match=f"refers to {what.rsplit('_', maxsplit=1)[-1]} .* and there is none"
    ):
        write_like(line, times=times, **{what: one_of_them})


def test_refuses_an_entry_that_is_not_in_the_books() -> None:
    line = make_sent_line()
    with pytest.raises(IntegrityError, match="refers to entry"):
        write_like(line, state="'accepted'", entry=NOBODY.format(uuid4()), membership="NULL")


@pytest.mark.parametrize(("column", "match"), [("service_id", "service"), ("entry_id", "entry")])
def test_refuses_to_settle_a_line_by_what_is_not_there(column: str, match: str) -> None:
    line = make_sent_line()
    write_like(line, membership="NULL")
    change = f"UPDATE invoices_invoiceline SET amount_pence = 0, state = 'accepted', {column} = %s WHERE state = 'held'"
    assert_refused(change, uuid4(), match=f"refers to {match}")


def test_looks_at_no_temporary_table_of_the_same_name() -> None:
    line, somebody = make_sent_line(), uuid4()
    run_sql("CREATE TEMP TABLE clusters_membership (id uuid) ON COMMIT DROP")
    run_sql("INSERT INTO pg_temp.clusters_membership VALUES (%s)", somebody)
    with pytest.raises(IntegrityError, match="refers to membership"):
        write_like(line, membership=NOBODY.format(somebody))


@pytest.mark.parametrize("model", [Membership, ContractService, Invoice])
def test_lets_nothing_a_line_refers_to_take_another_name(model: type[Model]) -> None:
    make_sent_line()
    assert_refused(f"UPDATE {model._meta.db_table} SET id = uuidv7()", match="refused|is approved")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM commissioning_contractservice WHERE id = {}",
        "UPDATE commissioning_contractservice SET id = uuidv7() WHERE id = {}",
    ],
)
def test_keeps_a_service_that_lines_refer_to(owner_connection: psycopg.Connection, statement: str) -> None:
    line = make_sent_line()
    service = make_service_of_a_draft(line)
    write_like(line, service=service, membership="NULL")
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="invoices have been taken in for it"):
        owner_connection.execute(statement.format(service).encode())


@pytest.mark.django_db(transaction=True)
def test_lets_a_service_go_that_no_line_refers_to(owner_connection: psycopg.Connection) -> None:
    service = make_service_of_a_draft(make_sent_line())
    gone = owner_connection.execute(
        f"DELETE FROM commissioning_contractservice WHERE id = {service}".encode()
    )
    assert gone.rowcount == 1


@pytest.mark.django_db(transaction=True)
def test_holds_a_service_until_the_line_is_written(owner_connection: psycopg.Connection) -> None:
    line = make_sent_line()
    service = make_service_of_a_draft(line)
    owner_connection.execute("SET lock_timeout = '300ms'")
    with transaction.atomic():
        write_like(line, service=service, membership="NULL")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            owner_connection.execute(
                f"DELETE FROM commissioning_contractservice WHERE id = {service}".encode()
            )
