"""Bramble Corner Growers: a garden group for people who have been through a hard time."""

from datetime import date
from decimal import Decimal

from commonpurse.demo.shapes import (
    BY_USE,
    CLUSTER,
    COMMUNITY,
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
from commonpurse.demo.story.council import COUNCIL, DANIEL, HEALTH, OWN, PRIYA, SHED

PETER = Somebody(
    ref="T-031",
    name="Peter Haldane",
    birth_date=date(1969, 8, 1),
    postcode="TV3 1NA",
    lead=PRIYA,
    email="peter@example.org",
    outcomes="I want my hands in the soil and not too many questions. I sleep when I have dug.",
    needs=(("Something to do outside with other people", CLUSTER), ("My medication review", SERVICE)),
    budget={COUNCIL: 4_160_00, HEALTH: 2_080_00},
    review_in=52,
)
INGRID = Somebody(
    ref="T-032",
    name="Ingrid Solheim",
    birth_date=date(1975, 2, 14),
    postcode="TV3 1NC",
    lead=PRIYA,
    outcomes="I was a teacher. I want to be useful twice a week, and to laugh once.",
    needs=(("The garden group", CLUSTER), ("My bad days", FAMILY), ("Getting back to teaching", SELF)),
    budget={COUNCIL: 5_200_00},
    review_in=83,
)
DEVON = Somebody(
    ref="T-033",
    name="Devon Clarke",
    birth_date=date(1988, 11, 20),
    postcode="TV3 2RB",
    lead=PRIYA,
    outcomes="I want to grow scotch bonnets and stay out of hospital. Both, if possible.",
    needs=(("A place to be where people know me", CLUSTER), ("Somebody to go in with me at first", CLUSTER)),
    budget={COUNCIL: 4_680_00, HEALTH: 2_600_00},
    review_in=12,
)
MARGUERITE = Somebody(
    ref="T-034",
    name="Marguerite Leclerc",
    birth_date=date(1957, 6, 6),
    postcode="TV3 2RD",
    lead=DANIEL,
    outcomes="Since my husband died the house is too quiet. Roses are not quiet, whatever people think.",
    needs=(("Company that does not feel like a club", CLUSTER), ("The stairs and the boiler", COMMUNITY)),
    budget={COUNCIL: 3_900_00, OWN: 1_040_00},
    review_in=134,
)
ARJUN = Somebody(
    ref="T-035",
    name="Arjun Patel",
    birth_date=date(1992, 4, 18),
    postcode="TV3 1NA",
    lead=DANIEL,
    outcomes="I want one place where my phone is off. Then perhaps a course. Then perhaps a job.",
    needs=(("The garden, twice a week", CLUSTER), ("A mentor", SERVICE)),
    budget={COUNCIL: 4_420_00},
    review_in=171,
)
SHONA = Somebody(
    ref="T-036",
    name="Shona MacAskill",
    birth_date=date(1980, 1, 9),
    postcode="TV3 3KS",
    lead=DANIEL,
    outcomes="I want to walk to the garden alone by spring. I am nearly there.",
    needs=(("Somebody to walk with me", CLUSTER), ("Talking therapy", SERVICE)),
    budget={COUNCIL: 4_940_00, HEALTH: 1_040_00},
    review_in=48,
)
TOMAS = Somebody(
    ref="T-037",
    name="Tomás Quintero",
    birth_date=date(1984, 9, 13),
    postcode="TV3 3KU",
    lead=DANIEL,
    outcomes="I have work now, at the nursery on the ring road. I started here with one tray of seedlings.",
    needs=(("The garden group, until I had a job", CLUSTER), ("Keeping the job", SELF)),
    budget={COUNCIL: 3_640_00, OWN: 260_00},
    review_in=195,
)
YEWANDE = Somebody(
    ref="T-038",
    name="Yewande Okonjo",
    birth_date=date(1978, 12, 27),
    postcode="TV3 2RB",
    lead=PRIYA,
    outcomes="I want to cook what I grow, and to sit with people without explaining myself.",
    needs=(("Being outside with others", CLUSTER), ("School runs on bad mornings", FAMILY)),
    budget={COUNCIL: 4_420_00},
    review_in=29,
)

BEGINNERS = (PETER.ref, INGRID.ref, ARJUN.ref)
GARDEN = Circle(
    ref="GROW",
    name="Bramble Corner Growers",
    purpose=(
        "An old tennis court, six polytunnels and a kettle. We grow vegetables on Wednesdays and Fridays with a "
        "gardener who knows us. Come as you are; you can also just sit."
    ),
    area="St Anne's Hill",
    in_common="People getting well after a mental health crisis",
    agreement=(
        "A garden day costs everybody who is a member that day the same, whether they come or not: that keeps a "
        "place open for bad days. Whoever wants somebody to come with them pays for that. What we grow is shared "
        "out by who is hungry."
    ),
    members=(
        Member(person=PETER, weekly={COUNCIL: 28_00, HEALTH: 14_00}),
        Member(person=INGRID, weekly={COUNCIL: 38_00}),
        Member(person=DEVON, weekly={COUNCIL: 36_00, HEALTH: 24_00}),
        Member(person=MARGUERITE, weekly={COUNCIL: 30_00, OWN: 10_00}),
        Member(person=ARJUN, weekly={COUNCIL: 40_00}),
        Member(person=SHONA, weekly={COUNCIL: 44_00, HEALTH: 10_00}),
        Member(person=TOMAS, weekly={COUNCIL: 36_00, OWN: 4_00}, leaves=3),
        Member(person=YEWANDE, weekly={COUNCIL: 40_00}, joins=2),
    ),
    deals=(
        Deal(
            ref="K-401",
            title="Garden days with a gardener",
            company=SHED,
            services=(
                Offered(
                    code="GARDEN",
                    description="A half day in the garden, with a gardener and tools",
                    unit="half day",
                    rate=112_00,
                    alone_rate=22_00,
                    shared=EQUAL,
                ),
                Offered(
                    code="BUDDY",
                    description="Somebody to come with one of us",
                    unit="hour",
                    rate=15_75,
                    alone_rate=18_20,
                    shared=BY_USE,
                    most=Decimal(52),
                ),
            ),
            rounds=(
                Round(service="GARDEN", weekdays=(2, 4), units="1", misses=6),
                Round(service="BUDDY", weekdays=(2,), units="1", who=("T-033",), misses=8, months=4),
                Round(service="BUDDY", weekdays=(4,), units="0.75", who=("T-036",), misses=8, months=4),
                Round(service="BUDDY", weekdays=(4,), units="0.5", who=BEGINNERS, misses=9, months=4),
            ),
        ),
    ),
)
