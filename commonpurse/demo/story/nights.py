"""Lantern Row Nights: neighbours with physical disabilities who share one person awake at night."""

from datetime import date

from commonpurse.demo.shapes import (
    CLUSTER,
    EQUAL,
    FAMILY,
    SELF,
    SERVICE,
    Circle,
    Deal,
    Member,
    Offered,
    Round,
    Somebody,
)
from commonpurse.demo.story.council import COUNCIL, DANIEL, HEALTH, LANTERN, OWN, PRIYA

IMOGEN = Somebody(
    ref="T-041",
    name="Imogen Tate",
    birth_date=date(1986, 7, 29),
    postcode="TV5 4GH",
    lead=DANIEL,
    email="imogen@example.org",
    outcomes="I work full time. I need to be turned at three in the morning and to be at my desk at nine.",
    needs=(
        ("Being turned at night, by somebody who does not put the big light on", CLUSTER),
        ("Mornings: my own assistants", SERVICE),
        ("Being the boss of all this", SELF),
    ),
    budget={COUNCIL: 9_880_00, HEALTH: 10_400_00},
    review_in=90,
)
RAVI = Somebody(
    ref="T-042",
    name="Ravi Chandran",
    birth_date=date(1990, 3, 11),
    postcode="TV5 4GH",
    lead=DANIEL,
    outcomes="I want my mum to sleep. She has been my night staff for thirty years.",
    needs=(("Help with my breathing machine at night", CLUSTER), ("Days out", FAMILY)),
    budget={COUNCIL: 5_200_00, HEALTH: 14_560_00},
    review_in=115,
)
DOROTHY = Somebody(
    ref="T-043",
    name="Dorothy Entwistle",
    birth_date=date(1959, 10, 4),
    postcode="TV5 4GJ",
    lead=PRIYA,
    outcomes="I want to go to bed when I am tired and not when the rota says so.",
    needs=(
        ("Help into bed, at my time, and to the toilet at night", CLUSTER),
        ("Washing and dressing", SERVICE),
    ),
    budget={COUNCIL: 14_560_00, OWN: 2_600_00},
    review_in=61,
)
SAM = Somebody(
    ref="T-044",
    name="Sam Okoro-Lindqvist",
    birth_date=date(2001, 5, 15),
    postcode="TV5 4GL",
    lead=PRIYA,
    outcomes="First flat, first year of college. I want help that comes when I call and goes when I say.",
    needs=(
        ("Somebody near at night if I fall or have a seizure", CLUSTER),
        ("Learning to run my flat", SERVICE),
    ),
    budget={COUNCIL: 11_440_00, HEALTH: 3_120_00},
    review_in=39,
)
HUGH = Somebody(
    ref="T-045",
    name="Hugh Pemberton-Shaw",
    birth_date=date(1954, 8, 8),
    postcode="TV5 4GL",
    lead=PRIYA,
    outcomes="Parkinson's has the days. I should like to keep the nights.",
    needs=(("Help to turn over and to get up at night", CLUSTER), ("My wife's rest", CLUSTER)),
    budget={COUNCIL: 7_280_00, HEALTH: 3_900_00, OWN: 4_160_00},
    review_in=144,
)

NIGHTS = Circle(
    ref="NIGHTS",
    name="Lantern Row Nights",
    purpose=(
        "Five front doors, one person awake. We share a night worker who comes when one of us calls, from eleven "
        "until seven. We choose who it is, and they know how each of us likes it."
    ),
    area="Northfield",
    in_common="Disabled people who need help at night",
    agreement=(
        "A night costs the five of us the same, however often the bell rings. Whoever is away for more than a week "
        "tells the others in time, and we ask for a smaller night. The worker is told what we want by us, not by "
        "each other. Leaving takes 28 days, so that the others can find a fifth."
    ),
    members=(
        Member(person=IMOGEN, weekly={COUNCIL: 90_00, HEALTH: 95_00}),
        Member(person=RAVI, weekly={COUNCIL: 45_00, HEALTH: 140_00}),
        Member(person=DOROTHY, weekly={COUNCIL: 155_00, OWN: 30_00}),
        Member(person=SAM, weekly={COUNCIL: 140_00, HEALTH: 45_00}),
        Member(person=HUGH, weekly={COUNCIL: 75_00, HEALTH: 50_00, OWN: 60_00}),
    ),
    deals=(
        Deal(
            ref="K-501",
            title="One person awake at night",
            company=LANTERN,
            services=(
                Offered(
                    code="NIGHT",
                    description="A worker awake from eleven until seven, shared",
                    unit="night",
                    rate=128_40,
                    alone_rate=38_50,
                    shared=EQUAL,
                ),
            ),
            rounds=(Round(service="NIGHT", weekdays=(0, 1, 2, 3, 4, 5, 6), units="1", misses=2),),
            weekly=890_00,
            is_regulated=True,
            is_billed_twice_a_month=True,
        ),
    ),
)
