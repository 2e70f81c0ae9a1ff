"""What plans are made of: the person's words, their needs, who meets them, and every edit of them."""

from plans.models.edit import Edit
from plans.models.need import DAYS, MetBy, Need, NeedQuerySet, PartOfDay
from plans.models.plan import (
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
from plans.models.step import PlanStep

__all__ = [
    "DAYS",
    "WAITING",
    "WRITABLE",
    "Advocacy",
    "Consent",
    "Edit",
    "MetBy",
    "Need",
    "NeedQuerySet",
    "PartOfDay",
    "Plan",
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
]
