"""Writing in an assessment: the professional's part, and the answers of whoever is assessed."""

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from plans.actions.assessment.rights import (
    UnableToAssess,
    answering_label,
    check_is_here,
    check_is_written,
    check_leads,
    locked,
)
from plans.actions.edits import Kept, Writing, keep_edits
from plans.models import Answer, Assessment, ByWhom

FACTS = ("what_matters", "language", "communication", "contact", "advocacy", "capacity_doubt")
OPTION, WORDS = "option", "words"


class Place(NamedTuple):
    """Where an answer stands in a form: whose it is, its part (option or words), and its question."""

    by_whom: str
    part: str
    question: UUID

    @property
    def name(self) -> str:
        """What the field is called."""
        return f"{self.by_whom}-{self.part}-{self.question}"


def place_of(field: str) -> Place | None:
    """Give where an answer stands by the name of its field; none where the field is no answer."""
    by_whom, _dash, rest = field.partition("-")
    part, _dash, question = rest.partition("-")
    if by_whom not in ByWhom.values or part not in (OPTION, WORDS):
        return None
    return Place(by_whom, part, UUID(question))


@transaction.atomic
def write_assessment(*, assessment: Assessment, writing: Writing, by: User, on: date, at: datetime) -> Kept:
    """
    Write in an assessment as the lead professional: facts, one's own answers, and what the person said.

    An answer that the person wrote themselves is theirs: it is left as it is.

    :raises UnableToAssess: it is finished, `by` does not lead the person, or the person died or moved.
    """
    assessment = locked(assessment)
    check_leads(by, assessment.person)
    check_is_here(assessment.person, on=on)
    check_is_written(assessment)
    theirs = assessment.answers.filter(by_whom=ByWhom.OWN, recorded_by__isnull=True)
    own = set(theirs.values_list("question", flat=True))
    sent = {
        field: words
        for field, words in writing.sent.items()
        if not ((place := place_of(field)) and place.by_whom == ByWhom.OWN and place.question in own)
    }
    return _keep(assessment, replace(writing, sent=sent), by=by, label=by.label, recorded_by=by, at=at)


@transaction.atomic
def answer_own(*, assessment: Assessment, writing: Writing, by: User, on: date, at: datetime) -> Kept:
    """
    Answer in one's own words, or for the person one may act for.

    :raises UnableToAssess: it is finished, or it is not theirs to answer.
    """
    assessment = locked(assessment)
    label = answering_label(by, assessment, on=on)
    check_is_written(assessment)
    if any((place := place_of(field)) is None or place.by_whom != ByWhom.OWN for field in writing.sent):
        raise UnableToAssess(_("Only your own answers can be written here."))
    return _keep(assessment, writing, by=by, label=label, recorded_by=None, at=at)


def stands_in(assessment: Assessment) -> dict[str, str]:
    """Give what is written in an assessment, by the names of the fields."""
    stands = {fact: str(getattr(assessment, fact)) for fact in FACTS}
    for answer in assessment.answers.all():
        for part, words in ((OPTION, str(answer.option_id or "")), (WORDS, answer.words)):
            stands[Place(answer.by_whom, part, answer.question_id).name] = words
    return stands


def _keep(
    assessment: Assessment, writing: Writing, *, by: User, label: str, recorded_by: User | None, at: datetime
) -> Kept:
    """Keep what was written, and put what is to stand into the assessment."""
    kept = keep_edits(
        document=assessment.pk,
        number=assessment.edits,
        stands=stands_in(assessment),
        writing=writing,
        by=by,
        at=at,
    )
    if not kept.changes:
        return kept
    for field, words in kept.changes.items():
        place = place_of(field)
        if place is None:
            setattr(assessment, field, words)
        else:
            _answer(assessment, place, words, label=label, recorded_by=recorded_by, at=at)
    assessment.edits, assessment.saved_at = kept.number, at
    assessment.save(update_fields=["edits", "saved_at", *FACTS])
    return kept


def _answer(
    assessment: Assessment, place: Place, words: str, *, label: str, recorded_by: User | None, at: datetime
) -> None:
    said = {"option_id": UUID(words) if words else None} if place.part == OPTION else {"words": words}
    Answer.objects.update_or_create(
        assessment=assessment,
        question_id=place.question,
        by_whom=place.by_whom,
        defaults={
            **said,
            "answered_at": at,
            "answered_by": label,
            "recorded_by": recorded_by if place.by_whom == ByWhom.OWN else None,
        },
    )
