"""What can be asked about contracts: what must hold before one is approved, and the money it takes."""

from commissioning.queries.checks import Check, approval_limit_pence, checks_of
from commissioning.queries.money import ContractMoney, money_for

__all__ = ["Check", "ContractMoney", "approval_limit_pence", "checks_of", "money_for"]
