"""Councils' keys, people who move away, and people who came."""

from moving.models.arrival import Arrival, ArrivalQuerySet
from moving.models.key import CouncilKey, KnownCouncil, KnownCouncilQuerySet
from moving.models.move import Move, MoveQuerySet

__all__ = [
    "Arrival",
    "ArrivalQuerySet",
    "CouncilKey",
    "KnownCouncil",
    "KnownCouncilQuerySet",
    "Move",
    "MoveQuerySet",
]
