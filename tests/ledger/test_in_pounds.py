"""Amounts as people read them."""

import pytest

from ledger.pennies import in_pounds, plain_pounds


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0.00"), (5, "£0.05"), (1_234_567, "£12,345.67"), (-1, "-£0.01"), (-250_01, "-£250.01")],
)
def test_has_pounds_pence_and_commas(pence: int, words: str) -> None:
    assert in_pounds(pence) == words


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "0.00"), (7, "0.07"), (1234567, "12345.67"), (-5860, "-58.60"), (-7, "-0.07")],
)
def test_machines_get_pounds_without_sign_or_comma(pence: int, words: str) -> None:
    assert plain_pounds(pence) == words
