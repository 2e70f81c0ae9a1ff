"""Thornvale's council: its code and name, where its money comes from, who works for it, and who delivers care."""

from commonpurse.demo.shapes import Company, Official
from people.models import RoleKind

CODE = "THORNVALE"
NAME = "Thornvale Borough Council"

COUNCIL, HEALTH, OWN = "council", "health", "own"
STREAMS = {COUNCIL: "council money", HEALTH: "NHS money", OWN: "own contribution"}

PRIYA, DANIEL = "priya@example.org", "daniel@example.org"
MARCUS, ELEANOR = "marcus@example.org", "eleanor@example.org"
GRACE, OMAR = "grace@example.org", "omar@example.org"
RUTH, NOOR = "ruth@example.org", "noor@example.org"
IDRIS = "idris@example.org"  # manages too, so that the panel has a second word
HODAN, LESLEY = "hodan@example.org", "lesley@example.org"  # they work for providers
OFFICIALS = (
    Official(email=PRIYA, name="Priya Raman", role=RoleKind.SOCIAL_WORKER),
    Official(email=DANIEL, name="Daniel Oyelaran", role=RoleKind.SOCIAL_WORKER),
    Official(email=MARCUS, name="Marcus Bell", role=RoleKind.COMMISSIONER, may_approve_pence=45_000_00),
    Official(
        email=ELEANOR, name="Eleanor Whitcombe", role=RoleKind.COMMISSIONER, may_approve_pence=250_000_00
    ),
    Official(email=GRACE, name="Grace Adeyemi", role=RoleKind.FINANCE_OFFICER, may_approve_pence=500_000_00),
    Official(email=OMAR, name="Omar Haddad", role=RoleKind.FINANCE_OFFICER, may_approve_pence=50_000_00),
    Official(email=RUTH, name="Ruth Mbeki", role=RoleKind.MANAGER),
    Official(email=IDRIS, name="Idris Vaughan", role=RoleKind.MANAGER),
    Official(email=NOOR, name="Noor Rahman", role=RoleKind.ADMINISTRATOR),
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
        words="Somali and Arabic speaking carers who own their co-operative. The same faces come to you.",
        postcode="TV4 2QS",
        languages=("Somali", "Arabic"),
        service_codes=("HC-HOUR", "WE-HOUR", "PA-HOUR", "NIGHT", "CULT-MEAL"),
        staff=((HODAN, "Hodan Abdi"),),
    ),
    Company(
        ref=KITCHEN,
        name="St Anne's Community Kitchen",
        legal_form="Community interest company",
        words="We cook with you, not for you.",
        postcode="TV4 1TS",
        service_codes=("LUNCH", "SUPPER", "CULT-MEAL", "DAY-SESS"),
    ),
    Company(
        ref=GREEN,
        name="Rolling Green Community Transport",
        legal_form="Community interest company",
        words="Minibuses with lifts, and drivers who wait.",
        postcode="TV1 5HQ",
        service_codes=("MINIBUS", "ESCORT"),
    ),
    Company(
        ref=WREN,
        name="Little Wren Music",
        legal_form="Community interest company",
        words="Music for people who were told they cannot.",
        postcode="TV2 8LS",
        service_codes=("SESSION", "TUTOR-HR", "DAY-SESS"),
    ),
    Company(
        ref=SHED,
        name="The Potting Shed Society",
        legal_form="Community benefit society",
        words="A garden, tools for every hand, and tea.",
        area="Mill End, Canal Side",
        postcode="TV3 1NT",
        service_codes=("GARDEN", "BUDDY", "DAY-SESS"),
    ),
    Company(
        ref=LANTERN,
        name="Lantern Night Support Ltd",
        legal_form="Private limited company",
        cqc_location_id="1-0000000102",
        rating="Good",
        words="Awake so that you can sleep. Care at home by day, too.",
        postcode="TV5 4GS",
        languages=("Polish", "Arabic"),
        service_codes=("NIGHT", "HC-HOUR", "PA-HOUR"),
        staff=((LESLEY, "Lesley Quill"),),
    ),
    Company(
        ref=SIGNAL_BOX,
        name="Signal Box Studio",
        legal_form="Charity",
        words="A studio in an old signal box.",
        postcode="TV2 9PT",
        service_codes=("STUDIO", "ROOM"),
    ),
    Company(
        ref=BRIGHTPATH,
        name="Brightpath Homecare Ltd",
        legal_form="Private limited company",
        cqc_location_id="1-0000000103",
        rating="Inadequate",
        words="Home care at weekends.",
        postcode="LN4 1AA",
        service_codes=("WE-HOUR",),
    ),
)
