"""The pages on which a council writes, tries and publishes how budgets are worked out."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.actions import work
from jobs.models import Job
from people.models import RoleKind, User
from plans.actions.ras import preview_chunk, preview_ras
from plans.models import RasKind, RasState, RasVersion
from plans.queries import questions_of
from tests.cast import Cast, make_cast
from tests.people.makers import make_user_with_role
from tests.plans.asking import make_past_case, make_ras, make_ras_draft
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def ada(cast: Cast) -> User:
    """Somebody who administers the council."""
    return make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR)


def at(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=args)


def form_of(user: User, address: str) -> dict[str, str]:
    """What a page's form says as it is shown, so that it can be sent back."""
    form = as_user(user).get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    prepared = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    return {name: "" if value is None else str(value) for name, value in prepared.items()}


def test_begins_with_the_open_one_and_goes_on_with_copies(cast: Cast, ada: User) -> None:
    assert "No version is in use today" in seen(ada, at("ras"))
    begun = answered(ada, at("ras-draft"), kind="adult")
    assert "Open RAS for adults, version 1" in begun
    assert "What is missing" not in begun
    again = answered(ada, at("ras-draft"), kind="adult")
    assert "A version is being written already" in again
    draft = RasVersion.objects.get(council=cast.council)
    today = timezone.localdate().isoformat()
    assert "For new assessments from" in answered(ada, at("ras-publish", draft.pk), day=today)
    assert "In use" in seen(ada, at("ras"))
    copied = answered(ada, at("ras-draft"), kind="adult")
    assert "What changed since version 1" in copied
    second = RasVersion.objects.get(council=cast.council, state=RasState.DRAFT)
    assert "Nothing is different yet" in seen(ada, at("ras-changes", second.pk))


def test_writes_its_terms(cast: Cast, ada: User) -> None:
    draft = make_ras_draft(council=cast.council)
    address = at("ras-terms", draft.pk)
    said = form_of(ada, address) | {"title": "Ours", "unpaid_hour_pence": "4.50", "tolerance_percent": "7"}
    assert "Ours, version 1" in answered(ada, address, **said)
    draft.refresh_from_db()
    assert (draft.title, draft.unpaid_hour_pence, draft.tolerance_percent) == ("Ours", 4_50, 7)
    assert "Write a whole number from 0 to 100." in answered(
        ada, address, **said | {"tolerance_percent": "101"}
    )


def test_changes_a_question_and_knows_its_answers_again(cast: Cast, ada: User) -> None:
    old = make_ras(council=cast.council)
    answered(ada, at("ras-draft"), kind="adult")
    draft = RasVersion.objects.get(council=cast.council, state=RasState.DRAFT)
    question = questions_of(draft)[0]
    address = at("ras-question", question.pk)
    said = form_of(ada, address) | {
        "option2_points": "8",
        "option4_words": "Always",
        "option4_easy": "Always",
        "option4_points": "30",
    }
    answered(ada, address, **said)
    before, now = questions_of(old)[0], questions_of(draft)[0]
    assert [option.points for option in now.options.all()] == [0, 8, 20, 30]
    assert [option.origin for option in now.options.all()][:3] == [one.origin for one in before.options.all()]
    changed = seen(ada, at("ras-changes", draft.pk))
    for words in ("Always [Always]: 30 points", "7 points", "8 points"):
        assert words in changed


def test_adds_a_question_under_an_outcome_and_removes_it(cast: Cast, ada: User) -> None:
    draft = make_ras_draft(council=cast.council)
    address = at("ras-new-question", draft.pk, "work")
    said = {"outcome": "work", "words": "Can you work?", "easy_words": "Work?"}
    options = {
        "option1_words": "Yes",
        "option1_easy": "Yes",
        "option1_points": "0",
        "option2_words": "No",
        "option2_points": "4",
    }
    refused = answered(ada, address, **said, **options)
    assert '<a href="#id_option2_easy">Write the answer in easy words too.' in refused
    long = answered(ada, address, **said | {"easy_words": "word " * 16}, **options, option2_easy="No")
    assert "too long for easy words" in long
    assert "Can you work?" in answered(ada, address, **said, **options, option2_easy="No")
    question = draft.questions.get(outcome="work")
    assert "Can you work?" not in answered(ada, at("ras-drop-question", question.pk))


def test_writes_bands_and_prices(cast: Cast, ada: User) -> None:
    draft = make_ras_draft(council=cast.council)
    address = at("ras-bands", draft.pk)
    said = form_of(ada, address)
    assert "Write how much a week it is." in answered(ada, address, **said | {"band5_points": "60"})
    answered(
        ada,
        address,
        **said | {"band5_points": "60", "band5_weekly": "700", "band2_points": "", "band2_weekly": ""},
    )
    assert list(draft.bands.values_list("from_points", "weekly_pence")) == [
        (0, 0),
        (20, 250_00),
        (40, 520_00),
        (60, 700_00),
    ]
    assert "Two bands begin at the same points" in answered(ada, address, **said | {"band2_points": "0"})
    address = at("ras-prices", draft.pk)
    answered(ada, address, **{"PA-HOUR": "", "NIGHT": "99.50"})
    assert list(draft.prices.values_list("kind", "unit_pence")) == [("NIGHT", 99_50)]


def test_says_what_is_missing_and_publishes_nothing_before(cast: Cast, ada: User) -> None:
    draft = make_ras_draft(council=cast.council)
    assert "Nothing asks about “Working, learning or volunteering”" in seen(ada, at("ras-version", draft.pk))
    address = at("ras-publish", draft.pk)
    assert "It cannot be published yet" in seen(ada, address)
    answered(ada, address, day=timezone.localdate().isoformat())
    draft.refresh_from_db()
    assert draft.is_draft


def test_stops_using_a_version_once_another_takes_its_place(cast: Cast, ada: User) -> None:
    first = make_ras(council=cast.council)
    second = make_ras(council=cast.council, effective_date=date(2026, 4, 2))
    today = timezone.localdate().isoformat()
    assert "No longer used" in answered(ada, at("ras-retire", second.pk), day=today)
    refused = answered(ada, at("ras-retire", first.pk), day=today)
    assert '<a href="#id_day">New assessments from' in refused
    assert "Write a day" in answered(ada, at("ras-retire", first.pk), day="soon")


def test_shows_who_would_gain_and_who_would_lose(cast: Cast, ada: User) -> None:
    version = make_ras(council=cast.council)
    for _ in range(6):
        make_past_case(version=version, lead=cast.priya)
    draft = RasVersion.objects.get(
        pk=as_user(ada).post(at("ras-draft"), {"kind": "adult"}).headers["Location"].split("/")[-2]
    )
    address = at("ras-preview", draft.pk)
    assert "Work it out" in seen(ada, address)
    assert "Waiting for its turn" in answered(ada, address)
    job = Job.objects.get(kind="plans.ras_preview")
    work(job.pk, preview_ras)
    work(job.parts.get().pk, preview_chunk)
    work(job.pk, preview_ras)
    shown = seen(ada, address)
    for words in ("Would gain", "Everybody", "Age not known", "£300 to £599.99", "Work it out again"):
        assert words in shown


def test_a_published_version_is_only_read(cast: Cast, ada: User) -> None:
    version = make_ras(council=cast.council)
    shown = seen(ada, at("ras-version", version.pk))
    assert "Stop using it" in shown
    assert "Add a question" not in shown
    for name in ("ras-terms", "ras-bands", "ras-prices", "ras-publish"):
        assert seen(ada, at(name, version.pk)) == "404"
    assert seen(ada, at("ras-question", questions_of(version)[0].pk)) == "404"
    assert seen(ada, at("ras-new-question", version.pk, "work")) == "404"


def test_is_only_for_who_administers_the_council(cast: Cast, ada: User) -> None:
    away = make_cast(name="Awayshire Council")
    away_ada = make_user_with_role(council=away.council, kind=RoleKind.ADMINISTRATOR)
    version = make_ras(council=cast.council)
    for address in (at("ras"), at("ras-version", version.pk), at("ras-preview", version.pk)):
        for stranger in (cast.carol, cast.priya, cast.amina_user):
            assert seen(stranger, address) == "404"
    assert seen(away_ada, at("ras-version", version.pk)) == "404"
    assert as_user(cast.carol).post(at("ras-draft"), {"kind": "adult"}).status_code == 404
    assert as_user(ada).post(at("ras-draft"), {"kind": "else"}).status_code == 404
    assert not RasVersion.objects.filter(council=cast.council, state=RasState.DRAFT).exists()


def test_asks_the_database_seldom(cast: Cast, ada: User, django_assert_max_num_queries: Any) -> None:
    make_ras(council=cast.council)
    make_ras_draft(council=cast.council, kind=RasKind.CARER)
    answered(ada, at("ras-draft"), kind="adult")
    draft = RasVersion.objects.get(council=cast.council, kind=RasKind.ADULT, state=RasState.DRAFT)
    visitor = as_user(ada)
    names = (
        "ras-version",
        "ras-changes",
        "ras-terms",
        "ras-bands",
        "ras-prices",
        "ras-preview",
        "ras-publish",
    )
    addresses = [
        at("ras"),
        *(at(name, draft.pk) for name in names),
        at("ras-question", questions_of(draft)[0].pk),
    ]
    for address in addresses:
        visitor.get(address)
        with django_assert_max_num_queries(12):
            assert visitor.get(address).status_code == 200
