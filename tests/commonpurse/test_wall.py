"""When the wall stands and when not: during a request, and never after it (ADR 34)."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.cast import Cast, make_cast
from tests.commonpurse.walled_pages import asks_as
from tests.visiting import Visitor, as_user

AS_APP, AS_WEB = "commonpurse_app", "commonpurse_web 1"
committed = pytest.mark.django_db(transaction=True)
pytestmark = [pytest.mark.urls("tests.commonpurse.walled_pages")]


def visit(cast: Cast, address: str) -> str:
    client = as_user(cast.priya)
    client.raise_request_exception = False
    return client.get(address).content.decode()


@pytest.mark.django_db
def test_stands_while_a_page_is_made_and_not_after() -> None:
    assert visit(make_cast(), "/who/") == AS_WEB
    assert asks_as() == AS_APP


@pytest.mark.django_db
def test_lets_a_stranger_meet_nobodys_rows() -> None:
    make_cast()
    assert Visitor().get("/anybody/").content.decode() == "commonpurse_web 0"
    assert asks_as() == AS_APP


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/falls-over/", "/not-there/", "/find-a-cluster/"])
def test_is_gone_after_a_page_that_fell_over_is_not_there_or_looks_further(address: str) -> None:
    assert visit(make_cast(), address)
    assert asks_as() == AS_APP


@pytest.mark.django_db
def test_is_gone_after_somebody_was_not_let_in() -> None:
    client = Visitor()
    client.post(reverse("account_login"), {"login": make_cast().priya.email})
    client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
    assert asks_as() == AS_APP


@committed
def test_stands_on_the_next_connection_too_whatever_is_undone() -> None:
    assert visit(make_cast(), "/loses/") == f"{AS_WEB}, {AS_WEB}"
    assert asks_as() == AS_APP


@committed
def test_a_connection_it_cannot_be_taken_from_is_never_used_again() -> None:
    cast = make_cast()
    before = connection.connection
    visit(cast, "/breaks/")
    assert before is not None
    assert before.closed
    connection.close()
    assert asks_as() == AS_APP
