"""What can be asked about contracts: what must hold before one is approved, the money it takes, and what waits."""

from commissioning.queries.checks import Check, approval_limit_pence, checks_of, lacks_reserve, services_of
from commissioning.queries.difference import Difference, differences
from commissioning.queries.money import ContractMoney, money_for
from commissioning.queries.waiting import (
    ProviderToLookAt,
    ending_soon,
    limits_of,
    providers_to_look_at,
    requests_with,
    to_approve,
)

__all__ = [
    "Check",
    "ContractMoney",
    "Difference",
    "ProviderToLookAt",
    "approval_limit_pence",
    "checks_of",
    "differences",
    "ending_soon",
    "lacks_reserve",
    "limits_of",
    "money_for",
    "providers_to_look_at",
    "requests_with",
    "services_of",
    "to_approve",
]
