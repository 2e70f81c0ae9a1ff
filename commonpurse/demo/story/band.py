"""The Tuesday Band: friends with learning disabilities who hire a music tutor together."""

from datetime import date

from commonpurse.demo.shapes import (
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
from commonpurse.demo.story.council import COUNCIL, DANIEL, OWN, PRIYA, SIGNAL_BOX, WREN

CALLUM = Somebody(
    ref="T-021",
    name="Callum Reid",
    birth_date=date(1998, 1, 19),
    postcode="TV2 8LW",
    lead=PRIYA,
    email="callum@example.org",
    outcomes="I play the drums. I want to play a proper gig, with lights. I want to get the bus home after.",
    needs=(
        ("Learning songs with my band", CLUSTER),
        ("Practising the way home", SERVICE),
        ("Washing my own clothes", SELF),
    ),
    budget={COUNCIL: 6_240_00},
    review_in=70,
)
NADIA = Somebody(
    ref="T-022",
    name="Nadia Hussain",
    birth_date=date(2000, 7, 7),
    postcode="TV2 8LY",
    lead=PRIYA,
    outcomes="I sing. When I sing nobody says I talk too much. I want a microphone that is mine.",
    needs=(
        ("Singing with my friends", CLUSTER),
        ("Friends my own age", CLUSTER),
        ("Money and bills", FAMILY),
    ),
    budget={COUNCIL: 5_720_00},
    review_in=99,
)
JAMIE = Somebody(
    ref="T-023",
    name="Jamie Thistlewood",
    birth_date=date(1995, 10, 31),
    postcode="TV2 9PE",
    lead=PRIYA,
    outcomes="Bass guitar. Quiet people are good at bass. I want a job in a shop with records.",
    needs=(("The band on Tuesdays", CLUSTER), ("Finding a job", SERVICE)),
    budget={COUNCIL: 5_200_00, OWN: 260_00},
    review_in=128,
)
ROSIE = Somebody(
    ref="T-024",
    name="Rosie Fairweather",
    birth_date=date(2002, 3, 2),
    postcode="TV2 8LW",
    lead=DANIEL,
    outcomes="I have Down's syndrome and a keyboard. I want to live in a flat with Nadia one day.",
    needs=(("Keyboard lessons with the band", CLUSTER), ("Learning to cook", COMMUNITY)),
    budget={COUNCIL: 6_760_00},
    review_in=160,
)
KOFI = Somebody(
    ref="T-025",
    name="Kofi Mensah-Boyle",
    birth_date=date(1993, 12, 12),
    postcode="TV2 9PG",
    lead=DANIEL,
    outcomes="I write the words. I want people to clap, and I want to be on time.",
    needs=(("Writing songs with the band", CLUSTER), ("Getting up", FAMILY)),
    budget={COUNCIL: 4_680_00, OWN: 520_00},
    review_in=-31,
)
BETHAN = Somebody(
    ref="T-026",
    name="Bethan Llewellyn",
    birth_date=date(1997, 5, 23),
    postcode="TV2 9PE",
    lead=DANIEL,
    outcomes="I joined because they were too loud, and now I am the loudest. I want to learn the trumpet.",
    needs=(("Music with other people", CLUSTER), ("Somebody to call when I am upset", SERVICE)),
    budget={COUNCIL: 5_460_00},
    review_in=210,
)

BAND = Circle(
    ref="BAND",
    name="The Tuesday Band",
    purpose=(
        "We are a band. We pay a music tutor together, because one lesson each cost too much and was boring. "
        "You do not need to be good. You need to turn up."
    ),
    area="Old Market",
    in_common="Friends with learning disabilities",
    agreement=(
        "We all pay the same. If you are ill you still pay, because the tutor still comes. If you are ill for a "
        "month we talk about it. Everybody gets a turn to choose the song. We say it when something is not fair."
    ),
    members=(
        Member(person=CALLUM, weekly={COUNCIL: 24_00}),
        Member(person=NADIA, weekly={COUNCIL: 24_00}),
        Member(person=JAMIE, weekly={COUNCIL: 20_00, OWN: 4_00}),
        Member(person=ROSIE, weekly={COUNCIL: 24_00}),
        Member(person=KOFI, weekly={COUNCIL: 17_00, OWN: 7_00}),
        Member(person=BETHAN, weekly={COUNCIL: 24_00}, joins=1),
    ),
    deals=(
        Deal(
            ref="K-301",
            title="Music tutor on Tuesdays",
            company=WREN,
            services=(
                Offered(
                    code="SESSION",
                    description="Music tutor for the band, two hours",
                    unit="session",
                    rate=76_00,
                    alone_rate=19_50,
                    shared=EQUAL,
                ),
                Offered(
                    code="ROOM",
                    description="Practice room with drums and amplifiers",
                    unit="session",
                    rate=21_50,
                    alone_rate=6_00,
                    shared=EQUAL,
                ),
            ),
            rounds=(
                Round(service="SESSION", weekdays=(1,), units="1", misses=3),
                Round(service="ROOM", weekdays=(1,), units="1"),
            ),
            weekly=80_00,
        ),
        Deal(
            ref="K-302",
            title="Two days to record our songs",
            company=SIGNAL_BOX,
            services=(
                Offered(
                    code="STUDIO",
                    description="A day in the studio, with an engineer",
                    unit="day",
                    rate=210_00,
                    alone_rate=52_00,
                    shared=EQUAL,
                ),
            ),
            one_off=420_00,
            asked_by=PRIYA,
            asked_ago=3,
        ),
    ),
)
