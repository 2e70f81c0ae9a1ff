"""What a version of a resource allocation system lacks before it can be published. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from ledger.pennies import in_pounds
from plans.rules.outcomes import outcomes_of
from plans.rules.ras.changes import Asked, Shape
from plans.rules.ras.work_out import PRICE_BOOK, Band

LEAST_OPTIONS = 2


def faults_of(shape: Shape, *, whose: str) -> list[str]:
    """
    Say what a version lacks, each in a sentence; nothing where it can be published.

    `whose`: adult or carer, whose outcomes of the regulations must all be asked about.
    """
    asked = {question.outcome for question in shape.questions}
    faults = [
        f"Nothing asks about “{outcome.said}”. The law asks about it, so add a question."
        for outcome in outcomes_of(whose)
        if outcome.code not in asked
    ]
    for question in shape.questions:
        faults += _question_faults(question, needs_price=shape.method == PRICE_BOOK)
    return faults if shape.method == PRICE_BOOK else faults + _band_faults(shape.bands)


def _question_faults(question: Asked, *, needs_price: bool) -> list[str]:
    points = [option.points for option in question.options]
    faults = []
    if len(points) < LEAST_OPTIONS:
        faults.append(f"“{question.words}” needs at least two answers to choose from.")
    elif min(points) > 0:
        faults.append(f"“{question.words}” needs an answer with 0 points, for who manages alone.")
    if needs_price and not question.price:
        faults.append(f"“{question.words}” has no price: say which kind of help its points buy.")
    return faults


def _band_faults(bands: Sequence[Band]) -> list[str]:
    rising = sorted(bands)
    if not rising or rising[0] != (0, 0):
        return ["The first band must begin at 0 points and be £0.00 a week."]
    return [
        f"The band from {higher.from_points} points must be more than {in_pounds(lower.weekly_pence)} a week: more "
        "points never mean less money."
        for lower, higher in pairwise(rising)
        if higher.weekly_pence <= lower.weekly_pence
    ]
