"""Hooyo Home Care Circle: Somali elders who want the same few carers, in their own language, and lunch together."""

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
from commonpurse.demo.story.council import BRIGHTPATH, COUNCIL, DARYEEL, HEALTH, KITCHEN, OWN, PRIYA

HALIMA = Somebody(
    ref="T-001",
    name="Halima Warsame",
    birth_date=date(1947, 3, 14),
    postcode="TV4 2QA",
    lead=PRIYA,
    email="halima@example.org",
    outcomes=(
        "I want to stay in my own flat, pray on time, and have a carer I can talk with in Somali. "
        "On Thursdays I want to cook and eat with other women, as we always did."
    ),
    needs=(
        ("Help to wash and dress, from a woman who speaks Somali", CLUSTER),
        ("Company and a hot halal meal once a week", CLUSTER),
        ("My tablets, morning and evening", FAMILY),
        ("Getting to the mosque on Fridays", COMMUNITY),
    ),
    budget={COUNCIL: 9_360_00, OWN: 1_040_00},
    review_in=9,
)
SAFIYA = Somebody(
    ref="T-002",
    name="Safiya Abdi Nur",
    birth_date=date(1951, 11, 2),
    postcode="TV4 2QC",
    lead=PRIYA,
    email="safiya@example.org",
    outcomes="I want my hip to get stronger so that I can walk my grandson to school again.",
    needs=(
        ("Help in the shower and with the stairs", CLUSTER),
        ("My exercises, three times a week", SERVICE),
        ("Cooking: I do it, if somebody lifts the pots", SELF),
    ),
    budget={COUNCIL: 7_800_00, HEALTH: 2_600_00},
    review_in=64,
)
OSMAN = Somebody(
    ref="T-003",
    name="Osman Farah",
    birth_date=date(1943, 7, 21),
    postcode="TV4 3DL",
    lead=PRIYA,
    outcomes="I forget things now. I want the same two men to come, so that I know who is at the door.",
    needs=(
        ("Somebody I know to help me wash, shave and eat breakfast", CLUSTER),
        ("Somebody to look in at night", FAMILY),
        ("Keeping my papers and my money in order", FAMILY),
    ),
    budget={COUNCIL: 11_440_00, HEALTH: 2_080_00, OWN: 1_300_00},
    review_in=-17,
)
FADUMO = Somebody(
    ref="T-004",
    name="Fadumo Isse",
    birth_date=date(1955, 1, 30),
    postcode="TV4 2QA",
    lead=PRIYA,
    outcomes="I look after my husband. I want two mornings when somebody good is with him, so I can rest.",
    needs=(
        ("A carer for my husband and me on Monday and Wednesday mornings", CLUSTER),
        ("Lunch with my friends", CLUSTER),
    ),
    budget={COUNCIL: 7_280_00, OWN: 520_00},
    review_in=120,
)
MAXAMED = Somebody(
    ref="T-005",
    name="Maxamed Cali Guled",
    birth_date=date(1949, 9, 9),
    postcode="TV4 1TT",
    lead=PRIYA,
    outcomes="I was a sailor. I want to sit with people who have also seen the sea, and to keep my feet dry.",
    needs=(("Help with dressing my legs and with socks and shoes", CLUSTER), ("Company", CLUSTER)),
    budget={COUNCIL: 6_760_00},
    review_in=201,
)
ASHA = Somebody(
    ref="T-006",
    name="Asha Jama Elmi",
    birth_date=date(1958, 5, 5),
    postcode="TV4 3DN",
    lead=PRIYA,
    outcomes="My eyes are going. I want to keep my kitchen and do things my way, with somebody beside me.",
    needs=(
        ("Somebody to read my letters and labels, and help me cook", CLUSTER),
        ("Learning to use my phone by voice", COMMUNITY),
    ),
    budget={COUNCIL: 8_320_00, OWN: 780_00},
    review_in=88,
)
YUSUF = Somebody(
    ref="T-007",
    name="Yusuf Hirsi",
    birth_date=date(1952, 12, 19),
    postcode="TV4 2QF",
    lead=PRIYA,
    outcomes="After my stroke I want my words back, in Somali first. I want to go to the café on my own.",
    needs=(
        ("Help to wash and dress while my arm is weak", CLUSTER),
        ("Speech practice in my own language", SERVICE),
    ),
    budget={COUNCIL: 6_240_00, HEALTH: 3_640_00},
    review_in=33,
)
KHADRA = Somebody(
    ref="T-008",
    name="Khadra Ismail",
    birth_date=date(1961, 8, 27),
    postcode="TV4 1TB",
    lead=PRIYA,
    outcomes="I moved here to be near my sister. I want to meet people before winter, not after it.",
    needs=(("Help in the mornings when my joints are bad", CLUSTER), ("Friends", CLUSTER)),
    budget={COUNCIL: 7_540_00, OWN: 260_00},
    review_in=150,
)

HOOYO = Circle(
    ref="HOOYO",
    name="Hooyo Home Care Circle",
    purpose=(
        "We are neighbours who are growing old together. We share a small team of carers who stay with us "
        "for years, and on Thursdays we cook and eat together. Guests are always welcome at the table."
    ),
    area="Mill Quarter",
    in_common="Somali elders; care in Somali; halal food",
    agreement=(
        "Each of us pays for our own hours at home. The Thursday table costs us all the same. Nobody is asked "
        "what they put in. If one of us is ill or travels, the others do not pay for her hours. We decide "
        "together, at the table, and whoever disagrees is heard first. Anybody may leave on 28 days' notice."
    ),
    members=(
        Member(person=HALIMA, weekly={COUNCIL: 130_00, OWN: 14_00}),
        Member(person=SAFIYA, weekly={COUNCIL: 90_00, HEALTH: 30_00}),
        Member(person=OSMAN, weekly={COUNCIL: 140_00, HEALTH: 25_00, OWN: 15_00}),
        Member(person=FADUMO, weekly={COUNCIL: 105_00, OWN: 8_00}),
        Member(person=MAXAMED, weekly={COUNCIL: 95_00}),
        Member(person=ASHA, weekly={COUNCIL: 110_00, OWN: 10_00}),
        Member(person=YUSUF, weekly={COUNCIL: 70_00, HEALTH: 45_00}),
        Member(person=KHADRA, weekly={COUNCIL: 100_00, OWN: 4_00}, joins=2),
    ),
    deals=(
        Deal(
            ref="K-101",
            title="Home care in Somali",
            company=DARYEEL,
            services=(
                Offered(
                    code="HC-HOUR",
                    description="Home care in Somali, one hour",
                    unit="hour",
                    rate=21_80,
                    alone_rate=25_40,
                    shared=BY_USE,
                    most=Decimal(3000),
                ),
            ),
            rounds=(
                Round(service="HC-HOUR", weekdays=(0, 2, 4), units="1.5", who=("T-001", "T-003"), misses=4),
                Round(service="HC-HOUR", weekdays=(0, 2), units="1.75", who=("T-004", "T-007"), misses=6),
                Round(service="HC-HOUR", weekdays=(1, 4), units="1.5", who=("T-002", "T-005"), misses=5),
                Round(service="HC-HOUR", weekdays=(1, 3, 5), units="1.25", who=("T-006", "T-008"), misses=5),
                Round(service="HC-HOUR", weekdays=(6,), units="2", who=("T-003",), misses=10),
            ),
            weekly=530_00,
            is_regulated=True,
            is_billed_twice_a_month=True,
        ),
        Deal(
            ref="K-102",
            title="The Thursday table",
            company=KITCHEN,
            services=(
                Offered(
                    code="LUNCH",
                    description="Thursday lunch, cooked together, halal",
                    unit="lunch",
                    rate=87_50,
                    alone_rate=15_00,
                    shared=EQUAL,
                ),
            ),
            rounds=(Round(service="LUNCH", weekdays=(3,), units="1", misses=4),),
            is_billed_twice_a_month=True,
        ),
        Deal(
            ref="K-103",
            title="Extra hours at weekends",
            company=BRIGHTPATH,
            services=(
                Offered(
                    code="WE-HOUR",
                    description="Home care at the weekend, one hour",
                    unit="hour",
                    rate=23_90,
                    alone_rate=27_50,
                    shared=BY_USE,
                ),
            ),
            weekly=47_80,
            is_regulated=True,
            asked_by=PRIYA,
            asked_ago=16,
        ),
    ),
)
