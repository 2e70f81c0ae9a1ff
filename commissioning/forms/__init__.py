"""The questions of commissioning: a commissioner's answer to a request."""

from commissioning.forms.decide import APPROVE, LONGEST_NOTE, SEND_BACK, DecideForm

__all__ = ["APPROVE", "LONGEST_NOTE", "SEND_BACK", "DecideForm"]
