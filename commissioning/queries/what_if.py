"""What a cluster's money buys now, with somebody's money, and without it; never another member's part."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, prefetch_related_objects

from budgets.models import Budget
from budgets.queries import budget_on
from clusters.models import Cluster, Membership
from clusters.queries import money_of
from commissioning.models import Contract, ContractService, ContractState
from commissioning.queries.standing_offers import as_thing, standing_offers, steps_of
from commissioning.rules.what_if import (
    Buys,
    Money,
    Steps,
    Thing,
    buys,
    buys_if_chosen,
    spread,
    weekly_pence,
)
from people.models import Person

EXACT_FROM = 5  # people: fewer, and a total could tell somebody's part (care rules 4)
NOTHING = Money(pence=0, weekly_pence=0)
SHOWN_FROM = 2  # other people: the part of a single one is never shown


@dataclass(frozen=True, kw_only=True)
class WhatIfLine:
    """One thing: what the money of now buys of it, without the person's, and with what they would put in."""

    thing: Thing
    now: Buys
    without: Buys | None
    then: Buys | None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """
    What a cluster's money buys each week, in all its things.

    `offers`: what it would buy if its members chose that offer, each by itself. `own_weekly_pence`: the person's own
    part of it. `is_about`: rounded, because there are so few. `is_hidden`: nothing can be said without telling the
    part of a single person.
    """

    lines: tuple[WhatIfLine, ...]
    offers: tuple[WhatIfLine, ...]
    own_weekly_pence: int
    more_weekly_pence: int
    is_about: bool
    is_hidden: bool

    @property
    def has_without(self) -> bool:
        """Whether the person has money in it now, so that it can be told what it would buy without them."""
        return any(line.without is not None for line in (*self.lines, *self.offers))

    @property
    def has_then(self) -> bool:
        """Whether an amount was given that they would put in."""
        return any(line.then is not None for line in (*self.lines, *self.offers))


def what_if(
    *, cluster: Cluster, person: Person, more_pence: int, on: date, names_offers: bool = False
) -> WhatIf:
    """
    Give what the cluster's money buys each week from a day on: now, without this person, and with `more_pence` of
    theirs for the rest of their budget year.

    What is left in the pool, promised or not, is spread evenly until each member's own budget ends, and over the
    running contracts as they expect to be paid. An offer that stands for another kind of help is told as if it were
    chosen beside them; `names_offers`: whoever looks may know whose it is. Units: pence. Seven queries.
    """
    money = _money(cluster, on)
    own = sum((each for member, each in money.items() if member.person_id == person.pk), NOTHING)
    others = sum(1 for member, each in money.items() if each.weekly_pence and member.person_id != person.pk)
    total = sum(money.values(), NOTHING)
    more = _more(person, more_pence, on) if more_pence else NOTHING
    cases = [
        total,
        total - own if own.weekly_pence else None,
        total + more if more.weekly_pence else None,
    ]
    is_about = others + bool(own.weekly_pence) < EXACT_FROM
    is_hidden = others < SHOWN_FROM
    things, offers = ([], []) if is_hidden else _things_and_offers(cluster, on, names_offers)
    weights = [thing.weight for thing in things]
    return WhatIf(
        lines=_lines(things, [_bought(things, case) for case in cases], is_about),
        offers=_lines(offers, [_if_chosen(offers, case, beside=weights) for case in cases], is_about),
        own_weekly_pence=own.weekly_pence,
        more_weekly_pence=more.weekly_pence,
        is_about=is_about,
        is_hidden=is_hidden,
    )


def _lines(
    things: Sequence[Thing], cases: Sequence[Sequence[Buys | None]], is_about: bool
) -> tuple[WhatIfLine, ...]:
    """Put what is bought of each thing in each case together, roughly where there are few."""
    said = [[each.about if each and is_about else each for each in case] for case in cases]
    return tuple(
        WhatIfLine(thing=thing, now=now, without=without, then=then)
        for thing, now, without, then in zip(things, *said, strict=True)
        if now is not None
    )


def _bought(things: Sequence[Thing], money: Money | None) -> Sequence[Buys | None]:
    """Give what a sum a week buys of each thing; nothing where there is no such sum."""
    if money is None:
        return [None] * len(things)
    parts = spread(money.weekly_pence, [thing.weight for thing in things])
    return [buys(part, thing.steps) for part, thing in zip(parts, things, strict=True)]


def _if_chosen(
    offers: Sequence[Thing], money: Money | None, *, beside: Sequence[int]
) -> Sequence[Buys | None]:
    """Give what a sum buys of each offer, chosen by itself; nothing where there is no such sum."""
    return [buys_if_chosen(money, offer, beside=beside) if money else None for offer in offers]


def _more(person: Person, more_pence: int, on: date) -> Money:
    """Give an amount with what it is a week until this person's budget ends; nothing without a budget."""
    budget = budget_on(person=person, on=on)
    if budget is None:
        return NOTHING
    return Money(pence=more_pence, weekly_pence=weekly_pence(pence=more_pence, on=on, until=budget.end_date))


def _money(cluster: Cluster, on: date) -> dict[Membership, Money]:
    """Give each member's money in the pool, with what it is a week until their own budget ends."""
    budgets = Budget.objects.filter(person=OuterRef("person"), start_date__lte=on, end_date__gt=on)
    in_pool = Membership.objects.in_the_pool().filter(cluster=cluster)
    members = list(in_pool.annotate(budget_end=Subquery(budgets.values("end_date")[:1])))
    money = money_of(memberships=members)
    left = {member: sum(part.left_pence for part in money[member.pk]) for member in members}
    return {
        member: Money(
            pence=pence,
            weekly_pence=weekly_pence(pence=pence, on=on, until=getattr(member, "budget_end", None) or on),
        )
        for member, pence in left.items()
    }


def _things_and_offers(cluster: Cluster, on: date, is_named: bool) -> tuple[list[Thing], list[Thing]]:
    """Give what the running contracts buy, in order of their words, and the offers for what they do not."""
    services: dict[Contract, list[ContractService]] = defaultdict(list)
    running = ContractService.objects.filter(
        contract__cluster=cluster,
        contract__state=ContractState.APPROVED,
        contract__end_date__gt=on,
        unit_rate_pence__gt=0,
    )
    for service in running.select_related("contract__offer__call"):
        services[service.contract].append(service)
    codes = {service.code for bought in services.values() for service in bought}
    standing = standing_offers(cluster=cluster, besides=codes, on=on)
    chosen = [contract.offer for contract in services if contract.offer is not None]
    prefetch_related_objects([*chosen, *standing], "steps")
    found = [thing for contract, bought in services.items() for thing in _things_of(contract, bought)]
    numbered = enumerate(standing, start=1)
    offers = [as_thing(offer, number=number, is_named=is_named) for number, offer in numbered]
    return sorted(found, key=lambda thing: (thing.words, thing.unit)), offers


def _things_of(contract: Contract, services: Sequence[ContractService]) -> list[Thing]:
    """Give the services of one contract: by the steps of its offer where it was drafted from one, else at its rate."""
    stepped: dict[str, Steps] = {}
    if contract.offer is not None:
        code = contract.offer.call.service_code
        stepped[code] = steps_of(contract.offer)
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
