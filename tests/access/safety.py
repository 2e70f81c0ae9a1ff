"""Addresses of who may act and who has looked, what somebody can decide, and from whom their money is kept."""

from tests.access.rows import PERSONS, Row, amina, capacity, mark

OF_SAFETY = [
    Row("people:helpers", sees="amina ben away_amina away_ben"),
    Row("people:give", sees=PERSONS, acts=PERSONS, is_own=True),
    Row("people:end-helper", sees="amina priya", acts="amina priya", args=lambda world: [world.robin.pk]),
    Row("people:helpers-of", sees="amina priya", args=amina, is_own=True),
    Row("people:give-for", sees="priya", acts="priya", args=amina),
    Row("people:looked", sees="amina ben away_amina away_ben"),
    Row("people:looked-of", sees="amina priya", args=amina),
    Row("plans:capacity", sees="amina priya ruth", args=amina),
    Row("plans:record-capacity", sees="priya ruth", acts="priya ruth", args=amina),
    Row("plans:look-again", sees="priya ruth", acts="priya ruth", args=capacity),
    Row("plans:decide-for", sees="priya ruth", acts="priya ruth", args=capacity),
    Row("plans:disagree-capacity", sees="amina", acts="amina", args=capacity),
    Row(
        "plans:answer-capacity",
        sees="priya ruth",
        acts="priya ruth",
        args=lambda world: [world.here.amina.capacity_records.get().challenges.get().pk],
    ),
    Row("people:marks", sees="priya ruth", args=amina),
    Row("people:mark", sees="priya ruth", acts="priya ruth", args=amina),
    Row("people:end-mark", sees="priya ruth", acts="priya ruth", args=mark),
]
