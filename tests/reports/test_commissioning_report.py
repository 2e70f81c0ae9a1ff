"""The commissioning report: its figures, and where they come from."""

from datetime import UTC, date, datetime

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from commissioning.actions import approve
from commissioning.models import UnmetDemand
from ledger.actions import reverse
from ledger.models import Entry, ReversalReason
from reports.queries import cluster_report
from reports.rules.commissioning import Reader, Standing
from reports.rules.sections import sections_of
from reports.rules.tables import Unsaid
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.chosen import make_written_call
from tests.commissioning.makers import make_request
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_commissioner, make_council
from tests.reconciliation.makers import count
from tests.reports.makers import (
    APRIL,
    JUNE_2,
    MAY,
    MAY_4,
    SESSION,
    buy_session,
    buy_visit,
    credit_session,
    make_buying_cluster,
    make_weekly_contract,
)
from tests.reports.reading import report_of, rows_of, sign_off

pytestmark = pytest.mark.django_db
MAY_5 = datetime(2026, 5, 5, 9, tzinfo=UTC)


def test_tells_the_month_and_the_year_by_service() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract, on=date(2026, 4, 9))
    buy_session(contract, units="2")
    buy_visit(contract, members[0])

    report = report_of(cluster.council)

    told = {line.spend.key: (line.spend.month_pence, line.spend.year_pence) for line in report.services}
    assert told == {"SESSION": (100_00, 150_00), "VISIT": (20_00, 20_00)}
    assert (report.total.month_pence, report.total.year_pence) == (120_00, 170_00)
    assert (report.total.month_people, report.total.year_people) == (6, 6)
    assert report.year.spent_pence == 170_00
    assert [month.spent_pence for month in report.months][:3] == [50_00, 120_00, None]


def test_takes_units_back_with_a_credit_that_names_none() -> None:
    cluster, _, contract = make_buying_cluster()
    number = buy_session(contract, units="3")
    credit_session(contract, number, pence=100_00)

    [service] = report_of(cluster.council).services

    assert service.spend.month_pence == 50_00
    assert service.bought.month_units == 1
    assert service.bought.rate_pence == 50_00
    assert service.bought.saved_pence == 6 * 10_00 - 50_00


def test_counts_a_reversal_against_its_line() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    buy_session(contract)
    entry = Entry.objects.filter(kind="invoice").order_by("key")[0]
    reverse(entry_id=entry.pk, reason=ReversalReason.DISPUTE, words="Nobody came", on=JUNE_2, by="user:1")

    [service] = report_of(cluster.council).services

    assert service.spend.month_pence == 50_00
    assert service.bought.month_units == 1


def test_tells_the_same_before_and_after_the_months_are_signed() -> None:
    cluster, members, contract = make_buying_cluster()
    number = buy_session(contract, on=date(2026, 4, 9), units="2.5")
    credit_session(contract, number, pence=50_00, on=date(2026, 4, 9))
    buy_session(contract)
    buy_visit(contract, members[0])
    before = report_of(cluster.council)

    sign_off(cluster.council, APRIL.start)
    sign_off(cluster.council, MAY.start)
    after = report_of(cluster.council)

    assert (before.standing, after.standing) == (Standing.PROVISIONAL, Standing.SIGNED)
    same = (
        "total",
        "bought",
        "services",
        "streams",
        "sharing",
        "year",
        "months",
        "clusters",
        "providers",
        "holds",
    )
    for part in same:
        assert getattr(after, part) == getattr(before, part), part


def test_tells_a_signed_month_as_it_was_signed() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    sign_off(cluster.council, APRIL.start)
    sign_off(cluster.council, MAY.start)
    buy_session(contract)

    assert report_of(cluster.council).total.month_pence == 50_00


def test_carries_the_certificate_and_the_seal_once_the_month_is_closed() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    sign_off(cluster.council, APRIL.start, close=True)
    sign_off(cluster.council, MAY.start, close=True)

    report = report_of(cluster.council)

    assert report.standing == Standing.CERTIFIED
    assert report.certificate is not None
    assert report.certificate.proofs
    assert all(proof.holds for proof in report.certificate.proofs)
    assert len(report.certificate.seal) == 64
    assert report.certificate.previous_seal
    assert report.certificate.signed_by == "Frances Osei"
    [certificate] = [section for section in sections_of(report) if section.key == "certificate"]
    assert report.certificate.seal in " ".join(certificate.words)


def test_says_that_a_month_which_was_not_reconciled_is_provisional() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)

    report = report_of(cluster.council)

    assert (report.standing, report.certificate, report.findings) == (Standing.PROVISIONAL, None, ())
    [certificate] = [section for section in sections_of(report) if section.key == "certificate"]
    assert certificate.words[0].startswith("Provisional: May 2026 has not been reconciled yet.")


def test_tells_what_is_held_and_what_was_not_met() -> None:
    cluster, _, contract = make_buying_cluster()
    wrong = make_line(service_code="SESSION", unit_rate_pence=49_00, service_date=MAY_4)
    too_much = make_line(
        line_number=2, service_code="SESSION", units="200", unit_rate_pence=50_00, service_date=MAY_4
    )
    send(make_document(contract=contract, lines=[wrong, too_much]), contract=contract)

    report = report_of(cluster.council)

    assert {(hold.lines, hold.pence) for hold in report.holds} == {(1, 49_00), (1, 10_000_00)}
    assert [(unmet.count, unmet.pence) for unmet in report.unmet] == [(1, 10_000_00)]
    assert rows_of(report, "headlines")[3][1] == "1 point to look at"


def test_tells_contracts_that_delivered_less_than_was_expected_of_them() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    buy_session(make_weekly_contract(cluster, weekly_pence=70_00))

    [unmet] = report_of(cluster.council).unmet

    assert (unmet.count, unmet.pence) == (1, 310_00 - 50_00)


def test_gives_no_count_of_few_people_and_puts_the_money_of_one_together() -> None:
    council = make_council()
    _, _, elm = make_buying_cluster(council=council, name="Elm Street", size=7)
    _, _, music = make_buying_cluster(council=council, name="Thursday music", size=3)
    _, _, alone = make_buying_cluster(council=council, name="On my own", size=1)
    for contract in (elm, elm, music, alone):
        buy_session(contract)

    rows = rows_of(report_of(council), "clusters")

    assert [(row[0], row[2]) for row in rows] == [
        ("Elm Street", 7),
        ("Put together to protect people", Unsaid.NOTHING),
    ]
    assert [row[3] for row in rows] == [100_00, 100_00]


def test_never_names_a_member_in_a_councils_report() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_visit(contract, members[0])

    said = repr(sections_of(report_of(cluster.council)))

    for member in members:
        assert member.ref not in said
        assert member.person.name not in said


def test_tells_officers_each_members_share_by_reference_alone() -> None:
    cluster, members, contract = make_buying_cluster(size=3)
    buy_session(contract)
    buy_visit(contract, members[0])

    report = cluster_report(cluster=cluster, month=MAY, on=JUNE_2)

    assert report.subject.reader == Reader.OFFICERS
    shares = {share.ref: share.month_pence for share in report.members}
    assert sum(shares.values()) == 70_00
    assert max(shares, key=lambda ref: shares[ref]) == members[0].ref
    assert sum(share.left_pence for share in report.members) == 3 * 1_000_00 - 70_00
    assert members[0].person.name not in repr(sections_of(report))


def test_tells_a_member_their_own_share_and_nobody_elses() -> None:
    cluster, members, contract = make_buying_cluster(size=3)
    buy_session(contract)

    report = cluster_report(cluster=cluster, month=MAY, on=JUNE_2, member=members[0].person)

    assert [share.ref for share in report.members] == [members[0].ref]
    said = repr(sections_of(report))
    assert members[1].ref not in said
    assert members[2].ref not in said


def test_leaves_another_councils_money_out() -> None:
    ours, _, _ = make_buying_cluster()
    _, _, theirs = make_buying_cluster()
    buy_session(theirs)

    report = report_of(ours.council)

    assert (report.total.month_pence, report.services, report.providers) == (0, (), ())


def test_tells_contracts_that_wait_as_not_met_and_not_as_bought() -> None:
    cluster = make_cluster()
    for _ in range(2):
        make_member(cluster=cluster)
    make_request(cluster=cluster, weekly_pence=10_00, one_off_pence=5_00)

    report = report_of(cluster.council)

    assert report.services == ()
    told = [(unmet.words.split(" (")[0], unmet.count, unmet.pence) for unmet in report.unmet]
    assert told == [
        ("Contracts that wait for the council's approval", 1, 525_00),
        ("Active clusters without a contract this month", 1, None),
    ]


def test_tells_the_calls_that_no_offer_suited() -> None:
    cluster = make_cluster()
    call = make_written_call(cluster=cluster)
    UnmetDemand.objects.create(
        council=cluster.council,
        call=call,
        theme=call.service_code,
        weekly_units=call.weekly_units,
        unit=call.unit,
        offers_count=0,
        reason="No provider made an offer in time.",
        recorded_at=MAY_5,
        recorded_by="system:tests",
    )
    told = {unmet.words: unmet.count for unmet in report_of(cluster.council).unmet}
    assert told["Calls of clusters that no suitable offer answered"] == 1


def test_asks_the_same_number_of_questions_however_many_people_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    council = make_council()
    _, _, contract = make_buying_cluster(council=council)
    buy_session(contract)
    with django_assert_num_queries(6):
        report_of(council)

    for _ in range(3):
        cluster, _, contract = make_buying_cluster(council=council, size=8)
        make_member(cluster=cluster, pledged={"council": 10_00, "health": 20_00})
        buy_session(contract)
    with django_assert_num_queries(6):
        report_of(council)


def test_tells_what_is_promised_and_what_of_it_is_left() -> None:
    cluster = make_cluster()
    members = [make_member(cluster=cluster) for _ in range(5)]
    council = cluster.council
    approval = make_request(cluster=cluster, services=[SESSION], one_off_pence=400_00)
    approve(approval=approval, by=make_commissioner(council=council), at=MAY_5, note="Good value")
    buy_session(approval.contract, on=date(2026, 5, 20))

    report = report_of(council)

    [promise] = report.promises
    assert (promise.promised_pence, promise.left_pence, promise.people) == (400_00, 350_00, 5)
    assert rows_of(report, "promises")[0][-2:] == (400_00, 350_00)
    of_cluster = cluster_report(cluster=cluster, month=MAY, on=JUNE_2)
    assert sum(share.promised_pence for share in of_cluster.members) == 350_00
    assert sum(share.left_pence for share in of_cluster.members) == len(members) * 1_000_00 - 400_00


def test_tells_what_stood_at_the_end_of_the_month_whatever_came_since() -> None:
    cluster, members, contract = make_buying_cluster(size=1)
    buy_visit(contract, members[0], on=date(2026, 4, 9))
    buy_visit(contract, members[0])

    april = cluster_report(cluster=cluster, month=APRIL, on=JUNE_2)
    may = cluster_report(cluster=cluster, month=MAY, on=JUNE_2)

    assert [share.left_pence for share in (*april.members, *may.members)] == [980_00, 960_00]


def test_tells_what_the_month_end_found() -> None:
    cluster, _, contract = make_buying_cluster()
    wrong = make_line(service_code="SESSION", unit_rate_pence=49_00, service_date=MAY_4)
    send(make_document(contract=contract, lines=[wrong]), contract=contract)
    count(cluster.council, start_date=MAY.start, on=JUNE_2)

    report = report_of(cluster.council)

    assert report.standing == Standing.RECONCILED
    assert [(found.kind, found.count, found.is_blocking) for found in report.findings] == [
        ("A held line was open at month end", 1, False)
    ]
    assert rows_of(report, "findings")[0][0] == "A held line was open at month end"
    assert report.certificate is not None
    assert report.certificate.seal == ""


def test_keeps_few_people_whose_money_may_not_last_out_of_the_councils_report() -> None:
    cluster, members, contract = make_buying_cluster(size=5)
    buy_visit(contract, members[0], units="40")
    count(cluster.council, start_date=MAY.start, on=JUNE_2)

    council_rows = rows_of(report_of(cluster.council), "findings")
    cluster_rows = rows_of(cluster_report(cluster=cluster, month=MAY, on=JUNE_2), "findings")

    assert council_rows[0][0] == "The money may not last"
    assert council_rows[0][3:] == (Unsaid.FEW, Unsaid.NOTHING)
    assert cluster_rows[0][3] == 1
