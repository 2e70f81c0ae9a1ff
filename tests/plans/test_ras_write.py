"""Writing a version of a resource allocation system: a copy of the last, question by question."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from people.models import Council, RoleKind, User
from plans.actions.ras import (
    OptionInWords,
    PriceInWords,
    QuestionInWords,
    RasTerms,
    UnableToWriteRas,
    draft_ras,
    drop_question,
    set_bands,
    set_prices,
    set_terms,
    write_question,
)
from plans.models import RasKind, RasMethod, RasState
from plans.queries import questions_of, shape_of
from plans.rules.ras import Band, changes_between
from tests.people.makers import make_commissioner, make_council, make_user_with_role
from tests.plans.asking import make_ras, make_ras_draft

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ALONE = OptionInWords(words="Alone", easy_words="Alone", points=0)
HELPED = OptionInWords(words="With help", easy_words="With help", points=5)
SAID = QuestionInWords(
    outcome="work",
    words="Can you work?",
    easy_words="Work?",
    options=(ALONE, HELPED),
    help_words="As you like",
)


def make_ada(council: Council) -> User:
    return make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)


def test_a_new_version_is_a_copy_in_which_everything_is_known_again() -> None:
    council = make_council()
    old = make_ras(council=council, method=RasMethod.PRICE_BOOK, unpaid_hour_pence=5, unpaid_most_percent=3)
    new = draft_ras(council=council, kind=RasKind.ADULT, by=make_ada(council), at=AT, copy_of=old)
    assert (new.number, new.state, new.copied_from, new.made_at) == (2, RasState.DRAFT, old, AT)
    assert (new.unpaid_hour_pence, new.unpaid_most_percent) == (5, 3)
    assert changes_between(shape_of(old), shape_of(new)) == []
    assert [one.price and one.price.version_id for one in questions_of(new)] == [new.pk, new.pk]
    assert len(questions_of(old)) == len(questions_of(new)) == 2
    assert old.prices.count() == new.prices.count() == 1


def test_may_begin_empty() -> None:
    council = make_council()
    new = draft_ras(council=council, kind=RasKind.CARER, by="system:tests", at=AT)
    assert (new.number, questions_of(new), new.made_by) == (1, [], "system:tests")


def test_one_is_written_at_a_time_and_of_one_s_own() -> None:
    council = make_council()
    ada = make_ada(council)
    carers, away = make_ras(council=council, kind=RasKind.CARER), make_ras(council=make_council())
    for other in (carers, away):
        with pytest.raises(UnableToWriteRas, match="for the same people"):
            draft_ras(council=council, kind=RasKind.ADULT, by=ada, at=AT, copy_of=other)
    draft_ras(council=council, kind=RasKind.ADULT, by=ada, at=AT)
    with pytest.raises(UnableToWriteRas, match="being written already"):
        draft_ras(council=council, kind=RasKind.ADULT, by=ada, at=AT)


def test_is_for_who_administers_this_council() -> None:
    council = make_council()
    draft = make_ras_draft(council=council)
    for stranger in (make_commissioner(council=council), make_ada(make_council()), "user:1"):
        with pytest.raises(UnableToWriteRas, match="Only those who administer"):
            set_terms(version=draft, terms=RasTerms(title="x"), by=stranger)


def test_changes_its_terms() -> None:
    council = make_council()
    draft = make_ras_draft(council=council)
    terms = RasTerms(
        title="Ours",
        notes="For all",
        method=RasMethod.PRICE_BOOK,
        tolerance_percent=1,
        moderation_percent=2,
        unpaid_hour_pence=3,
        unpaid_most_percent=4,
    )
    set_terms(version=draft, terms=terms, by=make_ada(council))
    draft.refresh_from_db()
    assert RasTerms(**{name: getattr(draft, name) for name in RasTerms.__dataclass_fields__}) == terms
    with pytest.raises(UnableToWriteRas, match="title"):
        set_terms(version=draft, terms=replace(terms, title=" "), by=make_ada(council))


def test_writes_a_question_where_its_outcome_stands() -> None:
    council = make_council()
    ada = make_ada(council)
    draft = draft_ras(council=council, kind=RasKind.ADULT, by=ada, at=AT)
    second = write_question(version=draft, said=SAID, by=ada)
    third = write_question(version=draft, said=SAID, by=ada)
    first = write_question(version=draft, said=replace(SAID, outcome="nutrition"), by=ada)
    assert questions_of(draft) == [first, second, third]
    assert [(option.words, option.points) for option in second.options.all()] == [
        ("Alone", 0),
        ("With help", 5),
    ]
    moved = write_question(version=draft, said=replace(SAID, outcome="own-child"), by=ada, question=second)
    assert questions_of(draft) == [first, third, moved]


def test_keeps_what_is_known_when_a_question_is_said_otherwise() -> None:
    council = make_council()
    ada = make_ada(council)
    draft = make_ras_draft(council=council)
    question = questions_of(draft)[0]
    known = question.options.all()[1].origin
    options = (ALONE, replace(HELPED, origin=known), replace(HELPED, origin=uuid4()))
    said = replace(SAID, outcome="nutrition", options=options, price_kind="PA-HOUR")
    again = write_question(version=draft, said=said, by=ada, question=question)
    assert (again.origin, again.position, again.words) == (
        question.origin,
        question.position,
        "Can you work?",
    )
    assert again.price is not None
    origins = [option.origin for option in again.options.all()]
    assert origins[1] == known
    assert origins[2] != options[2].origin, "an origin that this question never had is not taken over"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (replace(SAID, outcome="carer-work"), "outcomes that the law asks about"),
        (replace(SAID, easy_words=" "), "usual and in easy words"),
        (replace(SAID, options=(ALONE, replace(HELPED, easy_words=""))), "usual and in easy words"),
        (replace(SAID, easy_words="word " * 16), "too long for easy words"),
        (replace(SAID, options=(ALONE, replace(HELPED, easy_words="word " * 16))), "too long for easy words"),
        (replace(SAID, price_kind="NIGHT"), "has no price yet"),
    ],
)
def test_refuses_a_question_that_cannot_be_asked(said: QuestionInWords, words: str) -> None:
    with pytest.raises(UnableToWriteRas, match=words):
        write_question(version=make_ras_draft(council=make_council()), said=said, by="system:tests")


def test_drops_a_question() -> None:
    draft = make_ras_draft(council=make_council())
    first, second = questions_of(draft)
    drop_question(question=first, by="system:tests")
    assert questions_of(draft) == [second]


def test_replaces_bands() -> None:
    draft = make_ras_draft(council=make_council())
    set_bands(version=draft, bands=[Band(0, 0), Band(3, 5)], by="system:tests")
    assert list(draft.bands.values_list("from_points", "weekly_pence")) == [(0, 0), (3, 5)]
    with pytest.raises(UnableToWriteRas, match="same points"):
        set_bands(version=draft, bands=[Band(3, 0), Band(3, 5)], by="system:tests")


def test_a_price_that_goes_leaves_its_questions_without_one() -> None:
    draft = make_ras_draft(council=make_council(), method=RasMethod.PRICE_BOOK)
    kept = draft.prices.get()
    prices = [PriceInWords(kind="PA-HOUR", unit_pence=21_00), PriceInWords(kind="NIGHT", unit_pence=90_00)]
    set_prices(version=draft, prices=prices, by="system:tests")
    assert draft.prices.get(kind="PA-HOUR").pk == kept.pk
    assert draft.prices.get(kind="NIGHT").unit == "night"
    assert {one.price and one.price.unit_pence for one in questions_of(draft)} == {21_00}
    set_prices(version=draft, prices=prices[1:], by="system:tests")
    assert [one.price for one in questions_of(draft)] == [None, None]
    for wrong, words in (
        (prices[1:] * 2, "two prices"),
        ([PriceInWords(kind="NIGHT", unit_pence=0)], "above nothing"),
    ):
        with pytest.raises(UnableToWriteRas, match=words):
            set_prices(version=draft, prices=wrong, by="system:tests")


def test_what_is_published_is_not_written_any_more() -> None:
    version = make_ras(council=make_council())
    question = questions_of(version)[0]
    by = "system:tests"
    for write in (
        lambda: set_terms(version=version, terms=RasTerms(title="x"), by=by),
        lambda: write_question(version=version, said=SAID, by=by),
        lambda: drop_question(question=question, by=by),
        lambda: set_bands(version=version, bands=[], by=by),
        lambda: set_prices(version=version, prices=[], by=by),
    ):
        with pytest.raises(UnableToWriteRas, match="stays as it is"):
            write()
