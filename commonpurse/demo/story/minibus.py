"""Canal Street Minibus: neighbours who could not get anywhere alone, and share a bus three days a week."""

from datetime import date
from decimal import Decimal

from commonpurse.demo.shapes import (
    BY_PLEDGE,
    BY_USE,
    CLUSTER,
    COMMUNITY,
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
from commonpurse.demo.story.council import COUNCIL, DANIEL, GREEN, HEALTH, OWN, PRIYA

JOAN = Somebody(
    ref="T-011",
    name="Joan Ackroyd",
    birth_date=date(1944, 4, 3),
    postcode="TV1 5HB",
    lead=DANIEL,
    email="joan@example.org",
    outcomes="I want to get to the market, choose my own apples, and complain about the price.",
    needs=(
        ("Getting out of the house three times a week", CLUSTER),
        ("Somebody with me where there are steps", CLUSTER),
        ("My garden", SELF),
    ),
    budget={COUNCIL: 4_680_00, OWN: 1_560_00},
    review_in=41,
)
WINSTON = Somebody(
    ref="T-012",
    name="Winston Beckford",
    birth_date=date(1941, 10, 16),
    postcode="TV1 5HD",
    lead=DANIEL,
    email="winston@example.org",
    outcomes="Dominoes at the Legion, swimming on Thursdays, chapel on Sundays. The rest I can manage.",
    needs=(("Transport that takes my chair", CLUSTER), ("Help in the pool", COMMUNITY)),
    budget={COUNCIL: 5_200_00, OWN: 520_00},
    review_in=77,
)
BRENDA = Somebody(
    ref="T-013",
    name="Brenda Pickles",
    birth_date=date(1950, 2, 28),
    postcode="TV1 5HB",
    lead=DANIEL,
    outcomes="I want to see my friend Pat in the home at Northfield while we both still know each other.",
    needs=(("Getting to Northfield and back", CLUSTER), ("Shopping", FAMILY)),
    budget={COUNCIL: 4_160_00},
    review_in=112,
)
TARIQ = Somebody(
    ref="T-014",
    name="Tariq Mahmood",
    birth_date=date(1963, 6, 12),
    postcode="TV1 6JN",
    lead=DANIEL,
    outcomes="Since the accident I do not drive. I want to be somewhere at ten o'clock, like everybody else.",
    needs=(
        ("Getting to the workshop on Tuesdays and Thursdays", CLUSTER),
        ("Pain clinic", SERVICE),
        ("Forms and letters", FAMILY),
    ),
    budget={COUNCIL: 3_640_00, HEALTH: 2_600_00},
    review_in=180,
)
MAUREEN = Somebody(
    ref="T-015",
    name="Maureen O'Dowd",
    birth_date=date(1939, 12, 8),
    postcode="TV1 5HF",
    lead=DANIEL,
    outcomes="I am not lonely, I am bored. Get me out and I will do the talking.",
    needs=(("A reason to put my coat on, three days a week", CLUSTER),),
    budget={COUNCIL: 4_420_00, OWN: 780_00},
    review_in=-4,
)
LI_WEI = Somebody(
    ref="T-016",
    name="Li Wei Chen",
    birth_date=date(1948, 9, 25),
    postcode="TV1 6JQ",
    lead=PRIYA,
    outcomes="Tai chi in the park, with the others, also when it rains. And dim sum on my birthday.",
    needs=(("Getting to the park and back", CLUSTER), ("Somebody to interpret at the doctor's", SERVICE)),
    budget={COUNCIL: 4_940_00},
    review_in=58,
)
GWEN = Somebody(
    ref="T-017",
    name="Gwen Prosser",
    birth_date=date(1946, 5, 17),
    postcode="TV1 6JN",
    lead=PRIYA,
    outcomes="I want to sing in the choir again. My memory is bad, but not for songs.",
    needs=(("Somebody to fetch me and to see me in again", CLUSTER), ("Company in the evening", FAMILY)),
    budget={COUNCIL: 4_160_00, HEALTH: 1_560_00, OWN: 520_00},
    review_in=25,
)
STANISLAW = Somebody(
    ref="T-018",
    name="Stanisław Wójcik",
    birth_date=date(1953, 11, 11),
    postcode="TV1 5HD",
    lead=PRIYA,
    outcomes="I want to go to the Polish club on Saturdays and to beat Winston at something.",
    needs=(("Transport on Saturdays", CLUSTER), ("Dialysis", SERVICE)),
    budget={COUNCIL: 3_900_00, HEALTH: 1_300_00},
    review_in=140,
)

MINIBUS = Circle(
    ref="BUS",
    name="Canal Street Minibus",
    purpose=(
        "None of us can get on an ordinary bus. Together we have one: Tuesday to the market, Thursday to the "
        "pool and the workshop, Saturday wherever we fancy. There is room for two more."
    ),
    area="Canal Side",
    in_common="Neighbours who cannot use ordinary buses",
    agreement=(
        "The bus costs what it costs, however many come, so those who pledge more pay more of it. Whoever needs "
        "somebody to go with them pays for that. A seat is never sold. If the bus breaks down, nobody pays."
    ),
    members=(
        Member(person=JOAN, weekly={COUNCIL: 42_00, OWN: 14_00}),
        Member(person=WINSTON, weekly={COUNCIL: 66_00, OWN: 6_00}),
        Member(person=BRENDA, weekly={COUNCIL: 34_00}),
        Member(person=TARIQ, weekly={COUNCIL: 24_00, HEALTH: 16_00}),
        Member(person=MAUREEN, weekly={COUNCIL: 50_00, OWN: 8_00}),
        Member(person=LI_WEI, weekly={COUNCIL: 45_00}),
        Member(person=GWEN, weekly={COUNCIL: 30_00, HEALTH: 12_00, OWN: 4_00}),
        Member(person=STANISLAW, weekly={COUNCIL: 25_00, HEALTH: 10_00}, joins=1),
    ),
    deals=(
        Deal(
            ref="K-201",
            title="Minibus, three days a week",
            company=GREEN,
            services=(
                Offered(
                    code="MINIBUS",
                    description="Minibus with a lift and a driver, there and back",
                    unit="trip",
                    rate=87_00,
                    alone_rate=16_40,
                    shared=BY_PLEDGE,
                    most=Decimal(200),
                ),
                Offered(
                    code="ESCORT",
                    description="Somebody to go with one passenger",
                    unit="hour",
                    rate=16_90,
                    alone_rate=19_40,
                    shared=BY_USE,
                ),
            ),
            rounds=(
                Round(service="MINIBUS", weekdays=(1, 3, 5), units="1", misses=5),
                Round(service="ESCORT", weekdays=(1,), units="1", who=("T-011",), misses=10),
                Round(service="ESCORT", weekdays=(3,), units="1.5", who=("T-012",), misses=8),
                Round(
                    service="ESCORT", weekdays=(5,), units="0.5", who=("T-013", "T-015", "T-017"), misses=9
                ),
            ),
            weekly=310_00,
        ),
        Deal(
            ref="K-202",
            title="A second bus on Saturdays",
            company=GREEN,
            services=(
                Offered(
                    code="MINIBUS",
                    description="Second minibus on Saturdays, there and back",
                    unit="trip",
                    rate=92_00,
                    alone_rate=16_40,
                    shared=BY_PLEDGE,
                ),
            ),
            weekly=184_00,
            asked_by=DANIEL,
            asked_ago=9,
        ),
    ),
)
