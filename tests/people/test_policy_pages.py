"""The pages of a council's policy: what holds and why, and another value from a day on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.models import PolicyValue, RoleKind, User
from people.queries import value_on
from tests.cast import Cast, make_cast
from tests.people.changing import PEA
from tests.people.makers import make_policy, make_user_with_role
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db

PAGE = f"/policy/{PEA}/"


def make_ada(cast: Cast) -> User:
    """Somebody who administers the council."""
    return make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR)


def day(in_days: int) -> date:
    return timezone.localdate() + timedelta(days=in_days)


def said(value: str = "31.20", *, in_days: int = 3) -> dict[str, str]:
    return {"value": value, "effective_date": day(in_days).isoformat(), "source": "Circular 2026/27"}


def test_shows_every_value_by_theme_with_its_source_and_whose_it_is() -> None:
    cast = make_cast()
    make_policy(council=cast.council, code="dp_balance_weeks", value=6)
    page = seen(make_ada(cast), "/policy/")
    for words in (
        "What people pay towards their care",
        "£30.65",
        "Social care charging circular 2025/26",
        "6 weeks",
        "Your own",
        "99 years",
    ):
        assert words in page


def test_says_when_a_value_is_missing() -> None:
    cast = make_cast()
    PolicyValue.objects.filter(code=PEA).update(until_date=day(0))
    ada = make_ada(cast)
    assert "Missing" in seen(ada, "/policy/")
    assert "Nothing holds today" in seen(ada, PAGE)


def test_reads_the_answers_back_before_it_saves_them() -> None:
    cast = make_cast()
    ada = make_ada(cast)
    checked = answered(ada, PAGE, **said())
    assert "Check your answers" in checked
    assert "£31.20" in checked
    assert not PolicyValue.objects.filter(council=cast.council).exists()
    assert "Write down another value" in answered(ada, PAGE, **said(), change="yes")
    saved = answered(ada, PAGE, **said(), sure="yes")
    assert "Saved: £31.20 from" in saved
    assert "To come" in saved
    assert value_on(council=cast.council, code=PEA, on=day(3)) == 31_20
    assert "£31.20 from" in seen(ada, "/policy/")


def test_says_what_is_amiss_beside_the_answer_it_is_about() -> None:
    ada = make_ada(make_cast())
    assert "Write an amount in pounds" in answered(ada, PAGE, **said("much"))
    past = answered(ada, PAGE, **said(in_days=-1), sure="yes")
    assert '<a href="#id_effective_date">This can hold from' in past
    months = answered(ada, "/policy/dp_review_months/", **said("13"), sure="yes")
    assert '<a href="#id_value">Reviews of a direct payment' in months


def test_takes_back_what_has_not_begun() -> None:
    cast = make_cast()
    ada = make_ada(cast)
    answered(ada, PAGE, **said(), sure="yes")
    planned = PolicyValue.objects.get(council=cast.council)
    address = f"/policy/values/{planned.pk}/end/"
    assert "Take back £31.20" in seen(ada, address)
    assert "Taken back" in answered(ada, address)
    assert seen(ada, address) == "404"


def test_goes_back_to_what_holds_everywhere() -> None:
    cast = make_cast()
    ada = make_ada(cast)
    own = make_policy(council=cast.council, code=PEA, value=40_00)
    address = f"/policy/values/{own.pk}/end/"
    assert "Your own value is £40.00" in seen(ada, address)
    assert "Write a day" in answered(ada, address, effective_date="soon")
    assert "Choose a later day" in answered(ada, address, effective_date="2020-01-01")
    assert "Saved." in answered(ada, address, effective_date=day(2).isoformat())
    assert value_on(council=cast.council, code=PEA, on=day(2)) == 30_65


def test_is_only_for_who_administers_the_council() -> None:
    cast, away = make_cast(), make_cast(name="Awayshire Council")
    own = make_policy(council=cast.council, code=PEA, value=40_00)
    for address in ("/policy/", PAGE, f"/policy/values/{own.pk}/end/"):
        for stranger in (cast.carol, cast.priya, cast.amina_user):
            assert seen(stranger, address) == "404"
    assert seen(make_ada(away), f"/policy/values/{own.pk}/end/") == "404"
    assert seen(make_ada(cast), "/policy/else/") == "404"


def test_asks_the_database_seldom(django_assert_max_num_queries: object) -> None:
    visitor = as_user(make_ada(make_cast()))
    for address in ("/policy/", PAGE):
        visitor.get(address)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert visitor.get(address).status_code == 200
