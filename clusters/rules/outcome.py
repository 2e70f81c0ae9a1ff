"""What came of a decision, in plain words. Pure."""

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
        return "The members agreed." if count.has_passed else "The members did not agree."
    if count.has_passed:
        if is_among_options:
            approvals = count.for_choice[count.winner] if count.winner else 0
            return f"The members chose {chosen}. {approvals} of the {count.cast} who voted are happy with it."
        return f"The members agreed. {_figures(count)}"
    return f"The members did not agree. {_why_not(count, is_among_options, quorum)}"


def _why_not(count: Count, is_among_options: bool, quorum: tuple[int, int]) -> str:
    """Say what kept it from passing."""
    needed = -(-count.roll * quorum[0] // quorum[1])
    said = "" if is_among_options else f" {_figures(count)}"
    tie = "Two answers had the same number of votes." if is_among_options else f"That is a tie.{said}"
    least = least_yes(count.roll)
    few = (
        f"No answer was chosen by enough people: at least {least} have to."
        if is_among_options
        else _figures(count)
    )
    return {
        Why.TOO_FEW_VOTED: f"{count.cast} of {count.roll} voted, and at least {needed} have to.",
        Why.OBJECTION: f"{_people(count.objections)} had a reason against it.{said}",
        Why.NOT_EVERY_PAYER: f"Everybody who pays has to say yes to this.{said}",
        Why.TIE: tie,
        Why.NOT_ENOUGH_YES: few,
    }[count.why]


def _figures(count: Count) -> str:
    unsure = f", {count.unsure} not sure" if count.unsure else ""
    return f"{count.yes or 'Nobody'} said yes, {count.no or 'nobody'} said no{unsure}."


def _people(number: int) -> str:
    return "One member" if number == 1 else f"{number} members"
