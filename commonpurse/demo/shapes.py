"""The shapes in which the story of the made-up council is told. Plain data; the builders make it happen."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clusters.models import SharingRule
from people.models import RoleKind
from plans.models import MetBy

BY_USE, EQUAL, BY_PLEDGE = SharingRule.BY_USE, SharingRule.EQUAL, SharingRule.BY_PLEDGE
SELF, FAMILY, COMMUNITY = MetBy.SELF, MetBy.FAMILY, MetBy.COMMUNITY
SERVICE, CLUSTER = MetBy.SERVICE, MetBy.CLUSTER


@dataclass(frozen=True, kw_only=True)
class Official:
    """Somebody who works for the council. `may_approve_pence`: what they may approve alone, a year or a run."""

    email: str
    name: str
    role: RoleKind
    may_approve_pence: int = 0


@dataclass(frozen=True, kw_only=True)
class Company:
    """
    Somebody who delivers care. `rating`: what the made-up regulator's directory says of its location.

    `staff` sign in for it, by e-mail address and name; the rest is what it says of itself.
    """

    ref: str
    name: str
    legal_form: str
    cqc_location_id: str = ""
    rating: str = ""
    words: str = ""
    area: str = ""
    postcode: str = ""
    languages: tuple[str, ...] = ()
    service_codes: tuple[str, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """
    A person who draws on care, with a plan in their own words and a budget for the year, in pence by stream.

    `lead` is the e-mail address of their social worker; with an `email` of their own they sign in. `review_in`:
    days from the day the demo is loaded until their plan is looked at again; below zero it is late. `directly`: the
    streams that are paid to them as a direct payment.
    """

    ref: str
    name: str
    birth_date: date
    postcode: str
    lead: str
    outcomes: str
    needs: tuple[tuple[str, MetBy], ...]
    budget: dict[str, int]
    review_in: int
    email: str = ""
    directly: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """
    One question of an assessment: the place of the person's answer and of their social worker's, and their words.

    Places are counted from 0, which asks for the least help.
    """

    own: int
    seen: int
    words: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Member:
    """
    Somebody's place in a cluster, and what they pledge for each week to come, in pence by stream.

    `joins` and `leaves` count months from the first month of invoices; none: a founder, and still there.
    """

    person: Somebody
    weekly: dict[str, int]
    joins: int | None = None
    leaves: int | None = None


@dataclass(frozen=True, kw_only=True)
class Offered:
    """
    One service of a contract: its unit, its rates in pence, and the most of it over the whole term.

    `alone_rate`: what one person alone would pay for one unit.
    """

    code: str
    description: str
    unit: str
    rate: int
    alone_rate: int
    shared: SharingRule
    most: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Round:
    """
    What comes again every week: a service on some weekdays (Monday is 0), so many units each time.

    `who` names people by reference, each of whom gets it; nobody named: all share it. `misses`: of a hundred
    times, how often it does not happen. `months`: in how many months it comes; none: as long as the contract.
    """

    service: str
    weekdays: tuple[int, ...]
    units: str
    who: tuple[str, ...] = ()
    misses: int = 0
    months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Deal:
    """
    A contract. With `weekly` it promises that value, in pence; a spot contract promises nothing.

    `asked_ago`: it waits for approval since so many days; none: it was approved before the first month.
    """

    ref: str
    title: str
    company: str
    services: tuple[Offered, ...]
    rounds: tuple[Round, ...] = ()
    weekly: int = 0
    one_off: int = 0
    is_regulated: bool = False
    is_billed_twice_a_month: bool = False
    asked_by: str = ""
    asked_ago: int | None = None


@dataclass(frozen=True, kw_only=True)
class Circle:
    """A cluster: what it calls itself and says of itself, who is in it, and what it buys."""

    ref: str
    name: str
    purpose: str
    area: str
    in_common: str
    agreement: str
    members: tuple[Member, ...]
    deals: tuple[Deal, ...] = ()
    sharing: dict[str, SharingRule] = field(default_factory=dict)
    is_forming: bool = False

    @property
    def terms(self) -> dict[str, SharingRule]:
        """How each service is shared: what its agreement says."""
        return {
            service.code: service.shared for deal in self.deals for service in deal.services
        } | self.sharing


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who asks to join, what they offer in pence by stream, how long ago, and who has answered how."""

    person: Somebody
    circle: str
    offers: dict[str, int]
    days_ago: int
    members_agree: bool = True
    declined: str = ""


class Slip(StrEnum):
    """What a provider got wrong in a document."""

    WRONG_RATE = "wrong rate"
    TWICE = "a visit twice"
    AFTER_LEAVING = "a visit after somebody left"
    NOT_BOUGHT = "something the contract does not buy"
    WRONG_SUM = "a sum that is wrong"


@dataclass(frozen=True, kw_only=True)
class Slipped:
    """
    A slip in the documents of a contract for one month, counted from the first.

    `put_right` or `refused`: what the finance officer did about the held line, in her words.
    """

    deal: str
    month: int
    slip: Slip
    put_right: str = ""
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Credited:
    """A visit that was billed in one month and is credited in the next: its contract and month."""

    deal: str
    month: int
