"""My money: a person's first page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import WhenAway
from clusters.queries import money_of
from plans.actions import call_for_review
from plans.models import Plan, PlanState, ReviewReason
from reports.queries.purse import purse_of
from tests.budgets.makers import make_budget
from tests.cast import NINE, ON, Cast, make_cast
from tests.clusters.makers import make_absence, make_agreement, make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MY_MONEY = "/my-money/"
QUERIES = 11  # three of them for who asks


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def look(client: Client, cast: Cast, address: str = MY_MONEY) -> str:
    """What Amina reads on a page."""
    client.force_login(cast.amina_user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def spend(cast: Cast, *, units: str = "1", member_ref: str = "") -> None:
    """Let Amina's cluster have a session, 50 pounds each, three days ago."""
    contract = make_contract(
        cluster=cast.cluster, start_date=ON - timedelta(days=30), end_date=ON + timedelta(days=30)
    )
    line = make_line(
        service_code="SESSION", units=units, unit_rate_pence=50_00, service_date=ON - timedelta(days=3)
    )
    send(make_document(contract=contract, lines=[line]), contract=contract, on=ON)


def test_puts_the_year_in_four_parts_that_add_up(client: Client) -> None:
    cast = make_cast()
    spend(cast)
    words = look(client, cast)
    for pounds in ("£12,000.00", "£50.00", "£950.00", "£11,000.00"):
        assert pounds in words
    assert "£12,000.00 in all: £50.00 spent, £0.00 promised, £950.00 in my pool, £11,000.00 left." in words


def test_shows_each_kind_of_money_in_the_table(client: Client) -> None:
    words = look(client, make_cast())
    assert "Council money" in words
    assert "Health money" in words


def test_spends_what_the_accounts_no_longer_hold() -> None:
    cast = make_cast()
    spend(cast, units="2")
    purse = purse_of(person=cast.amina, money=money_of(memberships=[cast.membership]), on=ON)
    assert purse is not None
    assert purse.total.spent_pence == 100_00
    assert purse.total.spent_pence == purse.total.allocated_pence - (
        purse.total.left_pence + purse.total.pool_pence + purse.total.promised_pence
    )
    assert purse.total.carried_pence == 0


def test_says_what_was_carried_over_from_an_earlier_budget() -> None:
    member = make_member(pledged={"council": 300_00}, joined_date=date(2026, 5, 1))
    later = date(2027, 4, 2)
    make_budget(
        person=member.person,
        pence={"council": 500_00},
        start_date=later - timedelta(days=1),
        end_date=date(2028, 4, 1),
    )
    purse = purse_of(person=member.person, money=money_of(memberships=[member]), on=later)
    assert purse is not None
    assert purse.total.have_pence == 800_00
    assert purse.total.carried_pence == 300_00


def test_names_the_clusters_the_plan_and_the_social_worker(client: Client) -> None:
    cast = make_cast()
    words = look(client, cast)
    assert "Elm Street neighbours" in words
    assert "Priya Shah" in words
    assert reverse("plans:plan", args=[cast.amina.plans.get().pk]) in words


def test_says_that_nothing_needs_them(client: Client) -> None:
    assert "Nothing needs you today." in look(client, make_cast())


def test_says_that_the_plan_is_looked_at_again_soon(client: Client) -> None:
    cast = make_cast()
    cast.amina.plans.update(review_due_date=ON + timedelta(days=14))
    assert "The day for it is Monday 18 May 2026." in look(client, cast)


def test_says_it_for_a_review_that_the_plan_does_not_name(client: Client) -> None:
    cast = make_cast()
    cast.amina.plans.update(review_due_date=None)
    assert "Nothing needs you today." in look(client, cast)
    call_for_review(
        person=cast.amina,
        reason=ReviewReason.CONCERN,
        words="I fell.",
        by=cast.amina_user,
        on=ON,
        at=NINE,
    )
    assert "The day for it is Monday 4 May 2026." in look(client, cast)


def test_gives_the_reason_a_plan_was_sent_back(client: Client) -> None:
    cast = make_cast()
    Plan.objects.create(
        person=cast.amina,
        version=2,
        state=PlanState.RETURNED,
        return_reason="Say more about mornings",
        is_loaded=True,
    )
    assert "Say more about mornings" in look(client, cast)


def test_tells_somebody_without_a_budget_whom_to_ask(client: Client) -> None:
    person = make_person(user=make_user())
    assert person.user is not None
    client.force_login(person.user)
    assert "You have no budget for today." in client.get(MY_MONEY).content.decode()


def test_is_not_there_for_somebody_who_draws_on_no_care(client: Client) -> None:
    client.force_login(make_cast().carol)
    assert client.get(MY_MONEY).status_code == 404


def test_asks_the_same_number_of_questions_however_many_clusters(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client.force_login(cast.amina_user)
    with django_assert_num_queries(QUERIES):
        client.get(MY_MONEY)
    for number in range(3):
        cluster = make_cluster(council=cast.council, name=f"Cluster {number}")
        make_member(cluster=cluster, person=cast.amina, pledged={"council": 10_00}, joined_date=ON)
        make_member(cluster=cluster)
    with django_assert_num_queries(QUERIES):
        client.get(MY_MONEY)


def test_explains_an_amount_down_to_the_odd_penny(client: Client) -> None:
    cast = make_cast()
    others = [
        make_member(cluster=cast.cluster, pledged={"council": 500_00}, joined_date=ON - timedelta(days=20))
        for _ in range(2)
    ]
    spend(cast)
    client.force_login(cast.amina_user)
    page = client.get(MY_MONEY).context
    [line] = page["paid"]
    assert line.pence in {16_66, 16_67}
    words = look(client, cast, reverse("reports:why", args=[line.line_id]))
    assert "Shared equally by the 3 people who were members that day." in words
    assert ("fell to you" in words) == (line.pence == 16_67)
    assert len(others) == 2


def make_four(cast: Cast, *, on_holiday: WhenAway, away: int) -> None:
    """Amina and three others share a session while the first, or another, is on holiday."""
    make_agreement(cluster=cast.cluster, signed_date=ON - timedelta(days=20), on_holiday=on_holiday)
    members = [cast.membership] + [
        make_member(cluster=cast.cluster, pledged={"council": 1_000_00}, joined_date=ON - timedelta(days=20))
        for _ in range(3)
    ]
    make_absence(membership=members[away], start_date=ON - timedelta(days=5), end_date=ON)
    spend(cast)


@pytest.mark.parametrize(
    ("on_holiday", "away", "sentences"),
    [
        (
            WhenAway.OTHERS_COVER,
            1,
            ["Shared equally by 3 of the members of that day.", "as you agreed, the others paid their part."],
        ),
        (
            WhenAway.RESERVE_COVERS,
            1,
            ["by the 4 people who were members that day.", "the reserve paid £12.50 for them"],
        ),
        (WhenAway.RESERVE_COVERS, 0, ["You were away that day: as you agreed, the reserve paid £12.50"]),
        (WhenAway.PAYS_ANYWAY, 0, ["You were away that day: as you agreed, you pay your part all the same."]),
    ],
)
def test_explains_what_being_away_did(
    client: Client, on_holiday: WhenAway, away: int, sentences: list[str]
) -> None:
    cast = make_cast()
    make_four(cast, on_holiday=on_holiday, away=away)
    client.force_login(cast.amina_user)
    [line] = client.get(MY_MONEY).context["paid"]
    address = reverse("reports:why", args=[line.line_id])
    words = look(client, cast, address)
    assert [sentence for sentence in sentences if sentence not in words] == []
    why = client.get(address).context["why"]
    assert abs(why.exact_pence - why.share_pence) < 1


def test_explains_that_everybody_pays_where_nobody_is_there(client: Client) -> None:
    cast = make_cast()
    make_agreement(
        cluster=cast.cluster, signed_date=ON - timedelta(days=20), on_holiday=WhenAway.OTHERS_COVER
    )
    make_absence(membership=cast.membership, start_date=ON - timedelta(days=5), end_date=ON)
    spend(cast)
    client.force_login(cast.amina_user)
    [line] = client.get(MY_MONEY).context["paid"]
    words = look(client, cast, reverse("reports:why", args=[line.line_id]))
    assert "nobody was there to pay your part, so you pay as usual." in words


def test_explains_nothing_to_somebody_who_paid_nothing(client: Client) -> None:
    cast = make_cast()
    spend(cast)
    client.force_login(cast.amina_user)
    [line] = client.get(MY_MONEY).context["paid"]
    client.force_login(cast.ben_user)
    assert client.get(reverse("reports:why", args=[line.line_id])).status_code == 404
