"""What is written in the books stays: refused to the app, to the tables' owner and to psql alike."""

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection

from ledger.models import AccountKind
from ledger.models.account import GUARDED_KINDS
from tests.ledger.makers import Purse, make_purse

WRITTEN_ONCE = ["ledger_entry", "ledger_transfer", "ledger_period", "ledger_closingbalance", "ledger_book"]
KEPT = [*WRITTEN_ONCE, "ledger_account"]
NAME_OF_AN_ACCOUNT = ["id", "book_id", "kind", "owner_id", "earmark_id", "stream"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_lets_the_app_change_nothing(table: str) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="the books are written once"):
        cursor.execute(f"UPDATE {table} SET id = id")


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
def test_gives_the_app_no_right_to_delete(verb: str, table: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(f"{verb} {table}")


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_lets_the_owner_change_nothing(owner_connection: psycopg.Connection, table: str) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_lets_the_owner_delete_nothing(
    owner_connection: psycopg.Connection, statement: str, table: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement.format(table))


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_lets_a_superuser_change_nothing_while_triggers_are_on(
    superuser_connection: psycopg.Connection, table: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        superuser_connection.execute(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("column", [*NAME_OF_AN_ACCOUNT, "balance_pence", "move_count"])
def test_lets_the_owner_change_no_account(owner_connection: psycopg.Connection, column: str) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE ledger_account SET {column} = {column}")


@pytest.mark.django_db
@pytest.mark.parametrize("column", [*NAME_OF_AN_ACCOUNT, "balance_pence", "move_count"])
def test_lets_the_app_change_no_account(column: str) -> None:
    make_purse(budget_pence=100)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="refused"):
        cursor.execute(f"UPDATE ledger_account SET {column} = {column}")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["ON CONFLICT (id) DO UPDATE SET move_count = 5", "MERGE"])
def test_lets_nobody_change_an_account_by_way_of_an_insert(statement: str) -> None:
    make_purse(budget_pence=100)
    merge = (
        "MERGE INTO ledger_account a USING ledger_account b ON a.id = b.id "
        "WHEN MATCHED THEN UPDATE SET move_count = 5"
    )
    insert = (
        f"INSERT INTO ledger_account SELECT * FROM ledger_account WHERE balance_pence IS NULL {statement}"
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="refused"):
        cursor.execute(merge if statement == "MERGE" else insert)


@pytest.mark.django_db
def test_lets_no_trigger_of_somebody_elses_move_a_balance() -> None:
    purse = make_purse(budget_pence=100)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE lever (id int);"
            "CREATE FUNCTION pg_temp.pull() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            "    UPDATE ledger_account SET balance_pence = 999 WHERE balance_pence IS NOT NULL; RETURN NULL; END $$;"
            "CREATE TRIGGER pull AFTER INSERT ON lever FOR EACH ROW EXECUTE FUNCTION pg_temp.pull()"
        )
        with pytest.raises(IntegrityError, match="only a transfer does that"):
            cursor.execute("INSERT INTO lever VALUES (1)")
    assert purse


@pytest.mark.django_db
@pytest.mark.parametrize("function", ["ledger_move_balances", "ledger_check_entries", "ledger_seal_period"])
def test_lends_its_own_triggers_to_nobody(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE lever (id uuid, source_id uuid, target_id uuid, amount_pence bigint)"
        )
        with pytest.raises(ProgrammingError, match="permission denied for function"):
            cursor.execute(
                f"CREATE TRIGGER pull AFTER INSERT ON lever REFERENCING NEW TABLE AS new_transfers "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )


INSERT_ACCOUNT = """
INSERT INTO ledger_account (id, book_id, kind, owner_id, stream, balance_pence, move_count)
SELECT CASE WHEN %(is_named)s THEN ledger_account_id(%(book)s, %(kind)s, %(owner)s, NULL, 'nhs') ELSE %(owner)s END,
    %(book)s, %(kind)s, %(owner)s, 'nhs', %(balance)s, %(moves)s
"""


def open_by_hand(
    purse: Purse, *, kind: str = "budget", balance: int | None = 0, moves: int = 0, is_named: bool = True
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_ACCOUNT,
            {
                "book": purse.book,
                "kind": kind,
                "owner": purse.pool,
                "balance": balance,
                "moves": moves,
                "is_named": is_named,
            },
        )


@pytest.mark.django_db
def test_opens_an_account_by_hand_where_it_is_right() -> None:
    open_by_hand(make_purse())


@pytest.mark.django_db
def test_opens_no_account_with_money() -> None:
    with pytest.raises(IntegrityError, match="starts at nothing"):
        open_by_hand(make_purse(), balance=1)


@pytest.mark.django_db
def test_opens_no_account_that_has_moved() -> None:
    with pytest.raises(IntegrityError, match="starts at nothing"):
        open_by_hand(make_purse(), moves=1)


@pytest.mark.django_db
def test_opens_no_account_under_another_name() -> None:
    with pytest.raises(IntegrityError, match="under the name of what it is"):
        open_by_hand(make_purse(), is_named=False)


@pytest.mark.django_db
def test_opens_no_account_that_should_be_guarded_and_is_not() -> None:
    with pytest.raises(IntegrityError, match="ledger_account_is_guarded_by_kind"):
        open_by_hand(make_purse(), balance=None)


@pytest.mark.django_db
@pytest.mark.parametrize("balance", [0, None])
def test_opens_no_account_of_an_unknown_kind(balance: int | None) -> None:
    with pytest.raises(IntegrityError, match="ledger_account_is_guarded_by_kind"):
        open_by_hand(make_purse(), kind="pocket", balance=balance)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", AccountKind)
@pytest.mark.parametrize("balance", [0, None])
def test_knows_which_kinds_carry_a_balance(kind: AccountKind, balance: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_account_is_of_its_kind(%s, %s)", [kind, balance is not None])
        assert cursor.fetchone() == ((kind in GUARDED_KINDS) == (balance is not None),)
