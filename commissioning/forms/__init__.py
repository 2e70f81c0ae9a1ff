"""The questions of commissioning: a commissioner's answer to a request, and what is to be different."""

from commissioning.forms.change import (
    AskToEndForm,
    ChangeForm,
    EndForm,
    SpendReserveForm,
    WhyChangeForm,
)
from commissioning.forms.decide import APPROVE, LONGEST_NOTE, SEND_BACK, DecideForm

__all__ = [
    "APPROVE",
    "LONGEST_NOTE",
    "SEND_BACK",
    "AskToEndForm",
    "ChangeForm",
    "DecideForm",
    "EndForm",
    "SpendReserveForm",
    "WhyChangeForm",
]
