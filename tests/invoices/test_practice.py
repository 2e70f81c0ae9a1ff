"""The sandbox: everything works as in the real council, and nothing real is ever touched."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from clusters.models import Cluster, Membership
from commissioning.models import Contract
from invoices.actions import take_in
from invoices.actions.practice import UnableToStartOver, enter_sandbox, start_over
from invoices.models import Invoice
from ledger.models import Account
from people.models import Council, Person
from providers.models import Provider, Sandbox
from reconciliation.actions.month_end import ask_for_open_months
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_refused
from tests.invoices.makers import make_document, make_line
from tests.invoices.systems import INVOICES, System, make_body, make_line_body, make_system, said
from tests.people.makers import make_user
from tests.providers.makers import make_key, make_provider
from tests.sealed import say_in

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
# What belongs to a council's money and its provider's documents, and how each row says whose it is.
BELONGS = {
    "ledger_entry": "book_id = %(book)s",
    "ledger_account": "book_id = %(book)s",
    "ledger_transfer": "entry_id IN (SELECT id FROM ledger_entry WHERE book_id = %(book)s)",
    "invoices_invoice": "council_id = %(council)s",
    "invoices_invoiceline": "invoice_id IN (SELECT id FROM invoices_invoice WHERE council_id = %(council)s)",
    "invoices_hold": "line_id IN (SELECT line.id FROM invoices_invoiceline line JOIN invoices_invoice sent"
    " ON sent.id = line.invoice_id WHERE sent.council_id = %(council)s)",
    "invoices_payment": "run_id IN (SELECT id FROM invoices_paymentrun WHERE council_id = %(council)s)",
}


def of_the_real_council(council: Council) -> dict[str, str]:
    """Everything of a council's money and documents, row by row and column by column."""
    found = {}
    with connection.cursor() as cursor:
        for table, condition in BELONGS.items():
            every_row = "coalesce(string_agg(row::text, '|' ORDER BY row::text), '')"
            cursor.execute(
                f"SELECT {every_row} FROM {table} row WHERE {condition}",
                {"book": council.book_id, "council": council.pk},
            )
            [found[table]] = cursor.fetchone()
    return found


def make_pair(**contract: Any) -> tuple[System, System]:
    """A real system and one that practises, of the same provider, with one real invoice sent."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    real = make_system(contract=make_contract(cluster=cluster, **contract))
    key, token = make_key(provider=real.contract.provider, is_sandbox=True)
    visit = make_line_body(service_date="2026-05-20")
    assert real.send(make_body(real.contract, visit, number="REAL-1")).status_code == 201
    return real, System(token=token, key=key, contract=real.contract)


def outcome(answer: Any) -> Any:
    """An answer but for what is never the same twice: ids and moments."""
    return {name: value for name, value in said(answer).items() if name not in {"id", "received_at"}}


def test_never_touches_the_real_book() -> None:
    real, practising = make_pair()
    council = real.contract.council
    before = of_the_real_council(council)
    assert all(before[table] for table in ("ledger_entry", "ledger_transfer", "invoices_invoice"))

    body = make_body(real.contract, number="TRY-1")
    assert practising.send(body, key="once").status_code == 201
    assert practising.send(body, key="once").status_code == 200
    wrong_rate = make_line_body(unit_rate_pence=1, amount_pence=1)
    assert practising.send(make_body(real.contract, wrong_rate)).status_code == 201
    assert practising.send({"type": "nothing"}).status_code == 422
    assert practising.ask().status_code == 200

    assert of_the_real_council(council) == before


def test_answers_as_the_real_thing_does() -> None:
    real, practising = make_pair()
    contract = real.contract
    line = make_line_body
    bodies: list[tuple[Any, str]] = [
        (make_body(contract, number="A-1"), "a"),
        (make_body(contract, number="A-1"), "a"),
        (make_body(contract, number="A-1", issue_date="2026-05-30"), "a"),
        (make_body(contract, number="A-1"), "b"),
        (make_body(contract, number="A-1", issue_date="2026-05-30"), "c"),
        (make_body(contract, line(unit_rate_pence=1, amount_pence=1), number="A-2"), "d"),
        (make_body(contract, line(member_ref="M-9", service_date="2026-05-05"), number="A-3"), "e"),
        (make_body(contract, line(service_code="HATS"), number="A-4"), "f"),
        (make_body(contract, number="A-5", contract_ref="K-NONE"), "g"),
        (make_body(contract, number="A-6", total_pence=1), "h"),
        (b'{"total_pence": NaN}', "i"),
    ]
    for body, key in bodies:
        really, practised = (system.send(body, key=key) for system in (real, practising))
        assert practised.status_code == really.status_code, body
        assert outcome(practised) == outcome(really)


def test_keeps_what_was_sent_to_be_asked_for_again() -> None:
    _, practising = make_pair()
    sent = said(practising.send(make_body(practising.contract, number="TRY-1")))
    assert [row["number"] for row in said(practising.ask())["results"]] == ["TRY-1"]
    shown = said(practising.ask(f"{INVOICES}/{sent['id']}"))
    assert (shown["number"], shown["lines"][0]["state"]) == ("TRY-1", "accepted")


def test_shows_neither_side_what_the_other_has() -> None:
    real, practising = make_pair()
    tried = said(practising.send(make_body(real.contract, number="TRY-1")))["id"]
    really = Invoice.objects.get(number="REAL-1").pk
    assert real.ask(f"{INVOICES}/{tried}").status_code == 404
    assert practising.ask(f"{INVOICES}/{really}").status_code == 404
    assert [row["number"] for row in said(real.ask())["results"]] == ["REAL-1"]


def test_takes_the_same_numbers_as_the_real_thing() -> None:
    real, practising = make_pair()
    answer = practising.send(make_body(real.contract, number="REAL-1"))
    assert answer.status_code == 201
    assert Invoice.objects.filter(number="REAL-1").count() == 2


def test_copies_references_and_nobodys_name_or_money() -> None:
    cluster = make_cluster()
    member = make_member(cluster=cluster, ref="M-1", pledged={"council": 12_34})
    Person.objects.filter(pk=member.person_id).update(name="Amina Yusuf")
    say_in(cluster, in_common="Somali-speaking", name="Elm Street")
    contract = make_contract(cluster=cluster)
    key, _ = make_key(provider=contract.provider, is_sandbox=True)
    practice = enter_sandbox(key=key, at=NOON).provider.council

    copied = Membership.objects.select_related("person", "cluster").get(cluster__council=practice)
    assert (copied.ref, copied.joined_date, copied.cluster.ref) == ("M-1", member.joined_date, cluster.ref)
    assert (copied.person.name, copied.cluster.in_common) == ("Practice M-1", "")
    assert "Elm" not in copied.cluster.name
    money = Account.objects.filter(book=practice.book_id, kind="pool_share").values_list(
        "balance_pence", flat=True
    )
    assert list(money) == [10_000_00]


def test_is_made_once_and_again_only_when_asked() -> None:
    _, practising = make_pair()
    first = enter_sandbox(key=practising.key, at=NOON).provider
    practising.key.refresh_from_db()
    assert enter_sandbox(key=practising.key, at=NOON).provider == first

    provider = practising.contract.provider
    with pytest.raises(UnableToStartOver, match="ten minutes after"):
        start_over(provider=provider, by="user:1", at=NOON + timedelta(minutes=9))
    start_over(provider=provider, by="user:1", at=NOON + timedelta(minutes=10))
    practising.key.refresh_from_db()
    second = enter_sandbox(key=practising.key, at=NOON).provider
    assert second != first
    assert Sandbox.objects.count() == 2


def test_forgets_what_was_sent_when_it_starts_over() -> None:
    _, practising = make_pair()
    practising.send(make_body(practising.contract, number="TRY-1"))
    later = timezone.now() + timedelta(minutes=11)
    start_over(provider=practising.contract.provider, by="user:1", at=later)
    with time_machine.travel(later):
        assert said(practising.ask())["results"] == []
        assert practising.send(make_body(practising.contract, number="TRY-1")).status_code == 201


def test_is_there_for_a_provider_without_contracts() -> None:
    key, token = make_key(provider=make_provider(), is_sandbox=True)
    answer = Client().get(INVOICES, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, said(answer)["results"]) == (200, [])
    assert enter_sandbox(key=key, at=NOON).provider.contracts.count() == 0


def test_is_found_and_counted_by_nobody() -> None:
    _, practising = make_pair()
    enter_sandbox(key=practising.key, at=NOON)
    real = practising.contract.council
    assert {cluster.council for cluster in Cluster.objects.taking()} <= {real}
    counted = ask_for_open_months(on=date(2026, 6, 1), by="system:tests")
    assert {month.council_id for month in counted} <= {real.pk}


def practice_of(practising: System) -> Provider:
    """The made-up provider of a system that practises."""
    return enter_sandbox(key=practising.key, at=NOON).provider


def test_postgresql_lets_nobody_work_for_a_council_that_is_made_up() -> None:
    practice = practice_of(make_pair()[1]).council
    assert_refused(
        "INSERT INTO people_role (user_id, council_id, kind, approval_limit_pence)"
        " VALUES (%s, %s, 'finance_officer', 0)",
        make_user(name="Eve").pk,
        practice.pk,
        match="Nobody works for",
    )


def test_postgresql_keeps_real_and_made_up_councils_apart() -> None:
    real, practising = make_pair()
    home, practice = real.contract.provider, practice_of(practising)
    for council in (home.council, practice.council):
        assert_refused(
            "UPDATE people_council SET is_practice = NOT is_practice WHERE id = %s",
            council.pk,
            match="stays so",
        )
    make = "INSERT INTO providers_sandbox (provider_id, practice_id, made_by) VALUES (%s, %s, 'user:1')"
    other = make_provider(council=home.council)
    for start, end in ((home, other), (practice, home), (home, home)):
        assert_refused(make, start.pk, end.pk, match="leads from|real_thing")
    sandbox: UUID = Sandbox.objects.get().pk
    assert_refused(
        "UPDATE providers_sandbox SET made_by = 'user:2' WHERE id = %s", sandbox, match="start over"
    )
    assert_refused(
        "INSERT INTO providers_systemkey (provider_id, name, scopes, made_by, revoked_by, is_sandbox)"
        " VALUES (%s, 'X', ARRAY['invoices:read'], 'user:1', '', true)",
        practice.pk,
        match="real council",
    )


def test_postgresql_takes_no_practised_invoice_into_a_real_council() -> None:
    real, practising = make_pair()
    contract = Contract.objects.select_related("provider", "council").get(pk=real.contract.pk)
    mixed_up = make_document(contract=contract, lines=[make_line(member_ref="M-1")], number="TRY-2")
    for provider, key in ((contract.provider, practising.key), (practice_of(practising), real.key)):
        with pytest.raises(IntegrityError, match="A key for practising"), transaction.atomic():
            take_in(document=mixed_up, provider=provider, on=NOON.date(), by=key.label)
