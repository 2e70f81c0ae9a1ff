"""
The outcomes that the law asks about: ten of adults and eight of carers. Pure.

Source: Care and Support (Eligibility Criteria) Regulations 2014, regulation 2(2) and regulation 3(2).
"""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

ADULT, CARER = "adult", "carer"


class Outcome(NamedTuple):
    """One thing of life that the law asks about: its code, whose it is, its words, easy words, and a picture."""

    code: str
    whose: str
    said: str
    said_easily: str
    picture: str

    @property
    def words(self) -> str:
        """Its everyday words, in the language in use."""
        return gettext(self.said)

    @property
    def easy_words(self) -> str:
        """The same in easy words, in the language in use."""
        return gettext(self.said_easily)


ADULT_OUTCOMES = (
    Outcome("nutrition", ADULT, _("Eating and drinking well"), _("Food and drink"), "meal"),
    Outcome("hygiene", ADULT, _("Keeping clean"), _("Washing"), "person"),
    Outcome("toilet", ADULT, _("Using the toilet"), _("The toilet"), "door"),
    Outcome("clothing", ADULT, _("Being dressed for the day and the weather"), _("Clothes"), "person"),
    Outcome("safe-home", ADULT, _("Being safe when I move about at home"), _("Being safe at home"), "house"),
    Outcome("home", ADULT, _("Keeping my home clean and fit to live in"), _("A clean home"), "house"),
    Outcome("relationships", ADULT, _("Seeing family and friends"), _("Family and friends"), "people"),
    Outcome("work", ADULT, _("Working, learning or volunteering"), _("Work and learning"), "pen"),
    Outcome(
        "community", ADULT, _("Getting out and using what is near, buses too"), _("Going out"), "minibus"
    ),
    Outcome("own-child", ADULT, _("Looking after my child"), _("My child"), "handshake"),
)
CARER_OUTCOMES = (
    Outcome("carer-own-child", CARER, _("Looking after my child"), _("My child"), "handshake"),
    Outcome("carer-others", CARER, _("Caring for others as well"), _("Others I care for"), "helper"),
    Outcome("carer-home", CARER, _("Keeping my home clean and fit to live in"), _("A clean home"), "house"),
    Outcome("carer-nutrition", CARER, _("Eating and drinking well"), _("Food and drink"), "meal"),
    Outcome("carer-relationships", CARER, _("Seeing family and friends"), _("Family and friends"), "people"),
    Outcome("carer-work", CARER, _("Working, learning or volunteering"), _("Work and learning"), "pen"),
    Outcome(
        "carer-community",
        CARER,
        _("Getting out and using what is near, buses too"),
        _("Going out"),
        "minibus",
    ),
    Outcome("carer-free-time", CARER, _("Having time for what I enjoy"), _("Fun and rest"), "music"),
)
OUTCOMES = (*ADULT_OUTCOMES, *CARER_OUTCOMES)
_BY_CODE = {outcome.code: outcome for outcome in OUTCOMES}


def outcome_of(code: str) -> Outcome:
    """
    Give the outcome a code stands for.

    :raises KeyError: it stands for none.
    """
    return _BY_CODE[code]


def outcomes_of(whose: str) -> tuple[Outcome, ...]:
    """Give the outcomes of an adult's assessment, or of a carer's, in the order of the regulations."""
    return CARER_OUTCOMES if whose == CARER else ADULT_OUTCOMES
