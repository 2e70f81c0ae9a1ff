"""Exact sharing of whole pence. Pure arithmetic: no Django, no database, no clock."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256


def split_pence(total_pence: int, weights: Sequence[int], *, order: Sequence[str]) -> list[int]:
    """
    Share an amount in proportion to weights, losing no penny.

    Every share is rounded towards zero; the pennies left over go one each to the largest remainders, equal
    remainders in ascending `order`. A negative total is shared as its absolute value and negated, so a
    reversal is the exact opposite.

    Units: whole pence. Source: largest-remainder (Hamilton) method; design section 2, "Exact pennies".

    :raises ValueError: if no weight is above zero, any is below, or `order` has not one entry a weight.
    """
    if len(weights) != len(order):
        raise ValueError("Each weight needs its own place in the order.")
    if any(weight < 0 for weight in weights):
        raise ValueError("A weight cannot be below zero.")
    whole = sum(weights)
    if whole == 0:
        raise ValueError("At least one weight must be above zero.")
    size = abs(total_pence)
    shares = [size * weight // whole for weight in weights]
    remainders = [size * weight % whole for weight in weights]
    served = sorted(range(len(weights)), key=lambda place: (-remainders[place], order[place]))
    for place in served[: size - sum(shares)]:
        shares[place] += 1
    return shares if total_pence >= 0 else [-share for share in shares]


def odd_penny_order(document: str, line_number: int, member: str) -> str:
    """
    Give the place of a member in the queue for the odd pennies of one line.

    The hash changes from line to line, so nobody always pays the odd penny, and anyone can work it out again.

    Source: design section 2: sha256 of "<invoice number>:<line number>:<member reference>", hex, ascending.
    """
    return sha256(f"{document}:{line_number}:{member}".encode()).hexdigest()


def line_pence(units: Decimal, rate_pence: int) -> int:
    """
    Price a number of units, rounded half up to the penny.

    Units: `units` in the service's own unit (hour, session, trip), `rate_pence` pence for one of them.
    Source: data rules, "Amount = units x rate, rounded half up to the penny".
    """
    return int((units * rate_pence).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def in_pounds(pence: int) -> str:
    """Write an amount as people read it: 1234567 is "£12,345.67", below nothing with a minus before the sign."""
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{odd:02d}"


def plain_pounds(pence: int) -> str:
    """Write an amount as files for machines have it: 1234567 is "12345.67", below nothing with a minus before it."""
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{odd:02d}"
