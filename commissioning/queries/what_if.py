"""What a cluster's money buys now, with somebody's money, and without it; never another member's part."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from budgets.models import Budget
from budgets.queries import budget_on
from clusters.models import Cluster, Membership
from clusters.queries import money_of
from commissioning.models import Contract, ContractService, ContractState
from commissioning.rules.what_if import Buys, Steps, buys, spread, weekly_pence
from people.models import Person

EXACT_FROM = 5  # people: fewer, and a total could tell somebody's part (care rules 4)
SHOWN_FROM = 2  # other people: the part of a single one is never shown


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing the cluster buys, and its prices by how much of it is bought each week."""

    words: str
    unit: str
    steps: Steps
    weight: int

    @property
    def has_steps(self) -> bool:
        """Whether it is cheaper the more is bought."""
        return len(self.steps) > 1


@dataclass(frozen=True, kw_only=True)
class WhatIfLine:
    """One thing: what the money buys of it now, without the person, and with what they would put in."""

    thing: Thing
    now: Buys
    without: Buys | None
    then: Buys | None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """
    What a cluster's money buys each week, in all its things.

    `own_weekly_pence`: the person's own part of it. `is_about`: rounded, because there are so few. `is_hidden`:
    nothing can be said without telling the part of a single person.
    """

    lines: tuple[WhatIfLine, ...]
    own_weekly_pence: int
    more_weekly_pence: int
    is_about: bool
    is_hidden: bool

    @property
    def has_without(self) -> bool:
        """Whether the person has money in it now, so that it can be told what it would buy without them."""
        return any(line.without is not None for line in self.lines)

    @property
    def has_then(self) -> bool:
        """Whether an amount was given that they would put in."""
        return any(line.then is not None for line in self.lines)


def what_if(*, cluster: Cluster, person: Person, more_pence: int, on: date) -> WhatIf:
    """
    Give what the cluster's money buys each week from a day on: now, without this person, and with `more_pence` of
    theirs for the rest of their budget year.

    What is left in the pool, promised or not, is spread evenly until each member's own budget ends, and over the
    running contracts as they expect to be paid. Units: pence. Five queries.
    """
    budgets = Budget.objects.filter(person=OuterRef("person"), start_date__lte=on, end_date__gt=on)
    in_pool = Membership.objects.in_the_pool().filter(cluster=cluster)
    members = list(in_pool.annotate(budget_end=Subquery(budgets.values("end_date")[:1])))
    weekly = _weekly(members, on)
    own = sum(pence for member, pence in weekly.items() if member.person_id == person.pk)
    others = sum(1 for member, pence in weekly.items() if pence and member.person_id != person.pk)
    things = _things(cluster, on)
    total = sum(weekly.values())
    more = _more_weekly(person, more_pence, on) if more_pence else 0
    is_about = others + bool(own) < EXACT_FROM
    columns = [
        _column(things, total, is_about),
        _column(things, total - own if own else None, is_about),
        _column(things, total + more if more else None, is_about),
    ]
    is_hidden = others < SHOWN_FROM
    return WhatIf(
        lines=()
        if is_hidden
        else tuple(
            WhatIfLine(thing=thing, now=now, without=without, then=then)
            for thing, now, without, then in zip(things, *columns, strict=True)
            if now is not None
        ),
        own_weekly_pence=own,
        more_weekly_pence=more,
        is_about=is_about,
        is_hidden=is_hidden,
    )


def _column(things: Collection[Thing], pence: int | None, is_about: bool) -> list[Buys | None]:
    """Give what a sum a week buys of each thing; nothing where there is no such sum."""
    if pence is None:
        return [None] * len(things)
    parts = spread(pence, [thing.weight for thing in things])
    bought = [buys(part, thing.steps) for part, thing in zip(parts, things, strict=True)]
    return [each.about if is_about else each for each in bought]


def _more_weekly(person: Person, more_pence: int, on: date) -> int:
    """Give what an amount is a week until this person's budget ends, in pence; nothing without a budget."""
    budget = budget_on(person=person, on=on)
    return weekly_pence(pence=more_pence, on=on, until=budget.end_date) if budget else 0


def _weekly(members: Collection[Membership], on: date) -> dict[Membership, int]:
    """Give what each member's money in the pool is a week, until their own budget ends, in pence."""
    money = money_of(memberships=members)
    left = {member: sum(part.left_pence for part in money[member.pk]) for member in members}
    return {
        member: weekly_pence(pence=pence, on=on, until=getattr(member, "budget_end", None) or on)
        for member, pence in left.items()
    }


def _things(cluster: Cluster, on: date) -> list[Thing]:
    """Give what the cluster's running contracts buy, in order of their words."""
    services: dict[Contract, list[ContractService]] = defaultdict(list)
    running = ContractService.objects.filter(
        contract__cluster=cluster,
        contract__state=ContractState.APPROVED,
        contract__end_date__gt=on,
        unit_rate_pence__gt=0,
    )
    for service in running.select_related("contract__offer__call").prefetch_related("contract__offer__steps"):
        services[service.contract].append(service)
    found = [thing for contract, bought in services.items() for thing in _things_of(contract, bought)]
    return sorted(found, key=lambda thing: (thing.words, thing.unit))


def _things_of(contract: Contract, services: Sequence[ContractService]) -> list[Thing]:
    """Give the services of one contract: by the steps of its offer where it was drafted from one, else at its rate."""
    stepped: dict[str, Steps] = {}
    if contract.offer is not None:
        code = contract.offer.call.service_code
        stepped[code] = [
            (step.from_weekly_units, step.unit_rate_pence) for step in contract.offer.steps.all()
        ]
    weights = spread(contract.weekly_pence, [1] * len(services))
    return [
        Thing(
            words=service.description,
            unit=service.unit,
            steps=stepped.get(service.code) or [(Decimal(0), service.unit_rate_pence)],
            weight=weight,
        )
        for service, weight in zip(services, weights, strict=True)
    ]
