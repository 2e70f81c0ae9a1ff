"""
What an account is called outside: from what it is, by references and never by a person's name.

The names hold to what beancount allows, which is the narrowest: a root it knows, then parts of letters, digits and
hyphens that begin with a capital or a digit. What else stands in a reference is written as `--` and two hexadecimal
digits a byte, so two accounts never get one name.
"""

import re
from collections.abc import Sequence

ROOTS = {
    "funding": "Equity:Funding",
    "budget": "Equity:Budget",
    "pool_share": "Equity:Pool-share",
    "committed": "Equity:Committed",
    "savings": "Equity:Savings",
    "community_fund": "Equity:Community-fund",
    "enterprise_fund": "Equity:Enterprise-fund",
    "payable": "Liabilities:Owed",
    "project_payable": "Liabilities:Owed-to-project",
    "direct_payment": "Liabilities:Direct-payment",
    "advance": "Liabilities:Advance",
    "bank": "Assets:Bank",
}
# A hyphen stands for itself only before a letter or a digit: two in a row always begin what is written otherwise.
STRANGE = re.compile(r"-(?![A-Za-z0-9])|[^A-Za-z0-9-]")
BEGINS_WELL = re.compile(r"[A-Z0-9]")


def account_name(kind: str, owner: Sequence[str], stream: str) -> str:
    """Name an account from its kind, whose it is (references, the widest first) and its funding stream."""
    return ":".join([ROOTS[kind], *(_part(reference) for reference in owner), f"Stream-{_plain(stream)}"])


def _part(reference: str) -> str:
    """Write a reference as one part of a name; `X--` goes before one that may not begin as it does."""
    plain = _plain(reference)
    return plain if BEGINS_WELL.match(plain) else f"X--{plain}"


def _plain(words: str) -> str:
    return STRANGE.sub(lambda found: "".join(f"--{byte:02X}" for byte in found[0].encode()), words)
