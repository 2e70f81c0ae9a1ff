"""UK bank accounts: what a sort code and an account number look like. Pure: no Django."""

import re

SORT_CODE = re.compile(r"[0-9]{6}")
ACCOUNT_NUMBER = re.compile(r"[0-9]{8}")


def plain_digits(words: str) -> str:
    """Leave out the spaces and dashes that people write between figures."""
    return words.replace(" ", "").replace("-", "")


def is_uk_account(*, sort_code: str, account_number: str) -> bool:
    """
    Tell whether both have the form of a UK account: six figures and eight. Whether it exists, only a bank can say.

    Source: UK sort codes and account numbers (Pay.UK).
    """
    return bool(SORT_CODE.fullmatch(sort_code) and ACCOUNT_NUMBER.fullmatch(account_number))
