"""Working out what an assessment comes to, and keeping every step of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.pennies import in_pounds
from people.models import CarerConsent
from plans.actions.assessment.rights import UnableToAssess
from plans.models import (
    Assessment,
    IndicativeBudget,
    IndicativeLine,
    RasOption,
    RasQuestion,
    UnpaidCare,
    WhyWorkedOut,
)
from plans.queries import scheme_of
from plans.rules.eligibility import are_needs_eligible
from plans.rules.ras import (
    Allocation,
    Answered,
    Scheme,
    moderation_limit,
    unpaid_reduction,
    weekly_before,
    work_out,
)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """An answer that counts: the question, the option, and what the person chose themselves beside it."""

    question: RasQuestion
    option: RasOption
    own_option: RasOption | None = None


@dataclass(frozen=True, kw_only=True)
class Basis:
    """
    All that an indicative budget is worked out from.

    `moderation_pence`: by how much a week the professional moves it, above or below zero, and why.
    """

    counted: Sequence[Counted]
    consents: Sequence[CarerConsent] = ()
    moderation_pence: int = 0
    moderation_reason: str = ""

    @property
    def unpaid_hours(self) -> int:
        """The hours a week of unpaid care that carers consent to."""
        return sum(consent.hours_weekly for consent in self.consents)

    @property
    def outcomes(self) -> int:
        """How many outcomes somebody cannot achieve: those with an answer that has points."""
        return len({one.question.outcome for one in self.counted if one.option.points > 0})


def judge(assessment: Assessment, basis: Basis) -> bool:
    """Say whether the needs are eligible, by what was found and what counts."""
    return are_needs_eligible(
        whose=assessment.kind,
        is_from_condition=bool(assessment.is_from_condition),
        outcomes=basis.outcomes,
        has_impact=bool(assessment.has_impact),
    )


def check_moderation(scheme: Scheme, basis: Basis) -> None:
    """
    See that an amount is moved only as far as the version allows, and with a reason.

    :raises UnableToAssess: it is not.
    """
    if basis.moderation_pence == 0:
        return
    if not basis.moderation_reason.strip():
        raise UnableToAssess("Say why you move the amount. The person reads it.")
    most = _most_moved(scheme, basis)
    if abs(basis.moderation_pence) > most:
        raise UnableToAssess(f"You can move it by at most {in_pounds(most)} a week, up or down.")


def keep_indicative(
    assessment: Assessment, basis: Basis, *, why: WhyWorkedOut, by: str, on: date, at: datetime
) -> IndicativeBudget:
    """
    Work out what an assessment comes to and keep it as its current indicative budget; the one before stays, as it was.

    Whoever's needs are not eligible is allocated nothing, line by line. Call it with the assessment locked.
    """
    found = _worked_out(assessment, basis)
    earlier = assessment.indicatives.order_by("-number").first()
    assessment.indicatives.filter(is_current=True).update(is_current=False)
    indicative = IndicativeBudget.objects.create(
        assessment=assessment,
        version=assessment.version,
        number=earlier.number + 1 if earlier else 1,
        why=why,
        points=found.points,
        allocated_pence=found.before_pence,
        unpaid_hours=basis.unpaid_hours if found.unpaid_pence else 0,
        unpaid_care_pence=found.unpaid_pence,
        moderation_pence=found.moderation_pence,
        moderation_reason=basis.moderation_reason.strip() if found.moderation_pence else "",
        weekly_pence=found.weekly_pence,
        worked_out_date=on,
        shown_at=at,
        shown_by=by,
    )
    _keep_lines(indicative, basis, found)
    if found.unpaid_pence:
        UnpaidCare.objects.bulk_create(
            UnpaidCare(indicative=indicative, consent=consent, hours_weekly=consent.hours_weekly)
            for consent in basis.consents
        )
    return indicative


def _worked_out(assessment: Assessment, basis: Basis) -> Allocation:
    """Give the amount with its steps; nothing where needs are not eligible. What it was moved by stays in its limit."""
    scheme = scheme_of(assessment.version)
    answers = _answers(basis)
    if not assessment.is_eligible:
        return work_out(Scheme(method="price_book"), [Answered(one.question, one.points) for one in answers])
    most = _most_moved(scheme, basis)
    return work_out(
        scheme,
        answers,
        unpaid_hours=basis.unpaid_hours,
        moderation_pence=max(-most, min(most, basis.moderation_pence)),
    )


def _most_moved(scheme: Scheme, basis: Basis) -> int:
    before = weekly_before(scheme, _answers(basis))
    return moderation_limit(scheme, before - unpaid_reduction(scheme, before, hours=basis.unpaid_hours))


def _answers(basis: Basis) -> list[Answered]:
    return [
        Answered(
            str(one.question.pk),
            one.option.points,
            one.question.price.unit_pence if one.question.price else 0,
        )
        for one in basis.counted
    ]


def _keep_lines(indicative: IndicativeBudget, basis: Basis, found: Allocation) -> None:
    IndicativeLine.objects.bulk_create(
        IndicativeLine(
            indicative=indicative,
            question=one.question,
            position=position,
            option=one.option,
            own_option=one.own_option,
            points=line.points,
            weekly_pence=line.weekly_pence,
        )
        for position, (one, line) in enumerate(zip(basis.counted, found.lines, strict=True), 1)
    )
