"""Clusters with members who are away, thrown by dice, and their shares worked out another way, in exact fractions."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from math import floor
from random import Random
from typing import Any

from clusters.models import Absence, AwayCause, Cluster, Membership, SharingRule, WhenAway
from commissioning.models import Contract
from invoices.models import InvoiceLine, LineState
from invoices.rules import Document, Line
from people.models import Council
from tests.clusters.makers import (
    make_absence,
    make_agreement,
    make_cluster,
    make_member,
    make_pledge,
    make_return,
)
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line
from tests.people.makers import make_council
from tests.providers.makers import make_provider

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
RATES = {"HC-HOUR": 20_03, "SESSION": 50_07, "MINIBUS": 64_67}
RULES = {"HC-HOUR": SharingRule.BY_USE, "SESSION": SharingRule.EQUAL, "MINIBUS": SharingRule.BY_PLEDGE}
STREAMS = (
    {"council": 4_000_00},
    {"council": 2_000_01, "contribution": 1_999_99},
    {"council": 3_000_00, "contribution": 333_33, "health": 777_77},
)
Ref = str
Paid = dict[tuple[str, int], dict[Ref, int]]


def make_council_with_absences(seed: int, *, code: str) -> tuple[Council, list[Contract]]:
    """Three clusters; in the first two people come, go and are away, in the last nobody ever is."""
    dice = Random(seed)
    council = make_council(code=code)
    provider = make_provider(council=council, ref="PR-1")
    services = [make_service(code=code, rule=RULES[code], unit_rate_pence=RATES[code]) for code in RATES]
    contracts = []
    for nth in range(3):
        holiday, illness = (dice.choice(list(WhenAway)) for _ in range(2))
        cluster = make_cluster(council=council, ref=f"CL-{nth}", on_holiday=holiday, on_illness=illness)
        members = _throw_members(dice, cluster, nth)
        if nth < 2:
            _throw_absences(dice, members)
            make_agreement(
                cluster=cluster,
                signed_date=MAY + timedelta(days=dice.randrange(31)),
                on_holiday=dice.choice(list(WhenAway)),
                on_illness=dice.choice(list(WhenAway)),
            )
        contracts.append(make_contract(cluster=cluster, provider=provider, ref=f"K-{nth}", services=services))
    return council, contracts


def _throw_members(dice: Random, cluster: Cluster, nth: int) -> list[Membership]:
    members = [
        make_member(
            cluster=cluster,
            ref=f"M-{nth}-{place}",
            pledged=STREAMS[place % 3],
            joined_date=date(2026, 4, 1) if place < 3 else MAY + timedelta(days=dice.randrange(20)),
            left_date=date(2026, 5, 25) if place == 2 else None,
        )
        for place in range(dice.randint(3, 6))
    ]
    make_pledge(membership=members[0], stream="health", amount_pence=123_45, on=date(2026, 5, 14))
    make_return(membership=members[1], stream="council", amount_pence=500_00, on=date(2026, 5, 12))
    return members


def _throw_absences(dice: Random, members: list[Membership]) -> None:
    for membership in members:
        start = max(membership.joined_date or MAY, date(2026, 4, 25)) + timedelta(days=dice.randrange(6))
        while dice.random() < 0.75 and start < (membership.left_date or JUNE) - timedelta(days=9):
            end = start + timedelta(days=dice.randint(1, 9))
            absence = make_absence(
                membership=membership, start_date=start, end_date=end, cause=dice.choice(list(AwayCause))
            )
            if dice.random() < 0.4:
                back = start + timedelta(days=dice.randrange((end - start).days))
                Absence.objects.filter(pk=absence.pk).update(
                    back_date=back, cancelled_by="system:tests", cancelled_at="2026-05-01T09:00Z"
                )
            start = end + timedelta(days=dice.randrange(4))


def throw_documents(contract: Contract, nth: int, seed: int, *, lines: int = 30) -> list[Document]:
    """A month of visits and shared services, and credits for some of them on another day or the same."""
    dice = Random(1_000 * seed + nth)
    written = [_throw_line(dice, nth, number) for number in range(1, lines + 1)]
    invoice = make_document(contract=contract, number=f"A-{nth}", lines=written)
    given_back = [
        make_line(
            line_number=number,
            service_code=line.service_code,
            service_date=dice.choice([line.service_date, date(2026, 5, 20)]),
            units="0",
            unit_rate_pence=line.unit_rate_pence,
            amount_pence=-dice.randint(1, line.amount_pence),
            corrects_line=line.line_number,
        )
        for number, line in enumerate(dice.sample(written, 6), start=1)
    ]
    if seed % 2:
        return [invoice]
    return [
        invoice,
        make_document(contract=contract, number=f"C-{nth}", lines=given_back, corrects=f"A-{nth}"),
    ]


def _throw_line(dice: Random, nth: int, number: int) -> Line:
    code = dice.choice(list(RATES))
    return make_line(
        line_number=number,
        service_code=code,
        service_date=MAY + timedelta(days=dice.randrange(31)),
        units=dice.choice(["1", "0.75", "1.5", "0.33", "0.01"]),
        unit_rate_pence=RATES[code],
        member_ref=f"M-{nth}-{dice.randrange(2)}" if code == "HC-HOUR" else "",
    )


def worked_out(council: Council) -> Paid:
    """Who pays what of each accepted line, by the words of the issue, in fractions; streams aside."""
    accepted = InvoiceLine.objects.filter(invoice__council=council, state=LineState.ACCEPTED)
    lines = accepted.select_related("invoice", "service__contract__cluster", "membership", "corrected_line")
    return {
        (line.invoice.number, line.line_number): {
            ref: pence for ref, pence in _of_line(line).items() if pence
        }
        for line in lines
    }


def _of_line(line: InvoiceLine) -> dict[Ref, int]:
    assert line.service is not None
    if line.service.sharing_rule == SharingRule.BY_USE:
        assert line.membership is not None
        return {line.membership.ref: line.amount_pence}
    original = line.corrected_line or line
    words = f"{original.invoice.number}:{original.line_number}"
    members = list(_there(line.service.contract.cluster, line.service_date))
    pledged = {m.ref: _pledged(m, line.service_date) for m in members}
    away = {m.ref: _who_pays(m, line.service_date) for m in members}
    usual = pledged if line.service.sharing_rule == SharingRule.BY_PLEDGE else dict.fromkeys(pledged, 1)
    weights = dict(usual)
    if any(usual[ref] and away[ref] is None for ref in usual):
        weights |= {ref: 0 for ref in usual if away[ref] == WhenAway.OTHERS_COVER}
    parts = _hand_out(abs(line.amount_pence), weights, words)
    reserve = sum(parts[ref] for ref in parts if away[ref] == WhenAway.RESERVE_COVERS)
    parts |= {ref: 0 for ref in parts if away[ref] == WhenAway.RESERVE_COVERS}
    more = _hand_out(reserve, pledged, words)
    sign = -1 if line.amount_pence < 0 else 1
    return {ref: sign * (parts[ref] + more[ref]) for ref in parts}


def _hand_out(pence: int, weights: dict[Ref, int], words: str) -> dict[Ref, int]:
    """Give each their fraction, cut to whole pence, and the rest where most was cut off."""
    exact = {ref: Fraction(pence * weight, sum(weights.values())) for ref, weight in weights.items()}
    given = {ref: floor(part) for ref, part in exact.items()}
    queue = sorted(
        exact, key=lambda ref: (given[ref] - exact[ref], sha256(f"{words}:{ref}".encode()).digest())
    )
    for ref in queue[: pence - sum(given.values())]:
        given[ref] += 1
    return given


def _there(cluster: Cluster, day: date) -> Iterator[Membership]:
    for member in cluster.memberships.order_by("ref"):
        if member.joined_date and member.joined_date <= day < (member.left_date or date.max):
            yield member


def _pledged(member: Membership, day: date) -> int:
    put_in = sum(pledge.amount_pence for pledge in member.pledges.all() if pledge.effective_date <= day)
    return put_in - sum(back.amount_pence for back in member.returns.all() if back.effective_date < day)


def _who_pays(member: Membership, day: date) -> str | None:
    """What the agreement of that day says of the cause for which somebody is away; none where they are there."""
    for absence in member.absences.all():
        if absence.start_date <= day < (absence.back_date or absence.end_date):
            versions: list[Any] = sorted(
                member.cluster.agreements.filter(signed_date__isnull=False), key=lambda one: one.version
            )
            in_force = [one for one in versions if one.signed_date < day] or versions[:1]
            is_holiday = absence.cause == AwayCause.HOLIDAY
            return in_force[-1].on_holiday if is_holiday else in_force[-1].on_illness  # type: ignore[no-any-return]
    return None
