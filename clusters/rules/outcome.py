"""What came of a decision, in plain words. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusters.rules.again import THEY_CHOSE
from clusters.rules.counting import Count, Why, least_yes


def outcome_words(
    count: Count, *, chosen: str, is_among_options: bool, quorum: tuple[int, int], shown: bool
) -> str:
    """
    Say in a sentence or two what was decided, and why if it was not agreed.

    `chosen`: the label of what won. `quorum`: so many in every so many must vote. Without `shown` (a secret vote of
    few) no figure and no reason is said, because either could tell who voted how.
    """
    if not shown:
        return _("The members agreed.") if count.has_passed else _("The members did not agree.")
    if count.has_passed and is_among_options:
        return _chose(count, chosen)
    if count.has_passed:
        return " ".join([_("The members agreed."), _figures(count)])
    return " ".join([_("The members did not agree."), *_why_not(count, is_among_options, quorum)])


def _chose(count: Count, chosen: str) -> str:
    approvals = count.for_choice[count.winner] if count.winner else 0
    return str(THEY_CHOSE) % {"answer": chosen, "happy": approvals, "voted": count.cast}


def _why_not(count: Count, is_among_options: bool, quorum: tuple[int, int]) -> list[str]:
    """Say what kept it from passing, and, between yes and no, how many said which."""
    figures = [] if is_among_options else [_figures(count)]
    match count.why:
        case Why.TOO_FEW_VOTED:
            return [_too_few(count, quorum)]
        case Why.OBJECTION:
            return [_objections(count.objections), *figures]
        case Why.NOT_EVERY_PAYER:
            return [_("Everybody who pays has to say yes to this."), *figures]
        case Why.TIE:
            tie = _("Two answers had the same number of votes.") if is_among_options else _("That is a tie.")
            return [tie, *figures]
    few = _("No answer was chosen by enough people: at least %(least)s have to.")
    return figures or [few % {"least": least_yes(count.roll)}]


def _too_few(count: Count, quorum: tuple[int, int]) -> str:
    needed = -(-count.roll * quorum[0] // quorum[1])
    few = _("%(voted)s of %(roll)s voted, and at least %(needed)s have to.")
    return few % {"voted": count.cast, "roll": count.roll, "needed": needed}


def _objections(number: int) -> str:
    against = ngettext(
        "One member had a reason against it.", "%(number)s members had a reason against it.", number
    )
    return against % {"number": number}


def _figures(count: Count) -> str:
    values = {
        "yes": count.yes or pgettext("who said yes", "Nobody"),
        "no": count.no or pgettext("who said no", "nobody"),
    }
    if count.unsure:
        unsure = _("%(yes)s said yes, %(no)s said no, %(unsure)s not sure.")
        return unsure % (values | {"unsure": count.unsure})
    return _("%(yes)s said yes, %(no)s said no.") % values
