"""
The kinds of money in a personal budget, each with its own rules, in plain words. Pure: no Django but its translations.

Source: Care Act 2014 s26(3) (a budget may name other public money), s30 (top-ups); NHS personal health budgets under
SI 2012/2996 as amended; Housing Grants, Construction and Regeneration Act 1996 (disabled facilities grants).
"""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SOCIAL_CARE, HEALTH, HOUSING, OWN, TOP_UP = "social_care", "health", "housing", "own", "top_up"
# How councils' catalogues call what is not social care; any other code is social care.
_KIND_BY_CODE = {
    **dict.fromkeys(("nhs", "health", "phb", "chc"), HEALTH),
    **dict.fromkeys(("housing", "dfg", "equipment", "adaptation"), HOUSING),
    **dict.fromkeys(("contribution", "own", "client"), OWN),
    **dict.fromkeys(("top_up", "topup", "top-up", "third_party"), TOP_UP),
}


class StreamRules(NamedTuple):
    """What holds for one kind of money: who gives it, what it may pay for, who reports on it, and who sees it."""

    kind: str
    said_giver: str
    said_spend: str
    said_report: str
    said_see: str
    easy_spend: str

    @property
    def giver(self) -> str:
        """Who puts this money in, in the language in use."""
        return gettext(self.said_giver)

    @property
    def spend(self) -> str:
        """What it may pay for, in the language in use."""
        return gettext(self.said_spend)

    @property
    def report(self) -> str:
        """Who reports on it to whom, in the language in use."""
        return gettext(self.said_report)

    @property
    def see(self) -> str:
        """Who may see it, in the language in use."""
        return gettext(self.said_see)

    @property
    def easy(self) -> str:
        """What it may pay for, in easy words and the language in use."""
        return gettext(self.easy_spend)


RULES = {
    rules.kind: rules
    for rules in (
        StreamRules(
            SOCIAL_CARE,
            _("Your council puts this in."),
            _("It may pay for what your care and support plan says, and for nothing else."),
            _("Your council looks once a year whether it met what you need."),
            _("You, your helpers, your social worker, and the officers of your council who pay the bills."),
            _("This money is for the help in your plan."),
        ),
        StreamRules(
            HEALTH,
            _("The NHS puts this in. You do not pay towards it."),
            _(
                "It may pay for the health needs in your plan. It may not pay for emergency care, a GP or medicine."
            ),
            _("Your council tells the NHS how much was spent and on what kind of help."),
            _(
                "You, your helpers, your social worker, and the officers who pay the bills. The NHS gets totals."
            ),
            _("This money is for your health."),
        ),
        StreamRules(
            HOUSING,
            _("A housing or equipment grant puts this in, once."),
            _(
                "It may pay for the change to your home or the equipment it was given for. It is not for weekly help."
            ),
            _("Your council reports to the grant that the work was done."),
            _("You, your helpers, your social worker, and the officers of your council who pay the bills."),
            _("This money is for your home or for equipment."),
        ),
        StreamRules(
            OWN,
            _("You put this in yourself: what your financial assessment says you can pay."),
            _("It pays part of the help in your plan. You never pay more than your help costs."),
            _("Nobody reports on it. If you paid too much, you get it back first."),
            _("You, your helpers, your social worker, and the officers of your council who pay the bills."),
            _("This is what you pay yourself."),
        ),
        StreamRules(
            TOP_UP,
            _("Somebody else puts this in, because you chose something that costs more."),
            _("It may pay only for what your choice costs more. What you need is paid for without it."),
            _(
                "Whoever pays it has agreed to it in writing. Your council asks every year whether they still can."
            ),
            _(
                "You, your helpers, your social worker, and the officers who pay the bills. The payer sees only this."
            ),
            _("Somebody else pays this for you."),
        ),
    )
}


def kind_of_stream(code: str) -> str:
    """Say of which kind a stream with this code is, where nobody said it: social care, unless the code tells."""
    return _KIND_BY_CODE.get(code.casefold(), SOCIAL_CARE)


def rules_for(kind: str) -> StreamRules:
    """
    Give the rules of a kind of money.

    :raises KeyError: there is no such kind.
    """
    return RULES[kind]


class Holding(NamedTuple):
    """What a way to hold money means, in plain and in easy words; `%(holder)s` stands for who holds a fund."""

    said: str
    easy_said: str

    def words(self, holder: str) -> str:
        """Say it in the language in use."""
        return gettext(self.said) % {"holder": holder}

    def easy(self, holder: str) -> str:
        """Say it in easy words and the language in use."""
        return gettext(self.easy_said) % {"holder": holder}


HOLDINGS = {
    "council_managed": Holding(
        _("Your council holds it and pays the bills for you."), _("Your council pays the bills for you.")
    ),
    "direct_payment": Holding(
        _("You get the money and pay the bills yourself."), _("You get the money. You pay the bills.")
    ),
    "isf": Holding(
        _("%(holder)s holds it in a fund for you, and buys the help you ask for."),
        _("%(holder)s looks after this money for you."),
    ),
    "mixed": Holding(
        _("You get part of it. Your council holds the rest and pays the bills from it."),
        _("You get some of it. Your council keeps some of it for you."),
    ),
}


def holding_words(delivery: str, holder: str = "") -> str:
    """
    Say what a way to hold money means, in the language in use.

    :raises KeyError: there is no such way.
    """
    return HOLDINGS[delivery].words(holder)


def easy_holding_words(delivery: str, holder: str = "") -> str:
    """
    Say what a way to hold money means, in easy words and the language in use.

    :raises KeyError: there is no such way.
    """
    return HOLDINGS[delivery].easy(holder)
