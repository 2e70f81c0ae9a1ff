"""What is promised, what is held, and what was not met."""

from datetime import date
from typing import Any, NamedTuple

from invoices.models import HoldReason
from reports.queries.proof import OWNERS
from reports.queries.rows import rows, sql_of
from reports.rules.commissioning import ContractPromise, HoldGroup, Unmet

AGES = ("under a week", "one to four weeks", "four weeks or more")

# What was not met, in words; counts of people are kept out of figures where they are few.
UNMET = {
    "no_offer": "Calls of clusters that no suitable offer answered",
    "no_money": "Lines held because a member's pool share had run out",
    "no_units": "Lines held because the contract had no units left",
    "delivered_less": "Contracts that delivered less this month than was expected of them",
    "waits_for_approval": "Contracts that wait for the council's approval (value of a year)",
    "sent_back": "Contracts sent back to the cluster (value of a year)",
    "buys_nothing": "Active clusters without a contract this month",
    "asked_to_join": "People who asked to join a cluster and still wait",
}

CONTRACTS = """
SELECT k.id::text, k.ref, k.title, k.cluster_id::text, c.ref, p.id::text, p.name, k.end_date,
    k.start_date < %(end)s AND k.end_date > %(start)s AND k.state IN ('approved', 'ended'),
    coalesce((SELECT sum(amount_pence) FROM commissioning_commitment o WHERE o.contract_id = k.id), 0)::bigint
FROM commissioning_contract k
JOIN clusters_cluster c ON c.id = k.cluster_id
JOIN providers_provider p ON p.id = k.provider_id
WHERE k.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
ORDER BY k.ref
"""


class Standing(NamedTuple):
    """What stood in pools and was promised at the month's end, for one contract, one member, or all."""

    told_by: str
    key: str
    promised_pence: int
    left_pence: int
    people: int


class ContractRow(NamedTuple):
    """A contract with whose it is; `is_running` says whether it ran in the months looked at."""

    id: str
    ref: str
    title: str
    cluster_id: str
    cluster_ref: str
    provider_id: str
    provider_name: str
    end_date: date
    is_running: bool
    promised_pence: int


class _HeldRow(NamedTuple):
    reason: str
    owner: str
    age: int
    lines: int
    pence: int
    overdue: int


class _UnmetRow(NamedTuple):
    what: str
    times: int
    pence: int | None


def standings(values: dict[str, Any]) -> list[Standing]:
    """Give what stood where at the end of the month. Units: pence."""
    return rows(Standing, sql_of("standing.sql"), values)


def contracts(values: dict[str, Any]) -> list[ContractRow]:
    """Give every contract of the council or the cluster, in order of reference."""
    return rows(ContractRow, CONTRACTS, values)


def promises(known: list[ContractRow], stood: list[Standing]) -> tuple[ContractPromise, ...]:
    """Give the contracts that members promised money to, the most still promised first."""
    left = {row.key: row for row in stood if row.told_by == "contract"}
    found = [
        ContractPromise(
            ref=row.ref,
            title=row.title,
            cluster_ref=row.cluster_ref,
            provider_name=row.provider_name,
            end_date=row.end_date,
            promised_pence=row.promised_pence,
            left_pence=left[row.id].promised_pence,
            people=left[row.id].people,
        )
        for row in known
        if row.id in left
    ]
    return tuple(sorted(found, key=lambda promise: (-promise.left_pence, promise.ref)))


def holds(values: dict[str, Any]) -> tuple[HoldGroup, ...]:
    """Give the lines that are held, most first. Units: pence."""
    return tuple(
        HoldGroup(
            reason=HoldReason(row.reason).label,
            owner=OWNERS[row.owner],
            age=AGES[row.age],
            lines=row.lines,
            pence=row.pence,
            overdue=row.overdue,
        )
        for row in rows(_HeldRow, sql_of("holds.sql"), values)
    )


def unmet(values: dict[str, Any]) -> tuple[Unmet, ...]:
    """Give what was not met, in a fixed order, leaving out what did not happen."""
    found = {row.what: row for row in rows(_UnmetRow, sql_of("unmet.sql"), values)}
    return tuple(
        Unmet(words=words, count=row.times, pence=row.pence, counts_people=what == "asked_to_join")
        for what, words in UNMET.items()
        if (row := found[what]).times
    )
