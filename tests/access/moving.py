"""Addresses of people who move to another council, and of those who came."""

from tests.access.rows import Row, ben, here_council

OF_MOVING = [
    Row("reports:before", sees="amina", args=lambda world: [world.moves.before.pk], is_own=True),
    Row("moving:leaving", sees="ben priya", args=ben),
    Row("moving:agree", sees="ben priya", acts="ben priya", args=ben),
    Row("moving:take-back", acts="ben priya", args=ben),
    Row("moving:send", acts="priya", args=ben),
    Row("moving:pack", sees="", args=ben),  # a file: tests/moving/test_pages.py
    Row("moving:copy", sees="priya", args=lambda world: [world.moves.gone.pk]),
    Row("moving:take-in", sees="priya quinn", acts="priya quinn", args=here_council),
    Row("moving:arrival", sees="priya ruth carol farah", args=lambda world: [world.moves.arrival.pk]),
]
