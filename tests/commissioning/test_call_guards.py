"""What PostgreSQL holds about calls, their offers and reviews against everybody, psql included."""

import psycopg
import pytest
from django.db import transaction

from clusters.models import SharingRule
from commissioning.models import Call, Offer, OfferState
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.calling import make_an_offer, make_call, make_fitting_provider
from tests.commissioning.makers import make_contract, make_request
from tests.guards import assert_kept, assert_refused, run_sql
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db

REVIEW = (
    "INSERT INTO commissioning_providerreview (contract_id, membership_id, stars, words, given_by) "
    "VALUES (%s, %s, %s, '', 'system:tests')"
)


@pytest.mark.parametrize(
    "change", ["words = 'Other'", "weekly_units = 1", "offers_by_date = '2027-01-01'", "title = 'Other'"]
)
def test_a_call_stays_as_it_was_made(change: str) -> None:
    assert_refused(
        f"UPDATE commissioning_call SET {change} WHERE id = %s", make_call().pk, match="stays as it was made"
    )


@pytest.mark.parametrize("state", ["chosen", "nonsense"])
def test_a_call_moves_only_along_its_ways(state: str) -> None:
    assert_refused("UPDATE commissioning_call SET state = %s WHERE id = %s", state, make_call().pk)


@pytest.mark.parametrize(
    "change", ["words = 'Other'", "alone_rate_pence = 1", "notice_days = 0", "one_off_pence = 1"]
)
def test_an_offer_stays_as_it_was_made(change: str) -> None:
    offer = make_an_offer(call=make_call())
    assert_refused(
        f"UPDATE commissioning_offer SET {change} WHERE id = %s", offer.pk, match="stays as it was made"
    )


def test_an_answered_offer_is_not_answered_again() -> None:
    offer = make_an_offer(call=make_call())
    answer = "UPDATE commissioning_offer SET state = %s, decided_at = now() WHERE id = %s"
    run_sql(answer, OfferState.WITHDRAWN, offer.pk)
    assert_refused(answer, OfferState.CHOSEN, offer.pk, match="stays as it was made")


def test_prices_stay() -> None:
    offer = make_an_offer(call=make_call())
    step = offer.steps.get()
    assert_refused("UPDATE commissioning_offerstep SET unit_rate_pence = 1 WHERE id = %s", step.pk)


def test_an_offer_answers_an_open_call_of_its_providers_council() -> None:
    call = make_call()
    offer = "INSERT INTO commissioning_offer (call_id, provider_id, words, languages, notice_days, one_off_pence, "
    offer += "alone_rate_pence, state, made_by, not_chosen_words) VALUES (%s, %s, 'x', '{}', 0, 0, 1, 'open', 'x', '')"
    assert_refused(offer, call.pk, make_provider(name="Away").pk, match="takes no offer from this provider")
    here = make_fitting_provider(call=call)
    run_sql("UPDATE commissioning_call SET state = 'withdrawn' WHERE id = %s", call.pk)
    assert_refused(offer, call.pk, here.pk, match="takes no offer from this provider")


def test_an_offer_has_a_price_for_what_its_call_asks_for() -> None:
    call = make_call()
    provider = make_fitting_provider(call=call)
    with transaction.atomic():
        Offer.objects.create(
            call=call, provider=provider, words="x", alone_rate_pence=1, made_by="system:tests"
        )
        assert_refused("SET CONSTRAINTS ALL IMMEDIATE", match="has no price")
        transaction.set_rollback(True)


def test_a_call_begins_open_in_the_council_of_its_cluster() -> None:
    call, other = make_call(), make_cluster()
    again = (
        "INSERT INTO commissioning_call (council_id, cluster_id, ref, title, words, service_code, unit, weekly_units, "
        "place, languages, culture_words, is_regulated, start_date, end_date, offers_by_date, state, called_by) "
        "SELECT council_id, %s, 'X-1', title, words, service_code, unit, weekly_units, place, languages, "
        "culture_words, is_regulated, start_date, end_date, offers_by_date, %s, called_by "
        "FROM commissioning_call WHERE id = %s"
    )
    assert_refused(again, call.cluster_id, "chosen", call.pk, match="begins open")
    assert_refused(again, other.pk, "open", call.pk, match="begins open")
    run_sql(again, call.cluster_id, "open", call.pk)


def test_a_review_is_of_a_contract_that_ran_by_a_member_of_its_cluster() -> None:
    cluster = make_cluster(sharing={"HC-HOUR": SharingRule.EQUAL})
    member, stranger = make_member(cluster=cluster), make_member()
    contract = make_contract(cluster=cluster)
    waiting = make_request(cluster=cluster).contract
    assert_refused(REVIEW, contract.pk, stranger.pk, 5, match="has had nothing under contract")
    assert_refused(REVIEW, waiting.pk, member.pk, 5, match="has had nothing under contract")
    assert_refused(REVIEW, contract.pk, member.pk, 6, match="commissioning_review_is_one_to_five")
    run_sql(REVIEW, contract.pk, member.pk, 5)
    assert_refused(REVIEW, contract.pk, member.pk, 4, match="commissioning_review_is_given_once")
    assert_refused("UPDATE commissioning_providerreview SET stars = 1 WHERE contract_id = %s", contract.pk)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_can_be_taken_away(owner_connection: psycopg.Connection) -> None:
    call = make_call()
    make_an_offer(call=call)
    cluster = make_cluster(council=call.council)
    run_sql(REVIEW, make_contract(cluster=cluster).pk, make_member(cluster=cluster).pk, 4)
    for table in ("call", "offer", "offerstep", "providerreview"):
        assert_kept(owner_connection, f"commissioning_{table}")
    assert Call.objects.count() == 1
