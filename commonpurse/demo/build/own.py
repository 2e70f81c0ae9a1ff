"""What people do on their own pages: who may help them, how to talk with them, and their part of the next plan."""

from datetime import timedelta

from commonpurse.demo.story import assessments as story
from commonpurse.demo.story.hooyo import HALIMA
from commonpurse.demo.story.newcomers import WINIFRED
from commonpurse.demo.town import Town
from people.actions import Terms, give_authority
from people.models import AuthorityKind, Scope
from plans.actions import Writing, add_own_need, write_own_words
from plans.actions.assessment import FirstWords, begin_assessment

ASKED_AGO, WROTE_AGO = 6, 2


def act_for_themselves(town: Town) -> None:
    """Let Halima's niece help her, and Winifred begin her next plan in her own words."""
    halima, asked = town.people[HALIMA.ref], town.days.ago(ASKED_AGO)
    email, name = story.MARYAM
    give_authority(
        person=halima,
        helper_email=email,
        helper_name=name,
        terms=Terms(
            kind=AuthorityKind.CARER, scopes=[Scope.SEE, Scope.AGREE, Scope.VOTE], start_date=asked.date()
        ),
        by=town.users[HALIMA.email],
        at=asked,
    )
    winifred, lead = town.people[WINIFRED.ref], town.users[WINIFRED.lead]
    begin_assessment(
        person=winifred,
        first=FirstWords(
            what_matters=WINIFRED.outcomes, communication=story.WINIFRED_HELPS, contact=story.WINIFRED_CONTACT
        ),
        by=lead,
        on=asked.date(),
        at=asked,
    )
    _write(town)


def _write(town: Town) -> None:
    person, by = town.people[WINIFRED.ref], town.users[WINIFRED.email]
    at = town.days.ago(WROTE_AGO)
    writing = Writing(sent={"outcomes": story.WINIFRED_MATTERS, "contingency": story.WINIFRED_IF}, seen=0)
    write_own_words(person=person, writing=writing, document=None, by=by, on=at.date(), at=at)
    later = at + timedelta(minutes=5)
    add_own_need(person=person, words=story.WINIFRED_NEEDS, by=by, on=at.date(), at=later)
