"""What members say of providers, in the report: from five people on, and nobody can be told by it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.models import Membership
from commissioning.models import Contract, ProviderReview
from reports.queries import cluster_report
from reports.rules.commissioning import Reviewed
from reports.rules.csv_file import csv_of
from reports.rules.tables import Unsaid
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.people.makers import make_council
from tests.reports.makers import JUNE_2, MAY, SESSION, buy_session, buy_visit, make_buying_cluster
from tests.reports.reading import report_of, rows_of

pytestmark = pytest.mark.django_db

LAST_OF_MAY = datetime(2026, 5, 31, 22, 59, tzinfo=UTC)  # a minute before midnight in London
FIRST_OF_JUNE = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)


def say(
    contract: Contract, members: Sequence[Membership], stars: Sequence[int], *, at: datetime = LAST_OF_MAY
) -> None:
    """Each of these members says what they think of the contract's provider."""
    for member, given in zip(members, stars, strict=True):
        ProviderReview.objects.create(
            contract=contract, membership=member, stars=given, given_at=at, given_by="system:tests"
        )


def test_tells_the_average_and_how_many_from_five_people_on() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    say(contract, members[:5], [5, 4, 4, 4, 4])
    report = report_of(cluster.council)
    assert rows_of(report, "reviews") == [("Northgate Care", Decimal("4.2"), 5)]
    assert "reviews,Northgate Care,4.2,5" in csv_of(report)


def test_says_that_four_are_too_few_to_show_to_whoever_reads() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    say(contract, members[:4], [1, 1, 1, 1])
    of_cluster = cluster_report(cluster=cluster, month=MAY, on=JUNE_2)
    of_member = cluster_report(cluster=cluster, month=MAY, on=JUNE_2, member=members[0].person)
    for report in (report_of(cluster.council), of_cluster, of_member):
        assert rows_of(report, "reviews") == [("Northgate Care", Unsaid.TOO_FEW, Unsaid.TOO_FEW)]
    assert "reviews,Northgate Care,too few to show,too few to show" in csv_of(of_cluster)


def test_counts_people_and_not_reviews() -> None:
    cluster, members, contract = make_buying_cluster()
    second = make_contract(cluster=cluster, provider=contract.provider, services=[SESSION])
    buy_session(contract)
    say(contract, members[:4], [5, 5, 5, 5])
    say(second, members[:3], [4, 4, 4])
    [provider] = report_of(cluster.council).providers
    assert provider.reviewed == Reviewed(reviewers=4, reviews=7, stars=32)
    assert rows_of(report_of(cluster.council), "reviews")[0][1:] == (Unsaid.TOO_FEW, Unsaid.TOO_FEW)


def test_tells_a_cluster_what_members_of_every_cluster_say() -> None:
    """Else one figure could be taken from the other, and the rest would be what few people said."""
    cluster, members, contract = make_buying_cluster()
    music = make_cluster(council=cluster.council, name="Thursday music")
    others = [make_member(cluster=music) for _ in range(3)]
    buy_session(contract)
    say(contract, members[:3], [3] * 3)
    say(make_contract(cluster=music, provider=contract.provider), others, [5] * 3)
    rows = rows_of(cluster_report(cluster=cluster, month=MAY, on=JUNE_2), "reviews")
    assert rows == rows_of(report_of(cluster.council), "reviews") == [("Northgate Care", Decimal(4), 6)]


def test_leaves_out_what_was_said_after_the_month() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    say(contract, members[:5], [2] * 5)
    say(contract, members[5:], [5], at=FIRST_OF_JUNE)
    assert rows_of(report_of(cluster.council), "reviews") == [("Northgate Care", Decimal(2), 5)]


def test_does_not_name_a_provider_that_one_person_pays() -> None:
    council = make_council()
    _, elms, elm = make_buying_cluster(council=council, provider_name="Northgate Care")
    _, alone, own = make_buying_cluster(council=council, size=1, provider_name="Only Mine")
    buy_session(elm)
    buy_visit(own, alone[0])
    say(own, alone, [1])
    say(elm, elms, [4] * 6)
    report = report_of(council)
    assert "Only Mine" not in csv_of(report)


def test_says_where_nobody_has_said_anything() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    report = report_of(cluster.council)
    assert rows_of(report, "reviews") == []
    assert "No member has said yet what they think of a provider." in csv_of(report)
    assert report.providers[0].reviewed.average is None


def test_rounds_an_average_down_as_where_offers_are_compared() -> None:
    assert Reviewed(reviewers=6, reviews=6, stars=25).average == Decimal("4.1")
