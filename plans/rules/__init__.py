"""What needs are met by: the kinds of help that people know. Pure."""

from plans.rules.kinds import KINDS, OFFERED, UNITS, Kind, kind_of, words_for

__all__ = ["KINDS", "OFFERED", "UNITS", "Kind", "kind_of", "words_for"]
