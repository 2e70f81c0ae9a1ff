"""Who decides and who is kept away: a decision that somebody cannot make now, and a nephew who asks for too much."""

from datetime import timedelta

from commonpurse.demo.days import moment
from commonpurse.demo.story.minibus import JOAN, WINSTON
from commonpurse.demo.story.safety import KEITH, MARCIA, WORRY, best_for_winston, judged_of_winston
from commonpurse.demo.town import Town
from people.actions import Concern, Terms, give_authority, keep_money_from
from people.models import AuthorityKind, Person, Scope, User
from plans.actions.capacity import challenge_capacity, decide_for, record_capacity

LOOKED_AGO, WORRIED_AGO = 12, 9
LOOK_AGAIN = timedelta(days=45)


def keep_people_safe(town: Town) -> None:
    """Write down what Winston cannot decide now and what was decided for him; keep Joan's money from her nephew."""
    _decide_for_winston(town)
    _keep_from_keith(town)


def _decide_for_winston(town: Town) -> None:
    winston, daniel = _led(town, WINSTON.ref)
    on = town.days.on - timedelta(days=LOOKED_AGO)
    at = moment(on)
    record = record_capacity(
        person=winston, judged=judged_of_winston(on, again=town.days.on + LOOK_AGAIN), by=daniel, on=on, at=at
    )
    terms = Terms(
        kind=AuthorityKind.AUTHORISED,
        scopes=[Scope.SEE, Scope.SPEND, Scope.LETTERS],
        start_date=on,
        evidence="Agreed with him and his daughters on the day, under section 32.",
        capacity=record,
    )
    email, name = MARCIA
    give_authority(person=winston, helper_email=email, helper_name=name, terms=terms, by=daniel, at=at)
    decide_for(capacity=record, made=best_for_winston(on), by=daniel, on=on, at=at)
    assert winston.user is not None
    words = "I can count. It is the forms that I cannot see without my glasses."
    later = on + timedelta(days=2)
    challenge_capacity(capacity=record, words=words, by=winston.user, on=later, at=moment(later))


def _keep_from_keith(town: Town) -> None:
    joan, daniel = _led(town, JOAN.ref)
    on = town.days.on - timedelta(days=WORRIED_AGO)
    terms = Terms(
        kind=AuthorityKind.SUPPORTER,
        scopes=[Scope.SEE, Scope.SPEND, Scope.LETTERS],
        start_date=town.days.year_start,
        evidence="Her word to me when we began, on the phone.",
    )
    email, name = KEITH
    given_at = moment(town.days.year_start)
    keith = give_authority(
        person=joan, helper_email=email, helper_name=name, terms=terms, by=daniel, at=given_at
    ).helper
    concern = Concern(reason=WORRY, start_date=on, review_date=on + timedelta(weeks=4), is_safe_to_tell=True)
    keep_money_from(person=joan, kept_from=keith, concern=concern, by=daniel, at=moment(on))


def _led(town: Town, ref: str) -> tuple[Person, User]:
    """Give somebody, and who leads their plan."""
    person = town.people[ref]
    assert person.lead_professional is not None
    return person, person.lead_professional
