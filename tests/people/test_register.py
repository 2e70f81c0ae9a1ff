"""Registering councils, users, roles and people."""

from datetime import date
from typing import Any

import pytest

from ledger.models import Entry
from people.actions import (
    UnableToRegister,
    give_role,
    register_council,
    register_person,
    register_user,
)
from people.models import Council, Person, RoleKind, Scope
from people.queries import leads, may_act_for, works_for
from tests.people.makers import make_council, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

YEAR: dict[str, Any] = {"year_start_date": date(2026, 4, 1), "year_end_date": date(2027, 4, 1)}


def test_gives_a_council_an_empty_book_of_its_own() -> None:
    one, other = make_council(), make_council()
    assert one.book_id != other.book_id
    assert not Entry.objects.exists()


def test_refuses_a_second_council_of_a_code() -> None:
    register_council(code="FAI", name="Fairholme", **YEAR)
    with pytest.raises(UnableToRegister, match="FAI is here already"):
        register_council(code="FAI", name="Another", **YEAR)


def test_refuses_a_year_that_ends_before_it_starts() -> None:
    with pytest.raises(UnableToRegister, match="ends before it starts"):
        register_council(code="X", name="X", year_start_date=date(2026, 4, 1), year_end_date=date(2026, 4, 1))
    assert not Council.objects.exists()


def test_refuses_an_address_however_it_is_written() -> None:
    register_user(email="amina@example.test", name="Amina")
    with pytest.raises(UnableToRegister, match="an account with that e-mail address"):
        register_user(email="Amina@Example.test", name="Amina")


def test_makes_accounts_without_a_password() -> None:
    assert not register_user(email="amina@example.test", name="Amina").has_usable_password()


def test_sets_the_limit_of_a_role_that_is_held_already() -> None:
    council, user = make_council(), make_user()
    for limit in (100, 200):
        give_role(user=user, council=council, kind=RoleKind.COMMISSIONER, approval_limit_pence=limit)
    assert user.roles.get().approval_limit_pence == 200


def test_refuses_a_second_person_of_a_reference_but_not_in_another_council() -> None:
    council = make_council()
    register_person(council=council, ref="P-1", name="Amina")
    with pytest.raises(UnableToRegister, match="a person with the reference P-1"):
        register_person(council=council, ref="P-1", name="Bob")
    register_person(council=make_council(), ref="P-1", name="Bob")
    assert Person.objects.count() == 2


def test_knows_who_leads_and_who_may_act() -> None:
    council, amina_user = make_council(), make_user()
    priya, quinn = make_social_worker(council=council), make_social_worker(council=council)
    amina = make_person(council=council, user=amina_user, lead=priya)
    assert leads(priya, amina)
    assert not leads(quinn, amina)
    assert may_act_for(amina_user, amina, scope=Scope.AGREE, on=date(2026, 5, 4))
    assert not may_act_for(quinn, amina, scope=Scope.AGREE, on=date(2026, 5, 4))
    assert works_for(quinn, council)
    assert not works_for(quinn, make_council())


def test_a_lead_who_is_no_social_worker_any_more_leads_nobody() -> None:
    council = make_council()
    amina = make_person(council=council, lead=make_user())
    assert amina.lead_professional is not None
    assert not leads(amina.lead_professional, amina)
