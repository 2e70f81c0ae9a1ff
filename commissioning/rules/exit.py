"""
What somebody who leaves a cluster takes with them: the exit settlement, to the penny. Pure: no Django.

Source: design section 4 ("stake minus own part of non-cancellable commitments, back to the personal budget by
stream"); care rules 4 ("leave the pool in one step ... with the balance worked out").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clusters.rules.home import home
from commissioning.rules.worth import term_value_pence


@dataclass(frozen=True, kw_only=True)
class Term:
    """
    What a contract is worth and over which days, in pence. Dates: ends exclusive.

    `end_date` is the day it ends on now; `planned_end_date` the one its value was worked out for.
    """

    start_date: date
    end_date: date
    planned_end_date: date
    weekly_pence: int
    one_off_pence: int
    notice_days: int

    def cut(self, left_date: date) -> date:
        """Give the day up to which somebody who leaves still carries their part (exclusive)."""
        return max(self.start_date, min(self.end_date, left_date + timedelta(days=self.notice_days)))

    def worth_to(self, day: date) -> int:
        """
        Value it from its start up to a day (exclusive); the one-off part falls due as it begins.

        A contract that expects no value in advance counts its days instead.
        """
        if day <= self.start_date:
            return 0
        if self.weekly_pence == 0 and self.one_off_pence == 0:
            return (day - self.start_date).days
        return term_value_pence(
            weekly_pence=self.weekly_pence, one_off_pence=self.one_off_pence, start=self.start_date, end=day
        )


@dataclass(frozen=True, kw_only=True)
class Promise:
    """
    What one stream of a member promised one contract, in pence.

    `drawn_pence` of it has been paid to the provider; `balance_pence` still stands promised.
    """

    contract_id: UUID
    promised_pence: int
    drawn_pence: int
    balance_pence: int
    term: Term

    def held_pence(self, left_date: date) -> int:
        """
        Give what has to wait for the last bills: the member's own part up to the cut that nobody has billed yet.

        The own part is rounded up to the penny, and never more waits than still stands promised.
        """
        whole = self.term.worth_to(self.term.planned_end_date)
        own_part = -(-self.promised_pence * self.term.worth_to(self.term.cut(left_date)) // whole)
        return min(self.balance_pence, max(0, own_part - self.drawn_pence))


@dataclass(frozen=True, kw_only=True)
class Stake:
    """
    All that stands in a pool for one member from one stream, in pence.

    `came_from`: the budgets it was pledged from, newest first, each with what it put in and has not got back.
    """

    stream_code: str
    share_pence: int
    promises: Sequence[Promise]
    came_from: Sequence[tuple[UUID, int]]


@dataclass(frozen=True, kw_only=True)
class StreamExit:
    """
    What becomes of one stream's stake, in pence.

    `released` by contract goes back to the share first; `held` by contract waits; `returned` by budget is what goes
    home at once. `stake_pence` = returned + held.
    """

    stream_code: str
    share_pence: int
    released: dict[UUID, int]
    held: dict[UUID, int]
    returned: dict[UUID, int]

    @property
    def back_pence(self) -> int:
        """What goes back to the budget at once."""
        return sum(self.returned.values())

    @property
    def held_pence(self) -> int:
        """What waits for the last bills."""
        return sum(self.held.values())

    @property
    def stake_pence(self) -> int:
        """All that stood there."""
        return self.back_pence + self.held_pence


def exit_of(stake: Stake, *, left_date: date) -> StreamExit:
    """
    Work out the exit settlement of one stream.

    Held is the member's own part of what cannot be cancelled; all else goes back to the budgets it came from,
    the newest first. Never a debt: what waits is never more than what stands promised.
    """
    held = {promise.contract_id: promise.held_pence(left_date) for promise in stake.promises}
    return _exit(stake, held)


def settlement_of(stake: Stake) -> StreamExit:
    """Work out the end of a settlement: the last bills are in, so everything that still stands there goes back."""
    return _exit(stake, dict.fromkeys((promise.contract_id for promise in stake.promises), 0))


def _exit(stake: Stake, held: dict[UUID, int]) -> StreamExit:
    released = {each.contract_id: each.balance_pence - held[each.contract_id] for each in stake.promises}
    back = stake.share_pence + sum(released.values())
    return StreamExit(
        stream_code=stake.stream_code,
        share_pence=stake.share_pence,
        released={contract: pence for contract, pence in released.items() if pence},
        held={contract: pence for contract, pence in held.items() if pence},
        returned=home(back, stake.came_from),
    )
