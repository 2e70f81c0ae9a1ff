"""What plans are made of: the person's words, their needs, and who meets them."""

from plans.models.plan import MetBy, Need, Plan, PlanQuerySet, PlanState
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

__all__ = [
    "MetBy",
    "Need",
    "Plan",
    "PlanQuerySet",
    "PlanState",
    "PriceItem",
    "RasBand",
    "RasKind",
    "RasMethod",
    "RasOption",
    "RasQuestion",
    "RasState",
    "RasVersion",
    "RasVersionQuerySet",
]
