"""
Sentences of ours that are kept with a decision: written down in one language, said again in whichever is read.

What people wrote themselves stays as they wrote it. Of Django: how words are said in a language, nothing else.
"""

import re
from collections.abc import Callable
from functools import cache

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

CAN_THEY_JOIN = _("Can %(name)s join us?")
ASKED_TO_JOIN = _("%(name)s asked to join, and has signed what you all agreed.")
DO_WE_CHANGE = _("Do we change what we agreed to version %(version)s?")
WHICH_OFFER = _("Which offer do we choose for “%(what)s”?")
DO_WE_END = _("Shall we end “%(what)s” with %(provider)s early?")
DO_WE_VARY = _("Shall we change “%(what)s” with %(provider)s?")
DO_WE_SPEND = _("Shall we spend what we keep back on “%(what)s”?")
THEY_CHOSE = _("The members chose %(answer)s. %(happy)s of the %(voted)s who voted are happy with it.")
DOES_NOT_FIT = _("The members decided together that it does not fit at the moment.")
DOES_NOT_FIT_AS = _("The members decided together that it does not fit at the moment. They said: %(reasons)s")
WITH_VALUES = (
    CAN_THEY_JOIN,
    ASKED_TO_JOIN,
    DO_WE_CHANGE,
    WHICH_OFFER,
    DO_WE_END,
    DO_WE_VARY,
    DO_WE_SPEND,
    THEY_CHOSE,
    DOES_NOT_FIT_AS,
)


# Apps further up say again what they had kept with a decision: each gives it, or none where it is not theirs.
FURTHER_UP: list[Callable[[str], str | None]] = []


def written(words: object, **values: object) -> str:
    """Put a sentence of ours as it is kept, whatever language is in use; what people wrote stays as it is."""
    with override(None):
        return str(words) % values if values else str(words)


def said_again(kept: str) -> str:
    """Say in the language in use what was kept of us; a sentence that is none of ours stays as it is."""
    for say in FURTHER_UP:
        if (said := say(kept)) is not None:
            return said
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(kept):
            return gettext(sentence) % found.groupdict()
    return gettext(kept) if kept else ""


def values_in(kept: str, sentence: object) -> dict[str, str] | None:
    """Give the values with which a sentence of ours was kept; none where it was another sentence."""
    found = _pattern(written(sentence)).fullmatch(kept)
    return found.groupdict() if found else None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Give our sentences with values, each with what recognises it and reads its values."""
    sentences = [written(sentence) for sentence in WITH_VALUES]
    return [(sentence, _pattern(sentence)) for sentence in sentences]


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
