"""Signed Suppers: a cluster that is still forming, and waits for the social workers of its founders."""

from datetime import date

from commonpurse.demo.shapes import CLUSTER, COMMUNITY, EQUAL, FAMILY, SELF, SERVICE, Circle, Member, Somebody
from commonpurse.demo.story.council import COUNCIL, DANIEL, OWN, PRIYA

ALISON = Somebody(
    ref="T-051",
    name="Alison Crabtree",
    birth_date=date(1966, 4, 22),
    postcode="TV1 7BY",
    lead=PRIYA,
    email="alison@example.org",
    outcomes="I am Deaf and I like food. I want one evening a week when nobody has to write things down for me.",
    needs=(
        ("An evening in sign language with other people", CLUSTER),
        ("An interpreter at the doctor's", SERVICE),
    ),
    budget={COUNCIL: 2_860_00},
    review_in=107,
)
FEMI = Somebody(
    ref="T-052",
    name="Femi Balogun",
    birth_date=date(1982, 2, 3),
    postcode="TV1 7CA",
    lead=PRIYA,
    outcomes="I want to cook for eight people and argue about football with my hands.",
    needs=(("Company in sign language", CLUSTER), ("My bills", SELF)),
    budget={COUNCIL: 2_600_00, OWN: 260_00},
    review_in=152,
)
JEAN = Somebody(
    ref="T-053",
    name="Jean Postlethwaite",
    birth_date=date(1940, 9, 30),
    postcode="TV1 7BY",
    lead=DANIEL,
    outcomes="I lost my hearing late and my signing is slow. I want people who wait for me.",
    needs=(("Learning to sign better, at a table and not in a class", CLUSTER), ("Shopping", FAMILY)),
    budget={COUNCIL: 3_120_00},
    review_in=190,
)
ZOFIA = Somebody(
    ref="T-054",
    name="Zofia Adamczyk",
    birth_date=date(1974, 12, 1),
    postcode="TV1 7CC",
    lead=DANIEL,
    outcomes="Polish sign, British sign, bad English. With these people I need none of them much.",
    needs=(("People to eat with", CLUSTER), ("Help with the council's letters", COMMUNITY)),
    budget={COUNCIL: 2_340_00},
    review_in=220,
)

SUPPERS = Circle(
    ref="SIGN",
    name="Signed Suppers",
    purpose=(
        "One warm kitchen, one evening a week, everything in sign language. We want to hire a cook who signs. "
        "Hearing friends are welcome if they try."
    ),
    area="Canal Side",
    in_common="Deaf people and their friends",
    agreement=(
        "We all pay the same for a supper. Whoever cannot come says so by noon. If there are fewer than four of "
        "us we go to somebody's house instead, and nobody pays."
    ),
    members=(
        Member(person=ALISON, weekly={COUNCIL: 18_00}),
        Member(person=FEMI, weekly={COUNCIL: 18_00}),
        Member(person=JEAN, weekly={COUNCIL: 18_00}),
        Member(person=ZOFIA, weekly={COUNCIL: 18_00}),
    ),
    sharing={"SUPPER": EQUAL},
    is_forming=True,
)
