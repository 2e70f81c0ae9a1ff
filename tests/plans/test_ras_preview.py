"""Trying a version on past cases: who would gain, who would lose, in parts, with progress."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.models import Job, JobState
from people.models import Council, RoleKind, User
from plans import tasks
from plans.actions.ras import UnableToWriteRas, ask_for_preview, draft_ras, drop_question, set_bands
from plans.actions.ras import preview as preview_room
from plans.models import RasKind, RasOption, RasVersion
from plans.queries import questions_of
from plans.rules.ras import Band
from tests.people.makers import (
    make_commissioner,
    make_council,
    make_person,
    make_policy,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.asking import make_past_case, make_ras
from tests.plans.assessing import make_consent, make_indicative

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
BY = "system:tests"


def make_ada(council: Council) -> User:
    return make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)


def preview(version: RasVersion) -> dict[str, Any]:
    """Do the job as workers would: the whole, its parts, and the whole again."""
    job = ask_for_preview(version=version, by=make_ada(version.council), at=AT)
    tasks.ras_preview(str(job.pk))
    for part in job.parts.all():
        tasks.ras_preview_chunk(str(part.pk))
    tasks.ras_preview(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    result: dict[str, Any] = job.result
    return result


def make_seven(version: RasVersion) -> None:
    """Five with much and two with little, of different ages."""
    lead = make_social_worker(council=version.council)
    for year in (1930, 1931, 1932, 1990, 1991):
        make_past_case(version=version, lead=lead, points=(20, 20), birth_date=date(year, 1, 1))
    for _ in range(2):
        make_past_case(version=version, lead=lead, points=(7, 7), birth_date=date(1933, 1, 1))


def copy(version: RasVersion) -> RasVersion:
    return draft_ras(council=version.council, kind=RasKind(version.kind), by=BY, at=AT, copy_of=version)


def test_a_copy_changes_nothing_for_anybody() -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    shown = preview(copy(version))
    assert shown["everybody"] == [["Everybody", 7, 0, 0, 7, 0]]
    assert (shown["people"], shown["left_out"], shown["is_too_few"]) == (7, "", False)


def test_says_who_would_gain_and_who_would_lose_by_groups_of_five() -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    draft = copy(version)
    set_bands(version=draft, bands=[Band(0, 0), Band(10, 90_00), Band(40, 530_00)], by=BY)
    shown = preview(draft)
    assert shown["everybody"] == [["Everybody", 7, 5, 2, 0, 4_28]]
    assert shown["by_age"] == [["All others", 7, 5, 2, 0, 4_28]], (
        "two of 25 to 44 are too few to be shown apart"
    )
    assert shown["by_amount"] == [["All others", 7, 5, 2, 0, 4_28]]


def test_shows_nothing_of_fewer_than_the_council_says() -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    make_policy(council=version.council, code="smallest_group", value=8)
    shown = preview(copy(version))
    assert (shown["everybody"], shown["by_age"], shown["by_amount"]) == ([], [], [])
    assert (shown["people"], shown["is_too_few"]) == (0, True)


def test_compares_without_moderation_and_with_unpaid_care_as_consented() -> None:
    version = make_ras(council=make_council(), unpaid_hour_pence=10_00, unpaid_most_percent=50)
    lead = make_social_worker(council=version.council)
    for _ in range(5):
        person = make_person(council=version.council, user=make_user(), lead=lead)
        found = make_indicative(person=person, consents=[make_consent(person=person, hours=4)])
        assert (found.unpaid_care_pence, found.weekly_pence) == (40_00, 480_00)
    assert preview(copy(version))["everybody"] == [["Everybody", 5, 0, 0, 5, 0]]


def test_says_how_many_gave_an_answer_that_cannot_be_chosen_any_more() -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    draft = copy(version)
    RasOption.objects.filter(question=questions_of(draft)[0], points=7).delete()
    shown = preview(draft)
    assert shown["left_out"] == "Fewer than 5"
    assert shown["everybody"] == [["Everybody", 5, 0, 0, 5, 0]]


def test_what_is_not_asked_any_more_counts_for_nothing() -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    draft = copy(version)
    drop_question(question=questions_of(draft)[0], by=BY)
    shown = preview(draft)
    assert shown["left_out"] == ""
    assert shown["everybody"] == [["Everybody", 7, 0, 7, 0, -221_42]]


def test_counts_in_parts_what_belongs_to_this_council_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_room, "CASES_A_CHUNK", 3)
    version, other = make_ras(council=make_council()), make_ras(council=make_council())
    make_seven(version)
    make_seven(other)
    shown = preview(copy(version))
    job = Job.objects.get(kind="plans.ras_preview")
    assert job.parts.count() == 3
    assert shown["people"] == 7


def test_a_council_without_past_cases_is_told_so() -> None:
    assert preview(make_ras(council=make_council()))["is_too_few"]


def test_asks_the_database_as_often_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    version = make_ras(council=make_council())
    make_seven(version)
    draft = copy(version)
    job = ask_for_preview(version=draft, by=make_ada(version.council), at=AT)
    tasks.ras_preview(str(job.pk))
    part = job.parts.get()
    with django_assert_max_num_queries(8):
        preview_room.preview_chunk(part)


def test_is_asked_for_by_who_administers_the_council() -> None:
    council = make_council()
    with pytest.raises(UnableToWriteRas, match="Only those who administer"):
        ask_for_preview(version=make_ras(council=council), by=make_commissioner(council=council), at=AT)
