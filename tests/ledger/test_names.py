"""An account is called what it is, by Python and by PostgreSQL alike."""

from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.actions import AccountName, open_accounts, open_book
from ledger.models import Account, AccountKind

pytestmark = pytest.mark.django_db

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, max_examples=50)
@given(st.uuids(), st.sampled_from(AccountKind.values), st.uuids(), st.none() | st.uuids(), TEXT)
def test_is_one_name_in_python_and_in_sql(
    book: UUID, kind: str, owner: UUID, earmark: UUID | None, stream: str
) -> None:
    name = AccountName(kind, owner, stream, earmark)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_account_id(%s, %s, %s, %s, %s)", [book, kind, owner, earmark, stream])
        assert cursor.fetchone() == (name.id_in(book),)


def test_opens_an_account_once_however_often_it_is_asked() -> None:
    book = open_book(name="Testshire").pk
    name = AccountName(AccountKind.BUDGET, UUID(int=7), "council")
    assert open_accounts(book_id=book, names=[name]) == open_accounts(book_id=book, names=[name, name])
    assert Account.objects.filter(book=book).count() == 1


def test_keeps_one_owners_money_in_two_books_apart() -> None:
    first, second = open_book(name="Here").pk, open_book(name="There").pk
    name = AccountName(AccountKind.BUDGET, UUID(int=7), "council")
    assert name.id_in(first) != name.id_in(second)
