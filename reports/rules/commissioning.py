"""
The commissioning report as data: what was bought, for how many, what pooling saved, what was not met.

Money in pence. `month_*` counts the report's month, `year_*` the council's year up to the end of that month.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from reports.rules.forecast import Span, half_up


class Standing(StrEnum):
    """How far the month has been proved."""

    PROVISIONAL = "provisional"
    UNCLEAR = "unclear"
    RECONCILED = "reconciled"
    SIGNED = "signed"
    CERTIFIED = "certified"


class Reader(StrEnum):
    """Who the report is for, which says what it may tell about people."""

    COUNCIL = "council"  # handed on beyond the officers: nobody in it can be told apart
    OFFICERS = "officers"  # of one cluster, with its members by reference
    MEMBER = "member"  # of one cluster, with the reader's own share and nobody else's


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whose report this is, of which month, and made when."""

    council_code: str
    council_name: str
    cluster_ref: str
    cluster_name: str
    month: Span
    year: Span
    made_on: date
    reader: Reader

    @property
    def is_of_council(self) -> bool:
        """Tell whether it is about the whole council."""
        return self.reader == Reader.COUNCIL

    @property
    def name(self) -> str:
        """The name of the council or the cluster."""
        return self.council_name if self.is_of_council else self.cluster_name


@dataclass(frozen=True, kw_only=True)
class Spend:
    """What was spent on one thing, and how many people's money that was."""

    key: str
    name: str
    month_pence: int
    year_pence: int
    month_people: int
    year_people: int


@dataclass(frozen=True, kw_only=True)
class Bought:
    """
    How much of something was delivered this year, and what the same would have cost one by one.

    `year_shared` counts every unit once for each member who paid a part of it: so many each would have had to buy
    alone. `known_shared` and `known_pence` are the part whose price alone is known, `alone_pence` what that part
    would have cost at it.
    """

    month_units: Decimal
    year_units: Decimal
    year_pence: int
    year_shared: Decimal
    known_shared: Decimal
    known_pence: int
    alone_pence: int

    @property
    def saved_pence(self) -> int | None:
        """What pooling saved, below zero where it cost more; nothing is said where no price alone is known."""
        return self.alone_pence - self.known_pence if self.known_shared else None

    @property
    def known_per_cent(self) -> int:
        """How much of the spend the saving is worked out from, in whole per cent, rounded half up."""
        return half_up(100 * self.known_pence, self.year_pence) if self.year_pence > 0 else 0

    @property
    def rate_pence(self) -> int | None:
        """What one unit cost on average this year, rounded half up."""
        return _a_unit(self.year_pence, self.year_units)

    @property
    def each_pence(self) -> int | None:
        """What each member who had a part in it paid for one unit on average, rounded half up."""
        return _a_unit(self.year_pence, self.year_shared)

    @property
    def alone_rate_pence(self) -> int | None:
        """What one person alone would have paid for one unit on average, where that is known."""
        return _a_unit(self.alone_pence, self.known_shared)


@dataclass(frozen=True, kw_only=True)
class ServiceSpend:
    """What was spent on one service, counted in one unit."""

    spend: Spend
    unit: str
    bought: Bought


@dataclass(frozen=True, kw_only=True)
class ClusterSpend:
    """What one cluster spent, planned and will have spent. `id` leads to its own report."""

    id: str
    spend: Spend
    plan_to_date_pence: int
    plan_year_pence: int
    forecast_pence: int
    saved_pence: int | None


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What members said of a provider: how many people, in how many reviews, and one to five stars in each."""

    reviewers: int = 0
    reviews: int = 0
    stars: int = 0

    @property
    def average(self) -> Decimal | None:
        """Stars on average, in tenths rounded down, as where offers are compared; none where nobody said anything."""
        return Decimal(self.stars * 10 // self.reviews) / 10 if self.reviews else None


@dataclass(frozen=True, kw_only=True)
class ProviderSpend:
    """What was bought from one provider, what the regulator last said of them, and what members say."""

    spend: Spend
    contracts: int
    rating: str
    reviewed: Reviewed


@dataclass(frozen=True, kw_only=True)
class MemberShare:
    """What one member's share of the spend was, by reference."""

    ref: str
    month_pence: int
    year_pence: int
    promised_pence: int
    left_pence: int


@dataclass(frozen=True, kw_only=True)
class MonthMoney:
    """One month of the year: what was planned and what was spent (none: it is still to come)."""

    month: Span
    planned_pence: int
    spent_pence: int | None


@dataclass(frozen=True, kw_only=True)
class YearMoney:
    """The council's year: what is planned, what was spent so far, and what it will come to."""

    plan_to_date_pence: int
    plan_pence: int
    spent_pence: int
    forecast_pence: int

    @property
    def left_over_pence(self) -> int:
        """What the plan leaves over at the end of the year; below zero where it does not reach."""
        return self.plan_pence - self.forecast_pence


@dataclass(frozen=True, kw_only=True)
class ContractPromise:
    """What members promised one contract and what of it is still promised at the end of the month."""

    ref: str
    title: str
    cluster_ref: str
    provider_name: str
    end_date: date
    promised_pence: int
    left_pence: int
    people: int


@dataclass(frozen=True, kw_only=True)
class HoldGroup:
    """Invoice lines that wait for one reason, with one owner, since about as long."""

    reason: str
    owner: str
    age: str
    lines: int
    pence: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """
    Something people wanted and did not get, how often, and what it would have cost where that is known.

    `counts_people`: the count is of people, and kept out of figures where they are few.
    """

    words: str
    count: int
    pence: int | None
    counts_people: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingGroup:
    """
    Exceptions of one kind that the month end found. `pence`: by how much they differ from what was expected.

    `counts_people`: each is about one person, so few of them are kept out of figures.
    """

    kind: str
    owner: str
    is_blocking: bool
    count: int
    pence: int
    counts_people: bool = False


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One thing the month end proved, or could not: what was expected and what was found, in pence or counted."""

    words: str
    expected: int
    found: int
    is_money: bool
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What the month end proved, who signed it, and the seal of the month in the books."""

    proofs: tuple[Proof, ...]
    reconciled_at: datetime | None
    signed_at: datetime | None
    signed_by: str
    seal: str
    previous_seal: str
    entries: int


@dataclass(frozen=True, kw_only=True)
class CommissioningReport:
    """The whole report of a month, for a council or for one cluster."""

    subject: Subject
    standing: Standing
    total: Spend
    bought: Bought
    services: tuple[ServiceSpend, ...]
    streams: tuple[Spend, ...]
    sharing: tuple[Spend, ...]
    year: YearMoney
    months: tuple[MonthMoney, ...]
    clusters: tuple[ClusterSpend, ...]
    providers: tuple[ProviderSpend, ...]
    members: tuple[MemberShare, ...]
    promises: tuple[ContractPromise, ...]
    holds: tuple[HoldGroup, ...]
    unmet: tuple[Unmet, ...]
    findings: tuple[FindingGroup, ...]
    certificate: Certificate | None


def _a_unit(pence: int, units: Decimal) -> int | None:
    """Divide an amount by units, rounded half up; nothing is said of no units."""
    if units <= 0 or pence < 0:
        return None
    top, bottom = units.as_integer_ratio()
    return half_up(pence * bottom, top)
