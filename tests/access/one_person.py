"""Addresses of one person: their money, their care on one page, their own words, and when their plan is looked at."""

from tests.access.rows import PERSONS, Row, amina, ben

OF_ONE_PERSON = [
    Row("reports:my-money", sees="amina ben away_amina away_ben"),
    Row("reports:my-care", sees="amina ben away_amina away_ben"),
    Row("reports:care-of", sees="amina priya ruth", args=amina),
    Row("reports:why", sees="amina", args=lambda world: [world.line.pk]),
    Row("reports:my-people", sees="priya quinn away_priya"),
    Row("reports:person", sees="ben priya ruth carol farah", args=ben),
    Row("reports:reviews", sees="ben priya ruth carol farah", args=ben),
    Row(
        "reports:ask-review",
        sees="ben priya ruth carol farah",
        acts="ben priya ruth carol farah",
        args=ben,
    ),
    Row("reports:review", sees="priya ruth", acts="priya ruth", args=ben),
    Row("plans:own-words", sees=PERSONS, acts=PERSONS),
    Row("plans:own-need", acts=PERSONS),
]
