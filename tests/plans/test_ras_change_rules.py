"""What a version lacks before it is published, and what changed since the one before, in words."""

from dataclasses import replace

import pytest

from plans.rules.outcomes import (
    ADULT,
    ADULT_OUTCOMES,
    CARER,
    CARER_OUTCOMES,
    OUTCOMES,
    outcome_of,
    outcomes_of,
)
from plans.rules.ras import BANDS, PRICE_BOOK, Asked, Band, Change, Offered, Shape, changes_between, faults_of

YES = Offered("o1", "Alone", "I can", 0)
NO = Offered("o2", "With help", "I need help", 5)
EATING = Asked("q1", "nutrition", "Do you eat well?", "Eating?", "", "", (YES, NO))
BATHING = Asked("q2", "hygiene", "Can you wash?", "Washing?", "", "", (YES, NO))
OLD = Shape(method=BANDS, questions=(EATING, BATHING), bands=(Band(0, 0), Band(5, 80_00)))


def whole(whose: str = ADULT, *, method: str = BANDS) -> Shape:
    asked = [
        EATING._replace(origin=one.code, outcome=one.code, words=f"About {one.code}", price="PA-HOUR")
        for one in outcomes_of(whose)
    ]
    return Shape(method=method, questions=asked, bands=(Band(0, 0), Band(5, 80_00)))


def with_bands(*bands: Band) -> list[str]:
    return faults_of(replace(whole(), bands=bands), whose=ADULT)


def test_knows_the_ten_outcomes_of_adults_and_the_eight_of_carers() -> None:
    assert (len(ADULT_OUTCOMES), len(CARER_OUTCOMES)) == (10, 8)
    assert len({outcome.code for outcome in OUTCOMES}) == 18
    assert outcomes_of(CARER) == CARER_OUTCOMES
    assert outcomes_of(ADULT) == ADULT_OUTCOMES
    assert outcome_of("work").words == "Working, learning or volunteering"
    assert outcome_of("carer-free-time").easy_words == "Fun and rest"


@pytest.mark.parametrize("whose", [ADULT, CARER])
@pytest.mark.parametrize("method", [BANDS, PRICE_BOOK])
def test_what_is_whole_lacks_nothing(whose: str, method: str) -> None:
    assert faults_of(whole(whose, method=method), whose=whose) == []


def test_every_outcome_of_the_law_is_asked_about() -> None:
    shape = whole()
    assert faults_of(replace(shape, questions=shape.questions[1:]), whose=ADULT) == [
        "Nothing asks about “Eating and drinking well”. The law asks about it, so add a question."
    ]


def test_a_question_has_two_answers_and_one_of_them_costs_nothing() -> None:
    shape = whole()
    first = shape.questions[0]
    one = replace(shape, questions=[first._replace(options=(YES,)), *shape.questions[1:]])
    assert faults_of(one, whose=ADULT) == ["“About nutrition” needs at least two answers to choose from."]
    none = replace(shape, questions=[first._replace(options=()), *shape.questions[1:]])
    assert faults_of(none, whose=ADULT) == ["“About nutrition” needs at least two answers to choose from."]
    dear = (NO._replace(points=1), NO)
    never = replace(shape, questions=[first._replace(options=dear), *shape.questions[1:]])
    assert faults_of(never, whose=ADULT) == [
        "“About nutrition” needs an answer with 0 points, for who manages alone."
    ]


def test_with_a_price_book_every_question_says_what_its_points_buy() -> None:
    shape = whole(method=PRICE_BOOK)
    free = replace(shape, questions=[shape.questions[0]._replace(price=""), *shape.questions[1:]], bands=())
    assert faults_of(free, whose=ADULT) == [
        "“About nutrition” has no price: say which kind of help its points buy."
    ]
    assert faults_of(replace(free, method=BANDS, bands=whole().bands), whose=ADULT) == []


@pytest.mark.parametrize("bands", [(), (Band(1, 0),), (Band(0, 1),)])
def test_bands_begin_at_nothing(bands: tuple[Band, ...]) -> None:
    assert with_bands(*bands) == ["The first band must begin at 0 points and be £0.00 a week."]


def test_more_points_never_mean_less_money() -> None:
    words = "The band from 9 points must be more than £80.00 a week: more points never mean less money."
    for pence in (80_00, 79_99):
        assert with_bands(Band(9, pence), Band(0, 0), Band(5, 80_00)) == [words]
    assert with_bands(Band(9, 80_01), Band(0, 0), Band(5, 80_00)) == []


def test_nothing_changed_is_nothing_said() -> None:
    assert changes_between(OLD, OLD) == []


def test_says_what_changed_in_a_question_and_its_answers() -> None:
    new = EATING._replace(
        words="Do you eat enough?",
        easy_words="Food?",
        help_words="Think of a week",
        outcome="home",
        price="MEAL",
        options=(YES, NO._replace(points=6)),
    )
    assert changes_between(OLD, replace(OLD, questions=(new, BATHING))) == [
        Change("“Do you eat enough?”: words", "Do you eat well?", "Do you eat enough?"),
        Change("“Do you eat enough?”: easy words", "Eating?", "Food?"),
        Change("“Do you eat enough?”: help", "", "Think of a week"),
        Change(
            "“Do you eat enough?”: outcome",
            "Eating and drinking well",
            "Keeping my home clean and fit to live in",
        ),
        Change("“Do you eat enough?”: what its points buy", "", "MEAL"),
        Change(
            "“Do you eat enough?”: an answer",
            "With help [I need help]: 5 points",
            "With help [I need help]: 6 points",
        ),
    ]


def test_says_what_is_new_and_what_is_gone() -> None:
    dressing = BATHING._replace(origin="q3", words="Can you dress?")
    more = Offered("o3", "Always", "All the time", 9)
    new = replace(OLD, questions=(EATING._replace(options=(NO, more)), dressing))
    said = "Alone [I can]: 0 points; With help [I need help]: 5 points"
    assert changes_between(OLD, new) == [
        Change("“Do you eat well?”: an answer", "", "Always [All the time]: 9 points"),
        Change("“Do you eat well?”: an answer", "Alone [I can]: 0 points", ""),
        Change("A new question", "", f"Can you dress? ({said})"),
        Change("A question that is gone", f"Can you wash? ({said})", ""),
    ]


def test_says_when_the_order_is_another() -> None:
    turned = EATING._replace(options=(NO, YES))
    assert changes_between(OLD, replace(OLD, questions=(BATHING, turned))) == [
        Change(
            "“Do you eat well?”: order of the answers",
            "Alone [I can]: 0 points; With help [I need help]: 5 points",
            "With help [I need help]: 5 points; Alone [I can]: 0 points",
        ),
        Change(
            "Order of the questions", "Do you eat well?; Can you wash?", "Can you wash?; Do you eat well?"
        ),
    ]


def test_says_what_changed_in_terms_bands_and_prices() -> None:
    old = replace(OLD, terms={"Tolerance": "10%", "Notes": "x"}, prices={"Meals": "£9.00", "Help": "£20.00"})
    new = replace(
        OLD,
        terms={"Tolerance": "15%", "Notes": "x"},
        bands=(Band(0, 0), Band(5, 90_00), Band(9, 99_00)),
        prices={"Meals": "£9.50"},
    )
    assert changes_between(old, new) == [
        Change("Tolerance", "10%", "15%"),
        Change("Band from 5 points", "£80.00", "£90.00"),
        Change("Band from 9 points", "", "£99.00"),
        Change("Price of “Meals”", "£9.00", "£9.50"),
        Change("Price of “Help”", "£20.00", ""),
    ]
