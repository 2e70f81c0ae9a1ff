"""Thornvale's council: its code and name, where its money comes from, who works for it, and who delivers care."""

from commonpurse.demo.shapes import Company, Official
from people.models import RoleKind

CODE = "THORNVALE"
NAME = "Thornvale Borough Council"

COUNCIL, HEALTH, OWN = "council", "health", "own"
STREAMS = {COUNCIL: "council money", HEALTH: "NHS money", OWN: "own contribution"}

PRIYA, DANIEL = "priya@example.org", "daniel@example.org"
MARCUS, ELEANOR = "marcus@example.org", "eleanor@example.org"
GRACE = "grace@example.org"
OFFICIALS = (
    Official(email=PRIYA, name="Priya Raman", role=RoleKind.SOCIAL_WORKER),
    Official(email=DANIEL, name="Daniel Oyelaran", role=RoleKind.SOCIAL_WORKER),
    Official(email=MARCUS, name="Marcus Bell", role=RoleKind.COMMISSIONER, may_approve_pence=45_000_00),
    Official(
        email=ELEANOR, name="Eleanor Whitcombe", role=RoleKind.COMMISSIONER, may_approve_pence=250_000_00
    ),
    Official(email=GRACE, name="Grace Adeyemi", role=RoleKind.FINANCE_OFFICER),
)

DARYEEL, KITCHEN, GREEN, WREN = "DAR", "KIT", "GRN", "WRN"
SHED, LANTERN, SIGNAL_BOX, BRIGHTPATH = "SHD", "LAN", "SIG", "BRI"
COMPANIES = (
    Company(
        ref=DARYEEL,
        name="Daryeel Home Care Co-operative",
        legal_form="Worker co-operative",
        cqc_location_id="1-0000000101",
        rating="Outstanding",
    ),
    Company(ref=KITCHEN, name="St Anne's Community Kitchen", legal_form="Community interest company"),
    Company(ref=GREEN, name="Rolling Green Community Transport", legal_form="Community interest company"),
    Company(ref=WREN, name="Little Wren Music", legal_form="Community interest company"),
    Company(ref=SHED, name="The Potting Shed Society", legal_form="Community benefit society"),
    Company(
        ref=LANTERN,
        name="Lantern Night Support Ltd",
        legal_form="Private limited company",
        cqc_location_id="1-0000000102",
        rating="Good",
    ),
    Company(ref=SIGNAL_BOX, name="Signal Box Studio", legal_form="Charity"),
    Company(
        ref=BRIGHTPATH,
        name="Brightpath Homecare Ltd",
        legal_form="Private limited company",
        cqc_location_id="1-0000000103",
        rating="Inadequate",
    ),
)
