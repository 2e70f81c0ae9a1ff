"""
What a care and support plan costs, and whether all the law asks of it is there. Pure.

Source: Care Act 2014 s25 (what a plan must hold, who is involved), s26 (the budget in it), s67 (advocacy); sufficiency
and tolerance: statutory guidance on personal budgets, and the council's own policy. Units: pence; hundredths of a unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.pennies import in_pounds

WEEKS = 52  # of a year's estimate: weekly x 52 + one-off (care rules, example 5)
HUNDREDTHS = 100
PAID = ("service", "cluster")


@dataclass(frozen=True, kw_only=True)
class NeedFacts:
    """One need as a plan tells it. `book_pence`: what the price book asks for a unit of its kind; none: not in it."""

    words: str
    met_by: str
    is_eligible: bool = True
    outcome: str = ""
    who: str = ""
    how: str = ""
    when_words: str = ""
    kind: str = ""
    unit_pence: int = 0
    price_from: str = ""
    weekly_pence: int = 0
    one_off_pence: int = 0
    book_pence: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """
    A plan as its checks read it.

    `eligible_outcomes`: the words, by code, of the outcomes that its assessment found eligible needs in.
    `advocacy` and `consent`: what came of asking, in words; nothing: nobody asked yet.
    """

    outcomes: str
    needs: Sequence[NeedFacts]
    contingency: str = ""
    advice: str = ""
    involved: str = ""
    advocacy: str = ""
    advocacy_words: str = ""
    consent: str = ""
    consent_words: str = ""
    difference_reason: str = ""
    indicative_weekly_pence: int | None = None
    tolerance_percent: int = 0
    eligible_outcomes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing a plan must show before a manager reads it: whether it is there, and the evidence or what lacks."""

    code: str
    words: str
    is_met: bool
    evidence: str


def weekly_cost(*, units_hundredths: int, unit_pence: int) -> int:
    """Give what so many hundredths of a unit cost a week, in pence; half a penny is rounded up."""
    return (units_hundredths * unit_pence + HUNDREDTHS // 2) // HUNDREDTHS


def year_estimate(*, weekly_pence: int, one_off_pence: int) -> int:
    """Give what a plan costs in a year, in pence: 52 weeks, and what is paid once."""
    return weekly_pence * WEEKS + one_off_pence


def is_within(*, weekly_pence: int, one_off_pence: int, limit_weekly_pence: int) -> bool:
    """Tell whether a plan's year costs no more than 52 weeks at a limit."""
    estimate = year_estimate(weekly_pence=weekly_pence, one_off_pence=one_off_pence)
    return estimate <= limit_weekly_pence * WEEKS


def is_near(final_pence: int, *, indicative_pence: int, tolerance_percent: int) -> bool:
    """Tell whether a final amount lies within so many per cent of the indicative one, both ends included."""
    return abs(final_pence - indicative_pence) * 100 <= tolerance_percent * indicative_pence


def checks(facts: PlanFacts) -> list[Check]:
    """Give everything a plan must show, in the order of the law, each with its evidence."""
    return [
        _outcomes(facts),
        _eligible(facts),
        _met(facts),
        _told(facts),
        _enough(facts),
        _near_indicative(facts),
        _said("contingency", "What if something goes wrong", facts.contingency, "Say what happens then."),
        _said(
            "advice", "What else can help or prevent (s25(1)(f))", facts.advice, "Say what they were told."
        ),
        _said("involved", "Who took part (s25(3))", facts.involved, "Say who was asked and who took part."),
        _asked("advocacy", "Advocacy considered (s67)", facts.advocacy, facts.advocacy_words),
        _asked("consent", "They said yes to it", facts.consent, facts.consent_words),
    ]


def missing(found: Sequence[Check]) -> list[Check]:
    """Give the checks that are not met yet."""
    return [check for check in found if not check.is_met]


def _outcomes(facts: PlanFacts) -> Check:
    return _said(
        "outcomes", "What matters, in their own words", facts.outcomes, "Their own words are missing."
    )


def _eligible(facts: PlanFacts) -> Check:
    """Hold that each outcome with eligible needs has a need in the plan."""
    covered = {need.outcome for need in facts.needs if need.is_eligible}
    open_ones = [words for code, words in facts.eligible_outcomes if code not in covered]
    eligible = sum(need.is_eligible for need in facts.needs)
    if open_ones:
        evidence = f"The assessment found needs here too: {', '.join(open_ones)}."
    elif not facts.needs:
        evidence = "No need is written yet."
    else:
        evidence = f"{_counted(len(facts.needs), 'need')}, {eligible} eligible."
    is_met = bool(facts.needs) and not open_ones
    return Check(
        code="eligible",
        words="Every eligible need is here (s25(1)(a), (b))",
        is_met=is_met,
        evidence=evidence,
    )


def _met(facts: PlanFacts) -> Check:
    """Hold that it is said by name who meets each eligible need; the person themselves need no other name."""
    nameless = [
        need.words
        for need in facts.needs
        if need.is_eligible and need.met_by != "self" and not need.who.strip()
    ]
    is_met = bool(facts.needs) and not nameless
    evidence = (
        f"Say who: {_listed(nameless)}." if nameless else "Each has somebody." if is_met else "No need yet."
    )
    return Check(code="met", words="Somebody meets every eligible need", is_met=is_met, evidence=evidence)


def _told(facts: PlanFacts) -> Check:
    """Hold that each eligible need says how and when it is met."""
    silent = [
        need.words
        for need in facts.needs
        if need.is_eligible and not (need.how.strip() and need.when_words.strip())
    ]
    is_met = bool(facts.needs) and not silent
    evidence = (
        f"Say how and when: {_listed(silent)}." if silent else "Each says how and when." if is_met else ""
    )
    return Check(
        code="told",
        words="How and when each is met (s25(1)(c))",
        is_met=is_met,
        evidence=evidence or "No need yet.",
    )


def _enough(facts: PlanFacts) -> Check:
    """Hold that what is planned can be bought: each price is the price book's at least, or somebody's who asks less."""
    paid = [need for need in facts.needs if need.met_by in PAID]
    unpriced = [need.words for need in paid if not (need.weekly_pence or need.one_off_pence)]
    low = [need for need in paid if need.words not in unpriced and not _is_enough(need)]
    if unpriced:
        evidence = f"Say what it costs: {_listed(unpriced)}."
    elif low:
        evidence = " ".join(_too_low(need) for need in low)
    elif paid:
        weekly = sum(need.weekly_pence for need in paid)
        evidence = f"{in_pounds(weekly)} a week buys it at the price book's prices, or at those named."
    else:
        evidence = "Nothing has to be bought."
    return Check(
        code="enough",
        words="The money is enough (price book)",
        is_met=not unpriced and not low,
        evidence=evidence,
    )


def _is_enough(need: NeedFacts) -> bool:
    if not need.weekly_pence or need.price_from.strip():
        return True
    return need.book_pence is not None and need.unit_pence >= need.book_pence


def _too_low(need: NeedFacts) -> str:
    if need.book_pence is None:
        return f"“{need.words}” is not in the price book: say whose price it is."
    asked, planned = in_pounds(need.book_pence), in_pounds(need.unit_pence)
    return f"“{need.words}” is planned at {planned}; the price book says {asked}: raise it, or say whose price it is."


def _near_indicative(facts: PlanFacts) -> Check:
    """Hold that the final cost is near the indicative budget, or that it is said why not."""
    final = sum(need.weekly_pence for need in facts.needs)
    reason, indicative = facts.difference_reason.strip(), facts.indicative_weekly_pence
    if indicative is None:
        is_near_it, evidence = final == 0, f"{in_pounds(final)} a week; there is no indicative budget."
    else:
        is_near_it = is_near(final, indicative_pence=indicative, tolerance_percent=facts.tolerance_percent)
        evidence = (
            f"{in_pounds(final)} a week; the indicative budget is {in_pounds(indicative)}, "
            f"with {facts.tolerance_percent} % either way."
        )
    if not is_near_it:
        evidence = f"{evidence} {f'Because: {reason}' if reason else 'Say why.'}"
    return Check(
        code="indicative",
        words="The final budget beside the indicative one (s26)",
        is_met=is_near_it or bool(reason),
        evidence=evidence,
    )


def _said(code: str, words: str, said: str, otherwise: str) -> Check:
    """Hold that something is written."""
    is_met = bool(said.strip())
    return Check(code=code, words=words, is_met=is_met, evidence="Written." if is_met else otherwise)


def _asked(code: str, words: str, answer: str, evidence: str) -> Check:
    """Hold that something was asked, and that it is said what the answer rests on."""
    if not answer:
        return Check(code=code, words=words, is_met=False, evidence="Not asked yet.")
    if not evidence.strip():
        return Check(code=code, words=words, is_met=False, evidence=f"{answer}: say what this rests on.")
    return Check(code=code, words=words, is_met=True, evidence=f"{answer}: {evidence.strip()}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)
