"""Saying that one is away, and back sooner: by whom, for which days, who is told of what, and what PostgreSQL holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import psycopg
import pytest
from django.db import connection

from clusters.actions.away import UnableToComeBack, UnableToSayAway, come_back, say_away
from clusters.models import Absence, AwayCause, Membership, MembershipState, WhenAway
from commissioning.models import Contract
from invoices.models import InvoiceLine
from invoices.queries import shares_of_council
from people.models import Notice, Scope, User
from reconciliation.models import MonthEndState
from tests.clusters.makers import make_absence, make_cluster, make_member
from tests.commissioning.leavers import make_three, user_of
from tests.commissioning.makers import make_contract
from tests.guards import assert_kept, assert_refused, run_sql
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_authority, make_user
from tests.reconciliation.makers import count, doubts

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 4, 8, tzinfo=UTC)
MAY_4, MAY_5, MAY_11, MAY_18 = (date(2026, 5, day) for day in (4, 5, 11, 18))


def away(
    member: Membership,
    start: date = MAY_4,
    end: date = MAY_11,
    *,
    cause: AwayCause = AwayCause.ILLNESS,
    by: User | None = None,
) -> Absence:
    return say_away(
        membership=member, start_date=start, end_date=end, cause=cause, by=by or user_of(member), at=NINE
    )


def back(absence: Absence, day: date, *, by: User | None = None) -> Absence:
    return come_back(absence=absence, back_date=day, by=by or user_of(absence.membership), at=NINE)


def bill(contract: Contract, day: date, *, code: str = "SESSION", ref: str = "") -> None:
    rates = {"SESSION": 50_00, "HC-HOUR": 20_00, "MINIBUS": 64_67}
    line = make_line(service_code=code, unit_rate_pence=rates[code], service_date=day, member_ref=ref)
    send(make_document(contract=contract, lines=[line]), contract=contract)


def make_ours() -> tuple[list[Membership], Contract]:
    members = make_three(cluster=make_cluster(on_illness=WhenAway.OTHERS_COVER))
    return members, make_contract(cluster=members[0].cluster)


def test_is_written_down_and_everybody_is_told_what_concerns_them() -> None:
    (amina, ben, chidi), _ = make_ours()
    absence = away(amina)
    assert (absence.start_date, absence.end_date, absence.said_by) == (MAY_4, MAY_11, user_of(amina).label)
    told = dict(Notice.objects.filter(kind__startswith="clusters_").values_list("person", "kind"))
    assert told == {
        amina.person_id: "clusters_away",
        ben.person_id: "clusters_somebody_away",
        chidi.person_id: "clusters_somebody_away",
    }


def test_the_others_are_never_told_who_or_why() -> None:
    (amina, *_), _ = make_ours()
    back(away(amina), MAY_5)
    for notice in Notice.objects.exclude(person=amina.person):
        said = f"{notice.subject} {notice.words} {notice.easy_words}".lower()
        assert [
            word for word in ("amina", "yusuf", "ill", "hospital", "holiday") if word in said.split()
        ] == []
    assert "ill" not in Notice.objects.get(kind="clusters_away").subject.split()


def test_saying_the_same_twice_is_said_once() -> None:
    (amina, *_), _ = make_ours()
    assert away(amina) == away(amina)
    assert Notice.objects.filter(kind="clusters_away").count() == 1


def test_can_be_said_by_a_helper_who_may_agree_and_by_the_professional() -> None:
    (amina, ben, _), _ = make_ours()
    robin = make_authority(person=amina.person, scopes=[Scope.AGREE])
    assert "under authority" in away(amina, by=robin.helper).said_by
    assert ben.person.lead_professional is not None
    assert away(ben, by=ben.person.lead_professional).said_by == ben.person.lead_professional.label


@pytest.mark.parametrize("scopes", [[Scope.SEE], [Scope.SPEND]])
def test_cannot_be_said_by_anybody_else(scopes: list[Scope]) -> None:
    (amina, ben, _), _ = make_ours()
    helper = make_authority(person=amina.person, scopes=scopes).helper
    for by in (helper, make_user(), user_of(ben)):
        with pytest.raises(UnableToSayAway, match="may agree"):
            away(amina, by=by)
    absence = away(amina)
    with pytest.raises(UnableToComeBack, match="may agree"):
        back(absence, MAY_5, by=user_of(ben))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (date(2026, 3, 30), MAY_4, "member from 1 April 2026"),
        (MAY_5, MAY_4, "before the first"),
        (MAY_4, date(2027, 5, 6), "up to a year"),
    ],
)
def test_is_only_of_days_that_can_be(start: date, end: date, why: str) -> None:
    (amina, *_), _ = make_ours()
    with pytest.raises(UnableToSayAway, match=why):
        away(amina, start, end)


def test_is_not_of_somebody_who_has_gone_or_goes_before() -> None:
    (amina, ben, _), _ = make_ours()
    Membership.objects.filter(pk=ben.pk).update(state=MembershipState.ON_NOTICE, left_date=date(2026, 5, 8))
    with pytest.raises(UnableToSayAway, match="leave on 8 May 2026"):
        away(ben)
    asked = Membership.objects.create(
        cluster=amina.cluster, person=make_member().person, ref="ASK", state=MembershipState.ASKED
    )
    with pytest.raises(UnableToSayAway, match="may agree"):
        away(asked, by=user_of(amina))


def test_never_overlaps_what_was_said() -> None:
    (amina, *_), _ = make_ours()
    away(amina)
    with pytest.raises(UnableToSayAway, match="said already"):
        away(amina, date(2026, 5, 10), MAY_18)
    away(amina, MAY_11, MAY_18)
    back(Absence.objects.get(start_date=MAY_11), date(2026, 5, 13))
    away(amina, date(2026, 5, 13), MAY_18, cause=AwayCause.HOLIDAY)


@pytest.mark.parametrize("code", ["SESSION", "MINIBUS"])
def test_a_day_that_is_shared_already_stays_as_it_is(code: str) -> None:
    (amina, *_), contract = make_ours()
    bill(contract, MAY_5, code=code)
    with pytest.raises(UnableToSayAway, match="5 May 2026 is shared and paid for already"):
        away(amina)
    away(amina, date(2026, 5, 6), MAY_11)


def test_a_visit_of_ones_own_counts_and_that_of_another_does_not() -> None:
    (amina, ben, _), contract = make_ours()
    bill(contract, MAY_5, code="HC-HOUR", ref=ben.ref)
    away(amina)
    with pytest.raises(UnableToSayAway, match="5 May 2026"):
        away(ben)


def test_comes_back_sooner_from_a_day_on_and_pays_again() -> None:
    (amina, *_), contract = make_ours()
    absence = back(away(amina), MAY_5)
    assert (absence.back_date, absence.cancelled_at) == (MAY_5, NINE)
    bill(contract, MAY_4)
    bill(contract, MAY_5)
    days = [
        s.service_date
        for s in shares_of_council(council_id=contract.council_id)
        if s.membership_ref == amina.ref
    ]
    assert days == [MAY_5]
    assert doubts(count(amina.cluster.council)) == []
    kinds = Notice.objects.exclude(person=amina.person).filter(kind__startswith="clusters_")
    assert list(kinds.values_list("kind", flat=True)).count("clusters_somebody_back") == 2


def test_comes_back_once_and_only_from_days_away_that_are_not_shared() -> None:
    (amina, *_), contract = make_ours()
    absence = away(amina)
    bill(contract, date(2026, 5, 6))
    with pytest.raises(UnableToComeBack, match="Choose a day of these"):
        back(absence, MAY_11)
    with pytest.raises(UnableToComeBack, match="6 May 2026 is shared"):
        back(absence, MAY_5)
    back(absence, date(2026, 5, 7))
    assert back(absence, date(2026, 5, 7)).back_date == date(2026, 5, 7)
    with pytest.raises(UnableToComeBack, match="back from 7 May 2026 on already"):
        back(absence, date(2026, 5, 8))


def test_postgresql_keeps_what_was_said() -> None:
    (amina, *_), _ = make_ours()
    absence = away(amina)
    for change in (
        "end_date = '2026-05-20'",
        "cause = 'holiday'",
        "said_by = 'nobody'",
        "start_date = '2026-05-03'",
    ):
        assert_refused(
            f"UPDATE clusters_absence SET {change} WHERE id = %s", absence.pk, match="stays as it was said"
        )
    half = "UPDATE clusters_absence SET back_date = '2026-05-06', cancelled_at = now() WHERE id = %s"
    assert_refused(half, absence.pk, match="ends_sooner_in_words")
    whole = "UPDATE clusters_absence SET back_date = %s, cancelled_by = 'user:1', cancelled_at = now() WHERE id = %s"
    assert_refused(whole, MAY_11, absence.pk, match="ends_sooner_in_words")
    run_sql(whole, date(2026, 5, 6), absence.pk)
    assert_refused(whole, date(2026, 5, 7), absence.pk, match="added once")


INSERT = (
    "INSERT INTO clusters_absence (membership_id, start_date, end_date, cause, said_by, cancelled_by) "
    "VALUES (%s, %s, %s, %s, 'user:1', '')"
)


@pytest.mark.parametrize(
    ("start", "end", "cause", "match"),
    [
        (MAY_5, MAY_18, "holiday", "never_overlaps"),
        (MAY_18, MAY_18, "holiday", "is_a_day"),
        (MAY_18, date(2026, 5, 20), "tired", "cause_is_known"),
        (date(2026, 3, 1), date(2026, 3, 2), "holiday", "Only a member can be away"),
    ],
)
def test_postgresql_takes_no_absence_that_cannot_be(start: date, end: date, cause: str, match: str) -> None:
    (amina, *_), _ = make_ours()
    away(amina)
    assert_refused(INSERT, amina.pk, start, end, cause, match=match)


def test_postgresql_keeps_days_that_are_shared() -> None:
    (amina, ben, _), contract = make_ours()
    absence = away(amina)
    bill(contract, MAY_5)
    assert_refused(INSERT, ben.pk, MAY_4, MAY_18, "holiday", match="was shared already")
    back_sql = "UPDATE clusters_absence SET back_date = %s, cancelled_by = 'user:1', cancelled_at = now() WHERE id = %s"
    assert_refused(back_sql, MAY_4, absence.pk, match="was shared already")
    run_sql(back_sql, date(2026, 5, 6), absence.pk)
    run_sql(INSERT, ben.pk, date(2026, 5, 6), MAY_18, "holiday")


@pytest.mark.django_db(transaction=True)
def test_postgresql_keeps_the_rows(owner_connection: psycopg.Connection) -> None:
    make_absence(membership=make_member(), start_date=MAY_4, end_date=MAY_5)
    assert_kept(owner_connection, "clusters_absence")


@pytest.mark.django_db(transaction=True)
def test_an_absence_slipped_in_past_every_guard_shows_at_the_month_end(
    superuser_connection: psycopg.Connection,
) -> None:
    (amina, *_), contract = make_ours()
    bill(contract, MAY_5)
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(INSERT, [amina.pk, MAY_4, MAY_11, "illness"])
    month_end = count(amina.cluster.council)
    assert month_end.state == MonthEndState.UNCLEAR
    found = month_end.findings.filter(is_blocking=True)
    assert {finding.membership_id for finding in found} == {
        member.pk for member in amina.cluster.memberships.all()
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_a_bill_and_an_absence_at_the_same_moment_agree_with_each_other(turn: int) -> None:
    (amina, *_), contract = make_ours()
    by, together = user_of(amina), Barrier(2)

    def said() -> bool:
        try:
            together.wait(timeout=30)
            away(amina, by=by)
        except UnableToSayAway:
            return False
        finally:
            connection.close()
        return True

    def billed() -> None:
        try:
            together.wait(timeout=30)
            bill(contract, MAY_5)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        saying, billing = threads.submit(said), threads.submit(billed)
        billing.result()
        is_away = saying.result()
    assert InvoiceLine.objects.get().state == "accepted"
    refs = {share.membership_ref for share in shares_of_council(council_id=contract.council_id)}
    assert (amina.ref in refs) is not is_away
    assert doubts(count(amina.cluster.council)) == [], turn
