"""People who are in no cluster yet: some have asked, one is still writing a first plan."""

from dataclasses import replace
from datetime import date

from commonpurse.demo.shapes import CLUSTER, COMMUNITY, FAMILY, SELF, SERVICE, Somebody
from commonpurse.demo.story.council import COUNCIL, DANIEL, HEALTH, OWN, PRIYA

# Asked to join the minibus; its members have agreed, and Priya's word is what is missing.
EILEEN = Somebody(
    ref="T-061",
    name="Eileen Marsden",
    birth_date=date(1942, 3, 27),
    postcode="TV1 5HJ",
    lead=PRIYA,
    email="eileen@example.org",
    outcomes="I taught half this town to swim. I want to get back into the water, and to be driven there.",
    needs=(
        ("Getting to the pool on Thursdays", CLUSTER),
        ("Help in the changing room", COMMUNITY),
        ("The heavy shopping", FAMILY),
    ),
    budget={COUNCIL: 3_900_00, OWN: 780_00},
    review_in=74,
)
# Asked to join the garden; the members have not answered yet.
BILAL = Somebody(
    ref="T-062",
    name="Bilal Chaudhry",
    birth_date=date(1996, 6, 30),
    postcode="TV3 2RF",
    lead=PRIYA,
    email="bilal@example.org",
    outcomes="I want to leave the flat for something that is not an appointment.",
    needs=(("Something to do with my hands, with other people", CLUSTER), ("Sleeping", SERVICE)),
    budget={COUNCIL: 4_160_00, HEALTH: 1_300_00},
    review_in=165,
)
# A new version of her plan is handed in, and the old one is late. She is paid directly, and pays an assistant.
CONSTANCE = Somebody(
    ref="T-063",
    name="Constance Ojukwu",
    birth_date=date(1953, 1, 15),
    postcode="TV2 9PJ",
    lead=PRIYA,
    email="constance@example.org",
    outcomes="I am home from hospital and things are different now. I want to start with the stairs.",
    needs=(("Help with the stairs and the bath", SERVICE), ("Cooking again", SELF), ("Church", COMMUNITY)),
    budget={COUNCIL: 5_720_00, HEALTH: 1_820_00, OWN: 780_00},
    directly=(COUNCIL,),
    review_in=-23,
)
# What she wants from now on, and the social worker has not agreed yet.
CONSTANCE_AGAIN = replace(
    CONSTANCE,
    outcomes="The stairs are safe now. I want to cook for the whole table again, and not to miss a Sunday.",
    needs=(
        ("Help with the stairs and the bath", SERVICE),
        ("Cooking again", COMMUNITY),
        ("Somebody to go to church with", SERVICE),
    ),
)
# New in Thornvale: a first plan is begun, and nothing is agreed.
GEORGE = Somebody(
    ref="T-064",
    name="George Papadakis",
    birth_date=date(1938, 10, 28),
    postcode="TV5 4GN",
    lead=PRIYA,
    outcomes="My daughter says I should say what I want. I want my boat. After that, a shower without falling.",
    needs=(("Not falling in the shower", SERVICE), ("My daughter's peace of mind", FAMILY)),
    budget={},
    review_in=0,
)
# Not agreed: the cluster he asked for was not what his plan needed. He can ask another.
NEVILLE = Somebody(
    ref="T-065",
    name="Neville Grant",
    birth_date=date(1960, 7, 4),
    postcode="TV1 6JS",
    lead=DANIEL,
    email="neville@example.org",
    outcomes="I want to be around music again. My hands shake, but I can still hear when it is wrong.",
    needs=(("Music with other people", CLUSTER), ("My tremor clinic", SERVICE)),
    budget={COUNCIL: 3_380_00, HEALTH: 1_040_00},
    review_in=131,
)

# What she can pay was worked out, and her budget of three streams was agreed with her plan (build/budgets.py).
WINIFRED = Somebody(
    ref="T-066",
    name="Winifred Achebe",
    birth_date=date(1947, 11, 2),
    postcode="TV2 8LQ",
    lead=PRIYA,
    email="winifred@example.org",
    outcomes="I want to get up when I like, and to be at my sewing table by ten.",
    needs=(
        ("Getting up and dressed", SERVICE),
        ("My stockings, for the swelling", SERVICE),
        ("Sewing", SELF),
    ),
    budget={},
    review_in=56,
)

NEWCOMERS = (EILEEN, BILAL, CONSTANCE, GEORGE, NEVILLE, WINIFRED)
