"""Words for people: days as they say them, sentences that are short enough, subjects that give nothing away."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.dateformat import format as in_form
from django.utils.translation import gettext as _

MOST_EASY_WORDS = 15  # in a sentence of easy words (issue 3)
# "£5", "5 pounds", "50p": an amount, however it is written.
AMOUNT = re.compile(r"£|\b\d[\d,.]*\s*(?:p|pence|pounds?)\b", re.IGNORECASE)
LEAST_TELLING = 4  # letters; shorter words ("and", "the") tell nobody anything
ENDS = re.compile(r"(?<=[.!?:])\s+|\n+")
WORD = re.compile(r"[^\W_][^\s]*")


def day_words(on: date) -> str:
    """Say a day as people do, in the language in use: "Monday 4 May 2026"."""
    return in_form(on, "l j F Y")


def date_words(on: date) -> str:
    """Say a date without its weekday, in the language in use: "4 May 2026"."""
    return in_form(on, "j F Y")


def moment_words(at: datetime) -> str:
    """Say a moment as people do, by the clock it is given in: "Monday 4 May 2026 at 5pm", or "at 5:30pm"."""
    minutes = f":{at:%M}" if at.minute else ""
    half = _("am") if at.hour < 12 else _("pm")
    return _("%(day)s at %(time)s") % {"day": day_words(at), "time": f"{at.hour % 12 or 12}{minutes}{half}"}


def gives_away(subject: str, *, private: Iterable[str]) -> bool:
    """
    Tell whether a subject, which anybody may see on a screen or an envelope, says too much.

    Too much is an amount of money, or any longer word of what is private: what a cluster has in common is
    special-category (UK GDPR article 9), and one word of it is enough to know.
    """
    telling = {word.casefold() for words in private for word in _words(words) if len(word) >= LEAST_TELLING}
    return bool(AMOUNT.search(subject)) or any(word.casefold() in telling for word in _words(subject))


def long_sentences(text: str, *, most: int = MOST_EASY_WORDS) -> list[str]:
    """Give the sentences with more words than that; a line end, a full stop or a colon ends one."""
    return [sentence for sentence in ENDS.split(text) if len(WORD.findall(sentence)) > most]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
