"""Months to count, for tests."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from clusters.models import Cluster, Membership, MembershipState
from commissioning.models import Contract
from jobs.actions import work_off
from jobs.models import JobState
from people.models import Council, RoleKind, User
from reconciliation.actions import ask_for_month_end
from reconciliation.models import MonthEnd
from tests.clusters.makers import make_cluster, make_member, make_pledge, make_return
from tests.commissioning.makers import make_contract
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_council, make_user_with_role

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
RATES = {"HC-HOUR": 20_00, "SESSION": 50_00, "MINIBUS": 64_67}
STREAMS = (
    {"council": 1_000_00},
    {"council": 700_00, "contribution": 333_33},
    {"council": 500_01, "contribution": 250_01, "health": 99_99},
)


class Pool(NamedTuple):
    """A cluster with its contract and members."""

    council: Council
    cluster: Cluster
    contract: Contract
    members: list[Membership]


def make_pool(
    *,
    council: Council | None = None,
    ref: str = "",
    members: int = 3,
    pledged: Mapping[str, int] | None = None,
) -> Pool:
    """A cluster whose members have pledged from one stream, two or three, with a contract of the usual services."""
    cluster = make_cluster(council=council or make_council(), ref=ref)
    contract = make_contract(cluster=cluster, ref=f"K-{ref}" if ref else "")
    people = [
        make_member(
            cluster=cluster, ref=f"{cluster.ref}-{number:02d}", pledged=pledged or STREAMS[number % 3]
        )
        for number in range(members)
    ]
    return Pool(cluster.council, cluster, contract, people)


def bill(
    pool: Pool,
    *,
    day: date = date(2026, 5, 4),
    code: str = "SESSION",
    member: int = 0,
    units: str = "1",
    on: date = JUNE,
    number: str = "",
) -> str:
    """One line on an invoice of its own; gives the invoice's number."""
    line = make_line(
        service_code=code,
        service_date=day,
        units=units,
        unit_rate_pence=RATES[code],
        member_ref=pool.members[member].ref if code == "HC-HOUR" else "",
    )
    document = make_document(contract=pool.contract, lines=[line], number=number)
    send(document, contract=pool.contract, on=on)
    return document.number


def credit(
    pool: Pool,
    number: str,
    *,
    pence: int,
    day: date = date(2026, 5, 20),
    code: str = "SESSION",
    member: int = 0,
    on: date = JUNE,
) -> None:
    """A credit note over so many pence for the first line of an invoice."""
    line = make_line(
        service_code=code,
        service_date=day,
        units="-1",
        unit_rate_pence=pence,
        amount_pence=-pence,
        member_ref=pool.members[member].ref if code == "HC-HOUR" else "",
        corrects_line=1,
    )
    send(make_document(contract=pool.contract, lines=[line], corrects=number), contract=pool.contract, on=on)


def make_lively_pool(*, council: Council, seed: int) -> Pool:
    """A cluster with a month of everything: joiners, leavers, later pledges, odd pennies, credits, all rules."""
    dice = random.Random(seed)
    pool = make_pool(council=council, ref=f"CL-{seed:03d}", members=dice.randint(2, 7))
    pool.members.append(
        make_member(
            cluster=pool.cluster,
            ref=f"late-{seed}",
            joined_date=date(2026, 5, dice.randint(2, 25)),
            pledged=STREAMS[2],
        )
    )
    gone = make_member(cluster=pool.cluster, ref=f"gone-{seed}")
    make_pledge(membership=gone, stream="contribution", amount_pence=123_45, on=MAY)
    gone.state, gone.left_date = MembershipState.ON_NOTICE, date(2026, 5, dice.randint(2, 25))
    gone.save(update_fields=["state", "left_date"])
    make_pledge(membership=pool.members[0], stream="health", amount_pence=77_77, on=date(2026, 5, 15))
    for member, pence in ((0, 50_00), (1, 33_33)):
        stream = "contribution" if member else "council"
        day = date(2026, 5, dice.randint(1, 28))
        make_return(membership=pool.members[member], stream=stream, amount_pence=pence, on=day)
    numbers = [
        (
            bill(
                pool,
                day=MAY + timedelta(days=dice.randint(0, 30)),
                code=(code := dice.choice(list(RATES))),
                member=(member := dice.randint(0, 1)),
                units=str(dice.randint(1, 12) / 4),
                number=f"INV-{seed}-{place}",
            ),
            code,
            member,
        )
        for place in range(25)
    ]
    for number, code, member in dice.sample(numbers, 4):
        credit(
            pool,
            number,
            pence=dice.randint(1, 500),
            code=code,
            member=member,
            day=date(2026, 5, dice.randint(1, 31)),
        )
    return pool


def count(council: Council, *, start_date: date = MAY, on: date = JUNE) -> MonthEnd:
    """Ask for a month to be counted and do it here; gives it with its certificate."""
    month_end = ask_for_month_end(council=council, start_date=start_date, on=on, by="system:tests")
    assert month_end.job is not None
    job = work_off(month_end.job)
    assert job.state == JobState.DONE, job.error
    month_end.refresh_from_db()
    return month_end


def make_finance_officer(*, council: Council, name: str = "Frances Osei") -> User:
    """Somebody who runs and signs the month end."""
    return make_user_with_role(council=council, kind=RoleKind.FINANCE_OFFICER, name=name)


def doubts(month_end: MonthEnd) -> list[tuple[str, int, int]]:
    """What does not hold on a month's certificate: code, expected and found."""
    return list(month_end.certificate.filter(holds=False).values_list("code", "expected", "found"))
