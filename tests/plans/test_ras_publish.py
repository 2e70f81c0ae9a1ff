"""Publishing a version, retiring it, and which one is used on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from people.models import Council, RoleKind, User
from plans.actions.ras import (
    UnableToLoadRas,
    UnableToPublishRas,
    UnableToRetireRas,
    drop_question,
    load_ras,
    publish_ras,
    retire_ras,
)
from plans.models import RasKind, RasState, RasVersion
from plans.queries import questions_of, ras_on, scheme_of
from plans.rules.outcomes import outcomes_of
from plans.rules.ras import Answered, work_out
from tests.people.makers import make_commissioner, make_council, make_user_with_role
from tests.plans.asking import make_ras

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ON = AT.date()
BY = "system:tests"


def make_ada(council: Council) -> User:
    return make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)


def make_whole(council: Council, kind: RasKind = RasKind.ADULT) -> RasVersion:
    """Our open one, as a draft."""
    return load_ras(council=council, kind=kind, by=BY, at=AT)


@pytest.mark.parametrize("kind", list(RasKind))
def test_our_open_one_asks_about_every_outcome_and_can_be_published(kind: RasKind) -> None:
    council = make_council()
    draft = make_whole(council, kind)
    published = publish_ras(version=draft, effective_date=ON, by=make_ada(council), at=AT)
    assert (published.state, published.effective_date, published.published_at) == (RasState.PUBLISHED, ON, AT)
    assert [one.outcome for one in questions_of(published)] == [one.code for one in outcomes_of(kind)]


def test_our_open_one_gives_something_for_little_and_most_for_all() -> None:
    version = make_whole(make_council())
    scheme = scheme_of(version)
    most = [
        Answered(str(one.pk), max(each.points for each in one.options.all())) for one in questions_of(version)
    ]
    assert work_out(scheme, most).weekly_pence == max(band.weekly_pence for band in scheme.bands)
    assert sum(one.points for one in most) >= max(band.from_points for band in scheme.bands)
    assert work_out(scheme, [one._replace(points=0) for one in most]).weekly_pence == 0


def test_the_example_of_its_paper_comes_out_as_it_says() -> None:
    """docs/ras.md: meals 9, washing 9, clothes 6, going out 8, and four hours of unpaid care a week."""
    scheme = scheme_of(make_whole(make_council()))
    said = [Answered(f"{place}", points) for place, points in enumerate((9, 9, 6, 8))]
    found = work_out(scheme, said, unpaid_hours=4)
    assert [line.weekly_pence for line in found.lines] == [57_66, 57_65, 38_44, 51_25]
    assert (found.points, found.before_pence, found.unpaid_pence, found.weekly_pence) == (
        32,
        205_00,
        20_00,
        185_00,
    )


def test_is_used_from_its_day_until_a_newer_one_is() -> None:
    council = make_council()
    first = publish_ras(version=make_whole(council), effective_date=ON, by=BY, at=AT)
    second = publish_ras(version=make_whole(council), effective_date=ON + timedelta(days=30), by=BY, at=AT)
    days = (ON - timedelta(days=1), ON, ON + timedelta(days=29), ON + timedelta(days=30))
    assert [ras_on(council=council, kind=RasKind.ADULT, on=day) for day in days] == [
        None,
        first,
        first,
        second,
    ]
    assert ras_on(council=council, kind=RasKind.CARER, on=ON) is None
    assert ras_on(council=make_council(), kind=RasKind.ADULT, on=ON) is None


def test_refuses_what_is_not_whole_and_says_what_is_missing() -> None:
    draft = make_whole(make_council())
    drop_question(question=questions_of(draft)[0], by=BY)
    with pytest.raises(UnableToPublishRas, match="Nothing asks about “Eating and drinking well”"):
        publish_ras(version=draft, effective_date=ON, by=BY, at=AT)


def test_refuses_a_day_that_is_over_or_taken_and_a_second_time() -> None:
    council = make_council()
    draft = make_whole(council)
    with pytest.raises(UnableToPublishRas, match="from Monday 4 May 2026, or any later day"):
        publish_ras(version=draft, effective_date=ON - timedelta(days=1), by=BY, at=AT)
    published = publish_ras(version=draft, effective_date=ON, by=BY, at=AT)
    with pytest.raises(UnableToPublishRas, match="published already"):
        publish_ras(version=published, effective_date=ON + timedelta(days=9), by=BY, at=AT)
    with pytest.raises(UnableToPublishRas, match="begins on that day"):
        publish_ras(version=make_whole(council), effective_date=ON, by=BY, at=AT)


def test_is_published_and_retired_by_who_administers_the_council() -> None:
    council = make_council()
    draft, published = make_whole(council), make_ras(council=council, kind=RasKind.CARER)
    for stranger in (make_commissioner(council=council), make_ada(make_council())):
        with pytest.raises(UnableToPublishRas, match="Only those who administer"):
            publish_ras(version=draft, effective_date=ON, by=stranger, at=AT)
        with pytest.raises(UnableToRetireRas, match="Only those who administer"):
            retire_ras(version=published, until_date=ON, by=stranger, at=AT)


def test_is_retired_once_another_takes_its_place() -> None:
    council = make_council()
    first = publish_ras(version=make_whole(council), effective_date=ON, by=BY, at=AT)
    second = publish_ras(version=make_whole(council), effective_date=ON + timedelta(days=5), by=BY, at=AT)
    later = ON + timedelta(days=9)
    retired = retire_ras(version=second, until_date=later, by=BY, at=AT)
    assert (retired.state, retired.until_date, retired.retired_at) == (RasState.RETIRED, later, AT)
    days = (later - timedelta(days=1), later)
    assert [ras_on(council=council, kind=RasKind.ADULT, on=day) for day in days] == [second, first]
    with pytest.raises(UnableToRetireRas, match="would have no questions"):
        retire_ras(version=first, until_date=later, by=BY, at=AT)
    first.refresh_from_db()
    assert first.state == RasState.PUBLISHED
    with pytest.raises(UnableToRetireRas, match="Only a published version"):
        retire_ras(version=second, until_date=later, by=BY, at=AT)


def test_is_not_retired_in_the_past_and_one_to_come_before_it_begins() -> None:
    council = make_council()
    first = publish_ras(version=make_whole(council), effective_date=ON, by=BY, at=AT)
    second = publish_ras(version=make_whole(council), effective_date=ON + timedelta(days=5), by=BY, at=AT)
    with pytest.raises(UnableToRetireRas, match="today or a later day"):
        retire_ras(version=first, until_date=ON - timedelta(days=1), by=BY, at=AT)
    assert retire_ras(version=second, until_date=ON, by=BY, at=AT).until_date == second.effective_date
    assert ras_on(council=council, kind=RasKind.ADULT, on=ON + timedelta(days=6)) == first


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "cannot be read as TOML"),
        ('method = "bands"', "says nothing about 'title'"),
        ('title = "x"\nmethod = "else"\nquestions = []', "another form"),
        (
            'title = "x"\nmethod = "bands"\nquestions = []\ntolerance_percent = 101',
            "101 is not a whole number",
        ),
        ('title = "x"\nmethod = "bands"\nquestions = []\ntolerance_percent = true', "is not a whole number"),
        ('title = "x"\nmethod = "bands"\nquestions = ["y"]', "another form"),
        ('title = " "\nmethod = "bands"\nquestions = []', "Give this version a title"),
    ],
)
def test_a_file_that_is_none_loads_nothing(text: str, words: str) -> None:
    with pytest.raises(UnableToLoadRas, match=f"{words}.*Nothing was loaded"):
        load_ras(council=make_council(), kind=RasKind.ADULT, by=BY, at=AT, text=text)
    assert not RasVersion.objects.exists()


def test_the_command_loads_and_publishes(capsys: pytest.CaptureFixture[str]) -> None:
    make_council(code="LOAD")
    call_command("load_ras", "LOAD", "--kind", "carer")
    assert "with 8 questions: a draft." in capsys.readouterr().out
    call_command("load_ras", "LOAD", "--publish-from", "2999-01-01")
    assert "used from Tuesday 1 January 2999." in capsys.readouterr().out
    assert (
        ras_on(council=Council.objects.get(code="LOAD"), kind=RasKind.ADULT, on=date(2999, 1, 1)) is not None
    )


def test_the_command_says_why_it_cannot() -> None:
    make_council(code="LOAD")
    for arguments, words in (
        (["ELSE"], "no council with the code ELSE"),
        (["LOAD", "--publish-from", "2020-01-01"], "or any later day"),
        (["LOAD", "--file", "there/is/none.toml"], "cannot be read"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("load_ras", *arguments)
    assert not RasVersion.objects.exists()
