"""What plans are made of: the person's words, their needs, who meets them, and every edit of them."""

from plans.models.edit import Edit
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
    "Edit",
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
