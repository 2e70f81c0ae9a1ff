"""What plans are made of: assessments and what they come to, the person's words, their needs, and who meets them."""

from plans.models.assessment import (
    Answer,
    Assessment,
    AssessmentQuerySet,
    AssessmentState,
    ByWhom,
    IndicativeBudget,
    IndicativeLine,
    UnpaidCare,
    WhyWorkedOut,
)
from plans.models.capacity import BestInterest, CapacityChallenge
from plans.models.challenge import Challenge, ChallengeOutcome, ChallengeQuerySet, Disagreement
from plans.models.edit import Edit
from plans.models.file import PlanFile
from plans.models.need import DAYS, MetBy, Need, NeedQuerySet, PartOfDay
from plans.models.plan import (
    OWN_WORDS,
    WAITING,
    WRITABLE,
    Advocacy,
    Consent,
    Plan,
    PlanKind,
    PlanQuerySet,
    PlanState,
)
from plans.models.ras import (
    PriceItem,
    RasBand,
    RasKind,
    RasMethod,
    RasOption,
    RasQuestion,
    RasState,
    RasVersion,
    RasVersionQuerySet,
)
from plans.models.review import NeedsMet, Review, ReviewCall, ReviewQuerySet, ReviewReason, ReviewResult
from plans.models.step import PlanStep

__all__ = [
    "DAYS",
    "OWN_WORDS",
    "WAITING",
    "WRITABLE",
    "Advocacy",
    "Answer",
    "Assessment",
    "AssessmentQuerySet",
    "AssessmentState",
    "BestInterest",
    "ByWhom",
    "CapacityChallenge",
    "Challenge",
    "ChallengeOutcome",
    "ChallengeQuerySet",
    "Consent",
    "Disagreement",
    "Edit",
    "IndicativeBudget",
    "IndicativeLine",
    "MetBy",
    "Need",
    "NeedQuerySet",
    "NeedsMet",
    "PartOfDay",
    "Plan",
    "PlanFile",
    "PlanKind",
    "PlanQuerySet",
    "PlanState",
    "PlanStep",
    "PriceItem",
    "RasBand",
    "RasKind",
    "RasMethod",
    "RasOption",
    "RasQuestion",
    "RasState",
    "RasVersion",
    "RasVersionQuerySet",
    "Review",
    "ReviewCall",
    "ReviewQuerySet",
    "ReviewReason",
    "ReviewResult",
    "UnpaidCare",
    "WhyWorkedOut",
]
