"""The page of a council's commissioning report, and its file."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from jobs.models import Job
from ledger.models import Period
from people.models import Council, RoleKind
from reconciliation.actions import close_month, sign
from reports.rules.months import month_before, month_of
from tests.people.makers import (
    make_commissioner,
    make_council,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.reconciliation.makers import count, make_finance_officer
from tests.reports.makers import APRIL, JUNE_2, MAY, buy_session, make_buying_cluster
from tests.reports.reading import signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

OFFICERS = [RoleKind.COMMISSIONER, RoleKind.FINANCE_OFFICER, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR]


def address(council: Council, name: str = "council-month", month: object = MAY) -> str:
    """Where a council's report is."""
    return reverse(f"reports:{name}", args=[council.code, month])


@pytest.mark.parametrize("kind", OFFICERS)
def test_opens_for_those_who_work_for_the_whole_council(kind: RoleKind) -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    client = signed_in(make_user_with_role(council=cluster.council, kind=kind))

    page = client.get(address(cluster.council))

    assert page.status_code == 200
    words = words_of(page.content)
    for question in ("What we bought", "For how many people", "What pooling saved", "What was not met"):
        assert question in words
    assert "Provisional: May 2026 has not been reconciled yet." in words
    assert "£50.00" in words


@pytest.mark.parametrize("name", ["council-month", "council-csv", "council-clusters"])
def test_is_not_there_for_anybody_else(name: str) -> None:
    cluster, members, _ = make_buying_cluster()
    member = make_user()
    members[0].person.__class__.objects.filter(pk=members[0].person_id).update(user=member)
    strangers = [
        make_user(),
        member,
        make_commissioner(council=make_council()),
        make_social_worker(council=cluster.council),
    ]
    for stranger in strangers:
        assert signed_in(stranger).get(address(cluster.council, name)).status_code == 404


def test_asks_a_visitor_to_sign_in() -> None:
    cluster, _, _ = make_buying_cluster()
    answer = Client().get(address(cluster.council))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("month", ["2026-07", "2026-13", "0001-01", "9999-12", "2026-5", "may"])
def test_has_no_report_of_a_month_that_has_not_begun_or_is_none(month: str) -> None:
    cluster, _, _ = make_buying_cluster()
    client = signed_in(make_commissioner(council=cluster.council))
    assert client.get(f"/reports/{cluster.council.code}/{month}/").status_code == 404


def test_gives_the_file_with_a_name_and_keeps_it_out_of_caches() -> None:
    cluster, _, contract = make_buying_cluster(council=make_council(code="FAI"))
    buy_session(contract)

    answer = signed_in(make_commissioner(council=cluster.council)).get(
        address(cluster.council, "council-csv")
    )

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="FAI-2026-05.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.decode().startswith("report,council,name")


def test_asks_the_same_number_of_questions_however_many_clusters_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    council = make_council()
    client = signed_in(make_commissioner(council=council))
    _, _, contract = make_buying_cluster(council=council)
    buy_session(contract)
    with django_assert_num_queries(11):
        client.get(address(council))

    for _ in range(3):
        _, _, contract = make_buying_cluster(council=council, size=8)
        buy_session(contract)
    with django_assert_num_queries(11):
        client.get(address(council))


def test_stays_short_however_many_clusters_there_are() -> None:
    council = make_council()
    for number in range(30):
        _, _, contract = make_buying_cluster(council=council, name=f"Cluster {number:02d}", size=3)
        buy_session(contract)

    words = words_of(signed_in(make_commissioner(council=council)).get(address(council)).content)

    assert "5 others, put together" in words
    assert "Cluster 24" in words
    assert "Cluster 25" not in words


def test_lists_every_cluster_a_page_at_a_time() -> None:
    council = make_council()
    for number in range(51):
        make_buying_cluster(council=council, name=f"Cluster {number:02d}", size=0)
    client = signed_in(make_commissioner(council=council))

    first = words_of(client.get(address(council, "council-clusters")).content)
    second = words_of(client.get(address(council, "council-clusters") + "?page=2").content)

    assert "51 clusters" in first
    assert "Cluster 49" in first
    assert "Cluster 50" not in first
    assert "Cluster 50" in second


def test_makes_a_pdf_only_once_of_the_same_figures() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    client = signed_in(make_commissioner(council=cluster.council))

    for _ in range(2):
        answer = client.post(address(cluster.council, "council-pdf"))
        assert answer["Location"] == address(cluster.council) + "#pdf"

    job = Job.objects.get(kind="reports.make_pdf")
    assert f'id="job-{job.pk}"' in client.get(address(cluster.council)).content.decode()

    buy_session(contract)
    client.post(address(cluster.council, "council-pdf"))
    assert Job.objects.filter(kind="reports.make_pdf").count() == 2


def test_offers_the_file_where_no_pdf_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.checks.LIBRARIES", {"libpango-1.0-0": ("no-such-library.so",)})
    cluster, _, _ = make_buying_cluster()

    words = words_of(
        signed_in(make_commissioner(council=cluster.council)).get(address(cluster.council)).content
    )

    assert "A PDF cannot be made on this machine yet: it lacks libpango-1.0-0." in words
    assert "Download all figures (CSV)" in words
    assert "Make a PDF" not in words


def test_says_whose_reports_there_are() -> None:
    cluster, _, _ = make_buying_cluster()
    page = signed_in(make_commissioner(council=cluster.council)).get(reverse("reports:choose"))
    assert address(cluster.council) in page.content.decode()
    assert signed_in(make_user()).get(reverse("reports:choose")).status_code == 404


def test_lists_no_month_from_before_the_council_began() -> None:
    cluster, _, _ = make_buying_cluster()
    client = signed_in(make_commissioner(council=cluster.council))
    listed = client.get(reverse("reports:choose")).content.decode()
    began = month_of(cluster.council.year_start_date)
    assert address(cluster.council, month=began) in listed
    assert address(cluster.council, month=month_before(began)) not in listed
    first = client.get(address(cluster.council, month=began)).content.decode()
    assert address(cluster.council, month=month_before(began)) not in first
    assert address(cluster.council, month=month_of(began.end)) in first


def test_says_certified_and_shows_the_seal_once_the_month_is_closed() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    officer = make_finance_officer(council=cluster.council)
    for start_date in (APRIL.start, MAY.start):
        month_end = count(cluster.council, start_date=start_date, on=JUNE_2)
        sign(month_end=month_end, by=officer, on=JUNE_2, at=timezone.now())
        close_month(month_end=month_end, by=officer, at=timezone.now())
    period = Period.objects.get(start_date=MAY.start)

    words = words_of(
        signed_in(make_commissioner(council=cluster.council)).get(address(cluster.council)).content
    )

    assert "Certified: May 2026 was reconciled, signed and closed." in words
    assert bytes(period.seal).hex() in words
    assert "Provisional" not in words
