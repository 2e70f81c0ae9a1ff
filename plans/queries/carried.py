"""What is known already when the next version of a plan begins, so that nobody writes it twice."""

from datetime import datetime
from typing import NamedTuple

from people.models import Person, User
from plans.models import OWN_WORDS, Assessment, Edit, Plan

# What a next version takes over from the one before; consent is asked anew.
CARRIED = (
    "outcomes",
    "professional_words",
    "contingency",
    "advice",
    "involved",
    "advocacy",
    "advocacy_words",
)


class Carried(NamedTuple):
    """The newest finished assessment that a plan rests on (none: there is none), and its words so far, by field."""

    assessment: Assessment | None
    words: dict[str, str]


def carried_over(*, person: Person, kind: str, carer: User | None, last: Plan | None) -> Carried:
    """
    Give what the next version begins with: the version before, with what matters as the newest assessment has it.

    Where none is finished, what was said first in one that is being written.
    """
    made = Assessment.objects.filter(person=person, kind=kind, carer=carer).order_by("-started_date", "-pk")
    found = list(made)
    finished = [one for one in found if one.finished_at is not None]
    newest = max(finished, key=lambda one: (one.finished_at, one.pk), default=None)
    words = {name: str(getattr(last, name)) for name in CARRIED} if last else {}
    said = newest or next(iter(found), None)
    if said is not None and (last is None or last.assessment_id != said.pk):
        words["outcomes"] = (newest and newest.what_matters) or words.get("outcomes", "") or said.what_matters
        words["advocacy"] = said.advocacy or words.get("advocacy", "")
    return Carried(newest, words)


class OwnWords(NamedTuple):
    """What somebody, or their helper, wrote last in their own plan: the words, who, when, and whether they stand."""

    words: str
    by: User
    at: datetime
    stands: bool


def own_words_in(plan: Plan) -> dict[str, OwnWords]:
    """Give, field by field, what was written in a plan by its person or a helper, not by who works there; one query."""
    edits = Edit.objects.filter(document=plan.pk, field__in=OWN_WORDS, written_by__roles__isnull=True)
    found: dict[str, OwnWords] = {}
    for edit in edits.select_related("written_by").order_by("written_at", "pk"):
        stands = not edit.is_beside and edit.after == getattr(plan, edit.field)
        found[edit.field] = OwnWords(edit.after, edit.written_by, edit.written_at, stands)
    return found
