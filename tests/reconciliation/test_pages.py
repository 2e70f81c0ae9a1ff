"""The finance officer's pages: what they show, and that they ask no more the more there is."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from invoices.models import Hold
from jobs.actions import work
from reconciliation.actions import ask_for_month_end, count_month
from reconciliation.models import MonthEnd
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_commissioner, make_council, make_user
from tests.reconciliation.makers import JUNE, MAY, Pool, bill, count, make_finance_officer, make_pool
from tests.reconciliation.test_find import post_without_line

pytestmark = pytest.mark.django_db

Address = Callable[[MonthEnd, Pool], str]


def cluster_month(month_end: MonthEnd, pool: Pool) -> str:
    """The id of a cluster's month."""
    return str(month_end.cluster_months.get(cluster=pool.cluster).pk)


def line_of(pool: Pool) -> str:
    """The id of one of its accepted lines."""
    return str(pool.contract.invoices.filter(lines__state="accepted").values_list("lines__pk", flat=True)[0])


PAGES: dict[str, tuple[Address, int]] = {
    "months": (lambda *_: reverse("reconciliation:months"), 9),
    "month": (lambda month_end, _: reverse("reconciliation:month", args=[month_end.pk]), 13),
    "sign": (lambda month_end, _: reverse("reconciliation:sign", args=[month_end.pk]), 9),
    "findings": (lambda month_end, _: reverse("reconciliation:findings", args=[month_end.pk]), 9),
    "clusters": (lambda month_end, _: reverse("reconciliation:clusters", args=[month_end.pk]), 9),
    "cluster": (
        lambda month_end, pool: reverse("reconciliation:cluster", args=[month_end.pk, pool.cluster.pk]),
        9,
    ),
    "statement": (
        lambda month_end, pool: reverse(
            "reconciliation:statement", args=[cluster_month(month_end, pool), pool.members[0].pk]
        ),
        11,
    ),
    "line": (lambda _, pool: reverse("reconciliation:line", args=[line_of(pool)]), 11),
    "holds": (lambda *_: reverse("reconciliation:holds"), 9),
}


def make_may(*, clusters: int, members: int, weeks: int) -> tuple[MonthEnd, Pool]:
    """A counted month with so much in it: accepted, held and unexplained."""
    council = make_council()
    pools = [make_pool(council=council, members=members) for _ in range(clusters)]
    for pool in pools:
        for week in range(weeks):
            bill(pool, day=date(2026, 5, 1 + week), code="SESSION")
            dear = make_line(
                service_code="SESSION", unit_rate_pence=99_00, service_date=date(2026, 5, 1 + week)
            )
            send(make_document(contract=pool.contract, lines=[dear]), contract=pool.contract)
    post_without_line(pools[0])
    return count(council), pools[0]


def questions(client: Client, address: str) -> int:
    """How many questions the database is asked for a page."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", PAGES)
def test_asks_the_database_no_more_however_much_there_is(name: str, client: Client) -> None:
    address, most = PAGES[name]
    counted = []
    for size in ({"clusters": 1, "members": 2, "weeks": 1}, {"clusters": 3, "members": 6, "weeks": 5}):
        month_end, pool = make_may(**size)
        client.force_login(make_finance_officer(council=month_end.council))
        counted.append(questions(client, address(month_end, pool)))
    assert counted[0] == counted[1] <= most


def test_shows_how_far_a_count_is_and_stops_asking_at_the_end(client: Client) -> None:
    pool = make_pool()
    client.force_login(make_finance_officer(council=pool.council))
    month_end = ask_for_month_end(council=pool.council, start_date=MAY, on=JUNE, by="system:tests")
    assert month_end.job is not None
    work(month_end.job.pk, count_month)
    page = client.get(reverse("reconciliation:month", args=[month_end.pk])).content.decode()
    assert "0 of 2 steps" in page
    assert 'hx-trigger="every 1s"' in page
    part = reverse("jobs:progress", args=[month_end.job.pk])
    assert client.get(part, headers={"HX-Request": "true"}).status_code == 200
    count(pool.council)
    finished = client.get(part, headers={"HX-Request": "true"})
    assert finished.status_code == 286
    assert "hx-trigger" not in finished.content.decode()
    assert "Open May 2026" in finished.content.decode()
    assert f'hx-get="{part}?reload=1"' in page
    anew = client.get(f"{part}?reload=1", headers={"HX-Request": "true"})
    assert anew.headers["HX-Refresh"] == "true"


def test_shows_work_to_nobody_it_does_not_concern(client: Client) -> None:
    pool = make_pool()
    month_end = count(pool.council)
    assert month_end.job is not None
    client.force_login(make_user())
    assert client.get(reverse("jobs:progress", args=[month_end.job.pk])).status_code == 404


def test_shows_a_commissioner_the_certificate_and_no_buttons(client: Client) -> None:
    pool = make_pool()
    month_end = count(pool.council)
    client.force_login(make_commissioner(council=pool.council))
    page = client.get(reverse("reconciliation:month", args=[month_end.pk])).content.decode()
    assert "Everything agrees." in page
    assert "Check and sign" not in page
    assert "<button" not in page.split("<main")[1]


def test_says_why_a_month_cannot_be_counted(client: Client) -> None:
    council = make_council()
    client.force_login(make_finance_officer(council=council))
    for month, words in (("9999-12", "has not begun yet"), ("2026-13", "is not a month")):
        page = client.post(reverse("reconciliation:run"), {"council": council.pk, "month": month})
        assert words in page.content.decode()
    assert not MonthEnd.objects.exists()


def test_counts_no_month_of_another_council(client: Client) -> None:
    council = make_council()
    client.force_login(make_finance_officer(council=make_council()))
    client.post(reverse("reconciliation:run"), {"council": council.pk, "month": "2026-05"})
    assert not MonthEnd.objects.exists()


def test_tells_a_person_their_own_month_in_plain_words(client: Client) -> None:
    pool = make_pool(members=2)
    bill(pool)
    month_end = count(pool.council)
    person = pool.members[0].person
    person.user = make_user(name="Amina Yusuf")
    person.save(update_fields=["user"])
    client.force_login(person.user)
    address = reverse("reconciliation:statement", args=[cluster_month(month_end, pool), pool.members[0].pk])
    page = client.get(address).content.decode()
    assert "Your May 2026" in page
    assert "£25.00" in page
    assert reverse("reports:why", args=[line_of(pool)]) in page
    others = reverse("reconciliation:statement", args=[cluster_month(month_end, pool), pool.members[1].pk])
    assert client.get(others).status_code == 404


def test_leads_from_a_held_line_to_what_can_be_done(client: Client) -> None:
    pool = make_pool()
    dear = make_line(service_code="SESSION", unit_rate_pence=99_00)
    send(make_document(contract=pool.contract, lines=[dear]), contract=pool.contract)
    hold = Hold.objects.get()
    line = reverse("reconciliation:line", args=[hold.line_id])
    release = reverse("reconciliation:release", args=[hold.pk])
    client.force_login(make_finance_officer(council=pool.council))
    assert release in client.get(line).content.decode()
    client.force_login(make_commissioner(council=pool.council))
    page = client.get(line).content.decode()
    assert "Session, one hour" in page
    assert release not in page
