"""What the made-up clusters call for: two offers to choose from, and a need that nobody met."""

from datetime import timedelta
from decimal import Decimal

from commissioning.actions import calls
from commissioning.actions.calls import CallTerms, OfferTerms, Step
from commonpurse.demo.story.council import DARYEEL, HODAN, LANTERN, LESLEY
from commonpurse.demo.story.garden import GARDEN
from commonpurse.demo.story.hooyo import HALIMA, HOOYO
from commonpurse.demo.town import Town

BY = "system:demo"
A_TERM = timedelta(days=180)
FRIDAYS = OfferTerms(
    words="Two carers who speak Somali come every Friday before prayers. You know them from the week.",
    steps=(
        Step(from_weekly_units=Decimal(0), unit_rate_pence=22_40),
        Step(from_weekly_units=Decimal(6), unit_rate_pence=21_60),
    ),
    alone_rate_pence=25_40,
    languages=("Somali",),
    notice_days=28,
)
ANY_DAY = OfferTerms(
    words="We come at the hour you say. One of us speaks Arabic; for Somali we bring somebody by phone.",
    steps=(Step(from_weekly_units=Decimal(0), unit_rate_pence=20_90),),
    alone_rate_pence=24_80,
    languages=("Arabic",),
    notice_days=14,
    one_off_pence=40_00,
)


def call_for_offers(town: Town) -> None:
    """Let one cluster wait with two offers, and let another have found nobody."""
    _fridays(town)
    _nobody_came(town)


def _fridays(town: Town) -> None:
    person, days = town.people[HALIMA.ref], town.days
    call = calls.call_for_offers(
        cluster=town.clusters[HOOYO.ref],
        person=person,
        terms=CallTerms(
            title="Help before Friday prayers",
            words="Some of us want to be washed and dressed in time on Fridays. We like to be asked first.",
            service_code="HC-HOUR",
            unit="hour",
            weekly_units=Decimal(6),
            place="Northfield",
            languages=("Arabic",),
            culture_words="A woman for the women, please.",
            start_date=days.on + timedelta(days=30),
            end_date=days.on + timedelta(days=30) + A_TERM,
            offers_by_date=days.on + timedelta(days=5),
        ),
        by=town.users[HALIMA.email],
        at=days.ago(9),
    )
    for company, user, terms in ((DARYEEL, HODAN, FRIDAYS), (LANTERN, LESLEY, ANY_DAY)):
        calls.make_offer(
            call=call, provider=town.providers[company], terms=terms, by=town.users[user], at=days.ago(4)
        )


def _nobody_came(town: Town) -> None:
    caller = next(member.person for member in GARDEN.members if member.person.email)
    days = town.days
    call = calls.call_for_offers(
        cluster=town.clusters[GARDEN.ref],
        person=town.people[caller.ref],
        terms=CallTerms(
            title="Somebody to garden with us in sign language",
            words="Two of us are Deaf. We want somebody in the garden who signs, two half days a week.",
            service_code="GARDEN",
            unit="half day",
            weekly_units=Decimal(2),
            place="Riverside",
            languages=("British Sign Language",),
            start_date=days.on - timedelta(days=10),
            end_date=days.on + A_TERM,
            offers_by_date=days.on - timedelta(days=20),
        ),
        by=town.users[caller.email],
        at=days.ago(40),
        names_nobody=True,
    )
    calls.settle_call(call=call, by=BY, at=days.ago(19))
