"""What is promised, what is held, and what was not met."""

from typing import Any, NamedTuple

from invoices.models import HoldReason
from reports.queries.names import ContractRow
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


class Standing(NamedTuple):
    """What stood in pools and was promised at the month's end, for one contract, one member, or all."""

    told_by: str
    key: str
    promised_pence: int
    left_pence: int
    people: int


class _Row(NamedTuple):
    """A group of held lines, or one thing that was not met: that has no reason, owner or age, and is never overdue."""

    what: str
    reason: str
    owner: str
    age: int
    times: int
    pence: int | None
    overdue: int


def standings(values: dict[str, Any]) -> list[Standing]:
    """Give what stood where at the end of the month. Units: pence."""
    return rows(Standing, sql_of("standing.sql"), values)


def promises(known: dict[str, ContractRow], stood: list[Standing]) -> tuple[ContractPromise, ...]:
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
            left_pence=left[pk].promised_pence,
            people=left[pk].people,
        )
        for pk, row in known.items()
        if pk in left
    ]
    return tuple(sorted(found, key=lambda promise: (-promise.left_pence, promise.ref)))


def waiting(values: dict[str, Any]) -> tuple[tuple[HoldGroup, ...], tuple[Unmet, ...]]:
    """Give the lines that are held, most first, and what was not met. Units: pence."""
    sql = sql_of("waiting.sql", holds=sql_of("holds.sql"), unmet=sql_of("unmet.sql"))
    found = rows(_Row, sql, values)
    return _holds([row for row in found if row.what == "held"]), _unmet(found)


def _holds(found: list[_Row]) -> tuple[HoldGroup, ...]:
    return tuple(
        HoldGroup(
            reason=HoldReason(row.reason).label,
            owner=OWNERS[row.owner],
            age=AGES[row.age],
            lines=row.times,
            pence=row.pence or 0,
            overdue=row.overdue,
        )
        for row in found
    )


def _unmet(found: list[_Row]) -> tuple[Unmet, ...]:
    """Give what was not met, in a fixed order, leaving out what did not happen."""
    by_kind = {row.what: row for row in found}
    return tuple(
        Unmet(words=words, count=row.times, pence=row.pence, counts_people=what == "asked_to_join")
        for what, words in UNMET.items()
        if (row := by_kind[what]).times
    )
