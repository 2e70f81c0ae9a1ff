"""Ashwick, the borough next door: people move there from Thornvale, and back. Its council is small, and made up too."""

from budgets.models import StreamKind
from commonpurse.demo.shapes import Official
from people.models import RoleKind

CODE = "ASHWICK"
NAME = "Ashwick Borough Council"
STREAMS = (
    ("asc", "adult social care", StreamKind.SOCIAL_CARE),
    ("icb", "NHS money", StreamKind.HEALTH),
    ("own", "own contribution", StreamKind.OWN),
)
SANNA, TEO, BRONWEN, KOFI = (
    "sanna@example.org",
    "teo@example.org",
    "bronwen@example.org",
    "kofi@example.org",
)
OFFICIALS = (
    Official(email=SANNA, name="Sanna Lindqvist", role=RoleKind.SOCIAL_WORKER),
    Official(email=TEO, name="Teo Marchetti", role=RoleKind.ADMINISTRATOR),
    Official(email=BRONWEN, name="Bronwen Pugh", role=RoleKind.MANAGER),
    Official(email=KOFI, name="Kofi Asante", role=RoleKind.FINANCE_OFFICER, may_approve_pence=100_000_00),
)
