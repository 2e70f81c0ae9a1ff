"""Who may move whom and where to, what stands in the way, and what goes along."""

from moving.queries.contents import (
    agreed_plan_of,
    contents_for,
    contents_of_arrival,
    copy_of,
    has_own_assessment,
    key_of,
    move_of,
    secrets,
    trusted_by,
)
from moving.queries.obstacles import Obstacle, in_the_way, stays_behind

__all__ = [
    "Obstacle",
    "agreed_plan_of",
    "contents_for",
    "contents_of_arrival",
    "copy_of",
    "has_own_assessment",
    "in_the_way",
    "key_of",
    "move_of",
    "secrets",
    "stays_behind",
    "trusted_by",
]
