"""What PostgreSQL holds about ballots, on the web, through a helper and on paper, against everybody, psql included."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from clusters.models import Decision, Membership
from people.models import Scope
from tests.clusters.voting import NOW, make_decision, make_voters, option, user_of
from tests.guards import SEALED, assert_refused, run_sql
from tests.people.makers import make_authority, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def members() -> list[Membership]:
    return make_voters(count=4)


@pytest.fixture
def decision(members: list[Membership]) -> Decision:
    """A question to four members."""
    return make_decision(members)


def ballot_row(
    decision: Decision, member: Membership, label: str = "Yes", **other: Any
) -> tuple[str, list[Any]]:
    """A ballot by hand, right in everything but what is said otherwise."""
    row: dict[str, Any] = {
        "entry_id": decision.roll.get(membership=member).pk,
        "number": 1,
        "option_ids": [option(decision, label).pk],
        "reason": "",
        "cast_at": NOW + HOUR,
        "cast_by_id": user_of(member).pk,
        "acted_by": user_of(member).label,
        "channel": "web",
        "authority_id": None,
        "support": "",
        "confirmed_by_id": None,
        "receipt": uuid4().hex[:12],
    } | other
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    return f"INSERT INTO clusters_ballot ({columns}) VALUES ({places})", list(row.values())


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"cast_at": NOW - HOUR}, "not open at that moment"),
        ({"cast_at": NOW + timedelta(days=30)}, "not open at that moment"),
        ({"number": 2}, "numbered one by one"),
        ({"option_ids": [uuid4()]}, "chooses among the options"),
        ({"option_ids": []}, "chooses among|says_something"),
        ({"channel": "supporter", "support": SEALED}, "not cast by whom it says"),
        ({"channel": "paper"}, "not cast by whom it says"),
        ({"channel": "dream"}, "not cast by whom it says"),
    ],
)
def test_a_ballot_is_right_in_everything(
    decision: Decision, members: list[Membership], wrong: dict[str, Any], match: str
) -> None:
    statement, values = ballot_row(decision, members[0], **wrong)
    assert_refused(statement, *values, match=match)
    statement, values = ballot_row(decision, members[0])
    run_sql(statement, *values)


def test_a_ballot_chooses_one_answer(decision: Decision, members: list[Membership]) -> None:
    both = [option(decision, label).pk for label in ("Yes", "No")]
    statement, values = ballot_row(decision, members[0], option_ids=both)
    assert_refused(statement, *values, match="one, or any number")


def test_a_ballot_is_not_cast_by_somebody_else(decision: Decision, members: list[Membership]) -> None:
    statement, values = ballot_row(decision, members[0], cast_by_id=user_of(members[1]).pk)
    assert_refused(statement, *values, match="not cast by whom it says")


def test_a_helper_has_to_hold_the_authority_that_day(decision: Decision, members: list[Membership]) -> None:
    robin, person = make_user(), members[0].person
    good = make_authority(person=person, helper=robin, scopes=[Scope.VOTE])
    bad = [
        make_authority(person=person, helper=make_user(), scopes=[Scope.VOTE]),
        make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE]),
    ]
    for authority in bad:
        statement, values = ballot_row(
            decision,
            members[0],
            channel="supporter",
            support=SEALED,
            cast_by_id=robin.pk,
            authority_id=authority.pk,
        )
        assert_refused(statement, *values, match="does not let its helper vote")
    words: dict[str, Any] = {"channel": "supporter", "support": SEALED, "cast_by_id": robin.pk}
    words["authority_id"] = good.pk
    statement, values = ballot_row(decision, members[0], **words | {"support": ""})
    assert_refused(statement, *values, match="says_how_it_was_supported")
    statement, values = ballot_row(decision, members[0], **words)
    run_sql(statement, *values)


@pytest.mark.parametrize("wrong", ["signs", "withdrawn", "ended", "to_come"])
def test_an_authority_reaches_as_far_as_it_says(
    decision: Decision, members: list[Membership], wrong: str
) -> None:
    authority = make_authority(
        person=members[0].person,
        scopes=[Scope.AGREE] if wrong == "signs" else [Scope.VOTE],
        withdrawn_at=NOW if wrong == "withdrawn" else None,
        end_date=NOW.date() if wrong == "ended" else None,
        start_date=NOW.date() + timedelta(days=1 if wrong == "to_come" else -9),
    )
    statement, values = ballot_row(
        decision,
        members[0],
        channel="supporter",
        support=SEALED,
        cast_by_id=authority.helper_id,
        authority_id=authority.pk,
    )
    assert_refused(statement, *values, match="does not let its helper vote|not cast by whom it says")


@pytest.mark.parametrize("wrong", ["nothing", "answer", "reader", "second", "one reading"])
def test_a_paper_counts_only_as_two_have_read_it(
    decision: Decision, members: list[Membership], wrong: str
) -> None:
    entry, first, second = decision.roll.get(membership=members[0]), make_user(), make_user()
    paper = entry.paper_ballots.create(
        option_ids=[option(decision, "Yes").pk], channel="paper", entered_by=first, entered_at=NOW + HOUR
    )
    if wrong != "one reading":
        paper.state, paper.second_by, paper.second_at = "agreed", second, NOW + HOUR
        paper.save()
    statement, values = ballot_row(
        decision,
        members[0],
        "No" if wrong == "answer" else "Yes",
        channel="paper",
        cast_by_id=(make_user() if wrong == "reader" else first).pk,
        confirmed_by_id=(make_user() if wrong == "second" else second).pk,
    )
    if wrong == "nothing":
        run_sql(statement, *values)
    else:
        assert_refused(statement, *values, match="not cast by whom it says")


def test_a_paper_is_read_by_two_different_people(decision: Decision, members: list[Membership]) -> None:
    entry, reader = decision.roll.get(membership=members[0]), make_user()
    chosen = [option(decision, "Yes").pk]
    insert = (
        "INSERT INTO clusters_paperballot (entry_id, option_ids, reason, channel, support, entered_by_id, "
        "entered_at, state, second_by_id, second_at) VALUES (%s, %s, '', 'paper', '', %s, now(), %s, %s, now())"
    )
    assert_refused(
        insert, entry.pk, chosen, reader.pk, "agreed", make_user().pk, match="begins with one reading"
    )
    run_sql(insert, entry.pk, chosen, reader.pk, "waiting", None)
    again = "UPDATE clusters_paperballot SET state = 'agreed', second_by_id = %s WHERE entry_id = %s"
    assert_refused(again, reader.pk, entry.pk, match="is_read_by_two")
    change = "UPDATE clusters_paperballot SET option_ids = %s WHERE entry_id = %s"
    assert_refused(change, [option(decision, "No").pk], entry.pk, match="stays as it was read")
    run_sql(again, make_user().pk, entry.pk)
    assert_refused(again, make_user().pk, entry.pk, match="stays as it was read")
