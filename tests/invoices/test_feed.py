"""The feed of changes: it misses nothing and repeats nothing, whoever writes meanwhile and however late they commit."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from queue import Queue
from threading import Event
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from commissioning.models import Contract, ContractState
from invoices.actions import reject
from invoices.actions.pay import cancel_run, give_up
from invoices.models import Change, ChangeKind, Hold, Invoice, Payment, SyncEpoch
from invoices.queries.feed import NoSuchPlace, Place, changes_since, read_place
from people.models import RoleKind
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_kept
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, make_desk, make_draft, make_sent
from tests.people.makers import make_user_with_role
from tests.plugin.database import superuser

WAIT_SECONDS = 30
ROUNDS = 5
START = Place()


def make_billed_contract() -> Contract:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    return make_contract(cluster=cluster)


def bill(contract: Contract, *, day: int = 4, rate: int = 20_00, number: str = "") -> Invoice:
    line = make_line(member_ref="M-1", service_date=date(2026, 5, day), unit_rate_pence=rate)
    return send(make_document(contract=contract, lines=[line], number=number), contract=contract).invoice


def follow(contract: Contract, kind: ChangeKind, place: Place = START) -> list[UUID]:
    return changes_since(provider_id=contract.provider_id, kind=kind, place=place, limit=100).object_ids


@contextmanager
def slow_writer(contract: Contract, *, day: int, number: str) -> Iterator[None]:
    """Somebody who has taken in an invoice and does not commit before this ends."""
    written, may_commit = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                bill(contract, day=day, number=number)
                written.set()
                assert may_commit.wait(WAIT_SECONDS)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        done: Future[None] = threads.submit(write)
        assert written.wait(WAIT_SECONDS)
        try:
            yield
        finally:
            may_commit.set()
            done.result(WAIT_SECONDS)


@pytest.mark.django_db(transaction=True)
def test_waits_for_a_slow_writer_rather_than_pass_over_them() -> None:
    slow = make_billed_contract()
    cluster = make_cluster(council=slow.council)
    make_member(cluster=cluster, ref="M-1")
    quick = make_contract(cluster=cluster, provider=slow.provider)
    bill(slow, day=28)  # opens the account of what is owed to the provider, which both use
    before = changes_since(
        provider_id=slow.provider_id, kind=ChangeKind.INVOICE, place=Place(), limit=100
    ).place
    with slow_writer(slow, day=4, number="SLOW"):
        later = bill(quick, day=5, number="QUICK")
        meanwhile = changes_since(
            provider_id=slow.provider_id, kind=ChangeKind.INVOICE, place=before, limit=100
        )
        assert Invoice.objects.filter(pk=later.pk).exists()
    after = changes_since(
        provider_id=slow.provider_id, kind=ChangeKind.INVOICE, place=meanwhile.place, limit=100
    )

    assert meanwhile.object_ids == []
    numbers = dict(Invoice.objects.values_list("pk", "number"))
    assert [numbers[one] for one in after.object_ids] == ["SLOW", "QUICK"]


@pytest.mark.django_db(transaction=True)
def test_misses_and_repeats_nothing_while_four_write_and_commit_late() -> None:
    """Four writers, each on a contract of one provider, commit in turns the reader does not know."""
    first = make_billed_contract()
    contracts = [first]
    for _ in range(3):
        cluster = make_cluster(council=first.council)
        make_member(cluster=cluster, ref="M-1")
        contracts.append(make_contract(cluster=cluster, provider=first.provider))
    bill(first, day=28)  # opens the account of what is owed to the provider, which all of them use
    turns: list[Queue[None]] = [Queue() for _ in contracts]  # a commit of one lets the next commit

    def write(nth: int) -> set[UUID]:
        written = set()
        try:
            for day in range(1, ROUNDS + 1):
                with transaction.atomic():
                    written.add(bill(contracts[nth], day=day).pk)
                    turns[nth].get(timeout=WAIT_SECONDS)
                turns[(nth - 1) % len(turns)].put(None)  # whoever wrote later has committed first
        finally:
            connections.close_all()
        return written

    with ThreadPoolExecutor(len(contracts)) as threads:
        writers = [threads.submit(write, nth) for nth in range(len(contracts))]
        turns[-1].put(None)
        seen: Counter[UUID] = Counter()
        place, is_over = Place(), False
        while not is_over:
            is_over = all(writer.done() for writer in writers)  # and then looks once more
            changes = changes_since(
                provider_id=first.provider_id, kind=ChangeKind.INVOICE, place=place, limit=3
            )
            is_over &= changes.is_all
            seen.update(changes.object_ids)
            place = changes.place
        written = set().union(*(writer.result() for writer in writers))

    assert len(written) == 4 * ROUNDS
    assert {one: times for one, times in seen.items() if one in written} == dict.fromkeys(written, 1)


@pytest.mark.django_db(transaction=True)
def test_shows_each_thing_once_at_its_last_change_and_again_when_it_changes_again() -> None:
    contract = make_billed_contract()
    wrong, right = bill(contract, rate=19_99), bill(contract, day=5)
    [hold] = Hold.objects.all()
    before = changes_since(
        provider_id=contract.provider_id, kind=ChangeKind.INVOICE, place=Place(), limit=100
    )
    assert before.object_ids == [wrong.pk, right.pk]
    officer = make_user_with_role(council=contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=hold, reason="Please bill the agreed rate.", by=officer, at=timezone.now())

    assert follow(contract, ChangeKind.INVOICE, before.place) == [wrong.pk]
    assert follow(contract, ChangeKind.INVOICE) == [right.pk, wrong.pk]
    assert follow(contract, ChangeKind.HOLD) == [hold.pk]


@pytest.mark.django_db(transaction=True)
def test_gives_a_page_at_a_time_within_one_transaction_too() -> None:
    contract = make_billed_contract()
    with transaction.atomic():
        sent = [bill(contract, day=day).pk for day in range(1, 6)]
    seen, place, pages = [], Place(), 0
    while True:
        changes = changes_since(
            provider_id=contract.provider_id, kind=ChangeKind.INVOICE, place=place, limit=2
        )
        seen += changes.object_ids
        place, pages = read_place(str(changes.place)), pages + 1
        if changes.is_all:
            break
    assert (seen, pages) == (sent, 3)


@pytest.mark.django_db(transaction=True)
def test_notes_contracts_their_members_services_and_what_is_left_of_them() -> None:
    contract = make_billed_contract()

    def changed(since: Place) -> tuple[bool, Place]:
        found = changes_since(
            provider_id=contract.provider_id, kind=ChangeKind.CONTRACT, place=since, limit=100
        )
        return contract.pk in found.object_ids, found.place

    is_there, place = changed(Place())
    assert is_there
    assert not changed(place)[0]
    for act in (
        lambda: bill(contract),
        lambda: make_member(cluster=contract.cluster, ref="M-2"),
        lambda: Contract.objects.filter(pk=contract.pk).update(state=ContractState.ENDED),
    ):
        act()
        is_changed, place = changed(place)
        assert is_changed


@pytest.mark.django_db(transaction=True)
def test_notes_payments_once_they_are_on_their_way_and_not_before() -> None:
    desk = make_desk()
    draft = make_draft(desk)
    assert follow(desk.contract, ChangeKind.PAYMENT) == []
    cancel_run(run=draft, reason="Too early", by=desk.farah, at=AT)
    make_sent(desk)
    payment = Payment.objects.get(state="planned")
    changes = changes_since(provider_id=desk.provider.pk, kind=ChangeKind.PAYMENT, place=Place(), limit=100)
    assert changes.object_ids == [payment.pk]
    give_up(payment=payment, reason="The bank refused it", by=desk.farah, at=AT)
    assert follow(desk.contract, ChangeKind.PAYMENT, changes.place) == [payment.pk]


@pytest.mark.django_db(transaction=True)
def test_does_not_wait_for_what_goes_on_in_another_database() -> None:
    contract = make_billed_contract()
    sent = bill(contract)
    with superuser("postgres") as elsewhere, elsewhere.transaction():
        elsewhere.execute("SELECT pg_current_xact_id()")
        later = bill(contract, day=5)
        assert follow(contract, ChangeKind.INVOICE) == [sent.pk, later.pk]


@pytest.mark.django_db(transaction=True)
def test_shows_nobody_elses_changes() -> None:
    contract, other = make_billed_contract(), make_billed_contract()
    bill(other)
    assert follow(contract, ChangeKind.INVOICE) == []
    assert follow(contract, ChangeKind.HOLD) == []


@pytest.mark.django_db(transaction=True)
def test_goes_on_behind_what_was_there_when_the_database_moved_to_another_server(
    superuser_connection: psycopg.Connection,
) -> None:
    """A restored backup has numbers of transactions that the new server has yet to reach."""
    contract = make_billed_contract()
    old = bill(contract)
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("UPDATE invoices_syncepoch SET server = 1")
    superuser_connection.execute("UPDATE invoices_change SET txid = txid + 1000000000")
    changes = changes_since(
        provider_id=contract.provider_id, kind=ChangeKind.INVOICE, place=Place(), limit=100
    )
    assert changes.object_ids == [old.pk]
    new = bill(contract, day=5)
    assert follow(contract, ChangeKind.INVOICE, changes.place) == [new.pk]
    assert SyncEpoch.objects.count() == 2


@pytest.mark.parametrize("text", ["", "1", "-1-1-1", "1-2", "a-b-c", "1-2-3-4", "²-1-1", "1-1-" + "9" * 19])
def test_knows_no_such_place(text: str) -> None:
    with pytest.raises(NoSuchPlace):
        read_place(text)


@pytest.mark.django_db(transaction=True)
def test_is_kept_as_it_was_noted(owner_connection: psycopg.Connection) -> None:
    make_billed_contract()
    for table in ("invoices_change", "invoices_syncepoch"):
        assert_kept(owner_connection, table)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute("UPDATE invoices_change SET txid = 1")


@pytest.mark.django_db
def test_notes_a_thing_once_a_transaction() -> None:
    contract = make_billed_contract()
    bill(contract, rate=19_99)
    assert Change.objects.filter(kind=ChangeKind.INVOICE).count() == 1
    with connection.cursor() as cursor, pytest.raises(Exception, match="is_noted_once_a_transaction"):
        cursor.execute(
            "INSERT INTO invoices_change (epoch, txid, provider_id, kind, object_id) "
            "SELECT epoch, txid, provider_id, kind, object_id FROM invoices_change LIMIT 1"
        )
