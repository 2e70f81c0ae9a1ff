"""What a plan costs and must show, what changed since, how versions differ, and a week's picture."""

from dataclasses import replace
from typing import Any

import pytest

from plans.rules.difference import Change, Told, difference
from plans.rules.figures import Figures, what_changed
from plans.rules.plan import (
    NeedFacts,
    PlanFacts,
    checks,
    is_near,
    is_within,
    missing,
    weekly_cost,
    year_estimate,
)
from plans.rules.week import Placed, WeekRow, week_of

NEED = NeedFacts(words="Cooking", met_by="family", who="Ana", how="With her", when_words="Mondays")
PAID = replace(NEED, met_by="service", kind="PA-HOUR", unit_pence=20_00, weekly_pence=50_00, book_pence=20_00)
FACTS = PlanFacts(
    outcomes="To cook",
    needs=[NEED],
    contingency="Ana’s brother",
    advice="The lunch club",
    involved="Amina",
    advocacy="They take part well",
    advocacy_words="Asked on 1 May",
    consent="They said yes",
    consent_words="On 1 May",
)
FIGURES = Figures(
    weekly_pence=50_00,
    one_off_pence=0,
    indicative_weekly_pence=48_00,
    tolerance_percent=10,
    prices={"PA-HOUR": 20_00},
    lead_limit_weekly_pence=0,
    panel_limit_weekly_pence=600_00,
)


def evidence(facts: PlanFacts, code: str) -> str:
    return next(check.evidence for check in checks(facts) if check.code == code)


def open_in(facts: PlanFacts) -> list[str]:
    return [check.code for check in missing(checks(facts))]


@pytest.mark.parametrize(
    ("units", "price", "pence"),
    [
        (0, 20_00, 0),
        (250, 20_00, 50_00),
        (150, 10_05, 15_08),
        (33, 1, 0),
        (50, 1, 1),
        (49, 1, 0),
        (100, 7, 7),
    ],
)
def test_costs_units_at_their_price_with_half_a_penny_up(units: int, price: int, pence: int) -> None:
    assert weekly_cost(units_hundredths=units, unit_pence=price) == pence


def test_costs_a_great_deal_to_the_penny_too() -> None:
    assert weekly_cost(units_hundredths=100, unit_pence=9_007_199_254_740_993) == 9_007_199_254_740_993


def test_estimates_a_year_as_52_weeks_and_what_is_paid_once() -> None:
    assert year_estimate(weekly_pence=344_40, one_off_pence=0) == 17_908_80
    assert year_estimate(weekly_pence=0, one_off_pence=5) == 5


@pytest.mark.parametrize(
    ("weekly", "once", "limit", "fits"),
    [(0, 0, 0, True), (1, 0, 0, False), (0, 1, 0, False), (99, 52, 100, True), (99, 53, 100, False)],
)
def test_is_within_a_limit_up_to_the_penny(weekly: int, once: int, limit: int, fits: bool) -> None:
    assert is_within(weekly_pence=weekly, one_off_pence=once, limit_weekly_pence=limit) is fits


@pytest.mark.parametrize(
    ("final", "near"), [(90_00, True), (89_99, False), (110_00, True), (110_01, False), (100_00, True)]
)
def test_is_near_within_the_tolerance_both_ends_included(final: int, near: bool) -> None:
    assert is_near(final, indicative_pence=100_00, tolerance_percent=10) is near


def test_shows_everything_once_everything_is_there() -> None:
    assert open_in(FACTS) == []
    assert [check.code for check in checks(FACTS)] == [
        *("outcomes", "eligible", "met", "told", "enough", "indicative"),
        *("contingency", "advice", "involved", "advocacy", "consent"),
    ]


@pytest.mark.parametrize("code", ["outcomes", "contingency", "advice", "involved", "advocacy", "consent"])
def test_is_open_where_nothing_is_written(code: str) -> None:
    assert open_in(without(code, "")) == [code]
    if code not in ("advocacy", "consent"):
        assert open_in(without(code, " \n")) == [code]


def test_asks_what_an_answer_rests_on() -> None:
    assert evidence(FACTS, "consent") == "They said yes: On 1 May"
    assert evidence(replace(FACTS, consent_words=" "), "consent") == "They said yes: say what this rests on."
    assert evidence(replace(FACTS, advocacy=""), "advocacy") == "Not asked yet."
    assert open_in(replace(FACTS, advocacy_words="", consent_words="")) == ["advocacy", "consent"]


def test_asks_for_a_need() -> None:
    assert open_in(replace(FACTS, needs=[])) == ["eligible", "met", "told"]
    assert evidence(replace(FACTS, needs=[]), "eligible") == "No need is written yet."
    assert evidence(replace(FACTS, needs=[NEED, replace(NEED, is_eligible=False)]), "eligible") == (
        "2 needs, 1 eligible."
    )
    assert evidence(FACTS, "eligible") == "1 need, 1 eligible."


def test_asks_for_a_need_in_every_outcome_that_was_found_eligible() -> None:
    facts = replace(FACTS, eligible_outcomes=(("nutrition", "Eating well"), ("hygiene", "Keeping clean")))
    assert evidence(facts, "eligible") == "The assessment found needs here too: Eating well, Keeping clean."
    eating = replace(NEED, outcome="nutrition")
    facts = replace(facts, needs=[eating, replace(NEED, outcome="hygiene", is_eligible=False)])
    assert evidence(facts, "eligible") == "The assessment found needs here too: Keeping clean."
    assert open_in(facts) == ["eligible"]
    assert open_in(replace(facts, needs=[eating, replace(NEED, outcome="hygiene")])) == []


def test_asks_who_how_and_when_of_eligible_needs() -> None:
    assert open_in(replace(FACTS, needs=[replace(NEED, who=" ")])) == ["met"]
    assert evidence(replace(FACTS, needs=[replace(NEED, who="")]), "met") == "Say who: “Cooking”."
    assert open_in(replace(FACTS, needs=[replace(NEED, who="", met_by="self")])) == []
    assert open_in(replace(FACTS, needs=[replace(NEED, how="")])) == ["told"]
    assert open_in(replace(FACTS, needs=[replace(NEED, when_words="")])) == ["told"]
    assert evidence(replace(FACTS, needs=[replace(NEED, how="")]), "told") == "Say how and when: “Cooking”."
    assert open_in(replace(FACTS, needs=[NEED, replace(NEED, who="", how="", is_eligible=False)])) == []
    assert (evidence(FACTS, "met"), evidence(FACTS, "told")) == (
        "Each has somebody.",
        "Each says how and when.",
    )


@pytest.mark.parametrize(
    "facts",
    [FACTS, PlanFacts(outcomes="", needs=[]), replace(FACTS, advocacy_words="", consent_words="")],
    ids=["whole", "empty", "resting on nothing"],
)
def test_names_everything_it_asks_for_with_its_place_in_the_law(facts: PlanFacts) -> None:
    assert {check.code: check.words for check in checks(facts)} == {
        "outcomes": "What matters, in their own words",
        "eligible": "Every eligible need is here (s25(1)(a), (b))",
        "met": "Somebody meets every eligible need",
        "told": "How and when each is met (s25(1)(c))",
        "enough": "The money is enough (price book)",
        "indicative": "The final budget beside the indicative one (s26)",
        "contingency": "What if something goes wrong",
        "advice": "What else can help or prevent (s25(1)(f))",
        "involved": "Who took part (s25(3))",
        "advocacy": "Advocacy considered (s67)",
        "consent": "They said yes to it",
    }


def test_says_of_an_empty_plan_what_lacks() -> None:
    empty = PlanFacts(outcomes="", needs=[])
    assert {check.code: check.evidence for check in missing(checks(empty))} == {
        "outcomes": "Their own words are missing.",
        "eligible": "No need is written yet.",
        "met": "No need yet.",
        "told": "No need yet.",
        "contingency": "Say what happens then.",
        "advice": "Say what they were told.",
        "involved": "Say who was asked and who took part.",
        "advocacy": "Not asked yet.",
        "consent": "Not asked yet.",
    }


@pytest.mark.parametrize("code", ["outcomes", "contingency", "advice", "involved"])
def test_says_that_something_is_written_without_saying_it_again(code: str) -> None:
    assert evidence(FACTS, code) == "Written."


def test_lists_each_need_that_lacks_something() -> None:
    nameless = [
        replace(PAID, who="", unit_pence=19_99),
        replace(PAID, words="Bathing", who="", unit_pence=19_98),
    ]
    facts = replace(FACTS, needs=nameless)
    assert evidence(facts, "met") == "Say who: “Cooking”, “Bathing”."
    assert evidence(facts, "enough") == (
        "“Cooking” is planned at £19.99; the price book says £20.00: raise it, or say whose price it is. "
        "“Bathing” is planned at £19.98; the price book says £20.00: raise it, or say whose price it is."
    )


def without(code: str, said: str) -> PlanFacts:
    changes: dict[str, Any] = {code: said}
    return replace(FACTS, **changes)


def paid(**changes: Any) -> PlanFacts:
    need = replace(PAID, **changes)
    return replace(FACTS, needs=[need], indicative_weekly_pence=need.weekly_pence)


def test_is_enough_at_the_price_books_price_and_not_a_penny_below() -> None:
    assert open_in(paid()) == []
    assert "£50.00 a week buys it" in evidence(paid(), "enough")
    assert evidence(FACTS, "enough") == "Nothing has to be bought."
    low = paid(unit_pence=19_99)
    assert open_in(low) == ["enough"]
    assert evidence(low, "enough") == (
        "“Cooking” is planned at £19.99; the price book says £20.00: raise it, or say whose price it is."
    )
    assert open_in(paid(unit_pence=19_99, price_from="Kind Help Ltd")) == []


def test_is_enough_only_at_a_price_that_somebody_asks() -> None:
    unknown = paid(book_pence=None)
    assert open_in(unknown) == ["enough"]
    assert "is not in the price book: say whose price it is" in evidence(unknown, "enough")
    assert open_in(paid(book_pence=None, price_from="Kind Help Ltd")) == []
    assert open_in(paid(weekly_pence=0)) == ["enough"]
    assert evidence(paid(weekly_pence=0), "enough") == "Say what it costs: “Cooking”."
    assert open_in(paid(weekly_pence=0, one_off_pence=1)) == []
    assert open_in(paid(met_by="cluster", weekly_pence=0)) == ["enough"]


def test_says_how_the_cost_stands_to_the_indicative_budget() -> None:
    near = replace(FACTS, needs=[PAID], indicative_weekly_pence=48_00, tolerance_percent=10)
    assert evidence(near, "indicative") == (
        "£50.00 a week; the indicative budget is £48.00, with 10 % either way."
    )
    far = replace(near, tolerance_percent=1)
    assert open_in(far) == ["indicative"]
    assert evidence(far, "indicative").endswith("1 % either way. Say why.")
    said = replace(far, difference_reason="Two carers at night ")
    assert open_in(said) == []
    assert evidence(said, "indicative").endswith("Because: Two carers at night")


def test_asks_why_where_there_is_no_indicative_budget_for_what_costs_something() -> None:
    assert open_in(FACTS) == []
    assert evidence(FACTS, "indicative") == "£0.00 a week; there is no indicative budget."
    assert open_in(replace(FACTS, needs=[PAID])) == ["indicative"]


def test_says_each_figure_that_changed_and_no_other() -> None:
    assert what_changed(FIGURES, FIGURES) == []
    now = Figures(
        weekly_pence=51_00,
        one_off_pence=5_00,
        indicative_weekly_pence=None,
        tolerance_percent=5,
        prices={"PA-HOUR": 21_00, "NIGHT": 90_00},
        lead_limit_weekly_pence=10_00,
        panel_limit_weekly_pence=None,
    )
    assert what_changed(FIGURES, now) == [
        "The plan’s cost a week was £50.00 and is £51.00 now.",
        "What is paid once was £0.00 and is £5.00 now.",
        "The indicative budget was £48.00 and is not set now.",
        "The difference that needs no reason was 10 % and is 5 % now.",
        "The price of NIGHT was not set and is £90.00 now.",
        "The price of PA-HOUR was £20.00 and is £21.00 now.",
        "What a lead may agree alone was £0.00 and is £10.00 now.",
        "What goes to the panel was £600.00 and is not set now.",
    ]


def test_lays_two_versions_side_by_side() -> None:
    then = Told(
        words={"What matters": "Cooking", "Cost": "£1.00"},
        needs={"a": {"How": "Alone", "Cost": ""}, "b": {"How": "Together"}, "c": {"How": "Same"}},
        named={"a": "Cooking", "b": "Swimming", "c": "Reading"},
    )
    now = Told(
        words={"What matters": "Cooking", "Cost": "£2.00"},
        needs={
            "a": {"How": "With Ana", "Cost": ""},
            "c": {"How": "Same"},
            "d": {"How": "By bus", "When": ""},
        },
        named={"a": "Cooking more", "c": "Reading", "d": "Going out"},
    )
    found = difference(then, now)
    assert found.words == [Change("Cost", "£1.00", "£2.00")]
    assert [(need.words, need.changes) for need in found.added] == [
        ("Going out", [Change("How", "", "By bus")])
    ]
    assert [(need.words, need.changes) for need in found.removed] == [
        ("Swimming", [Change("How", "Together", "")])
    ]
    assert [(need.words, need.changes) for need in found.changed] == [
        ("Cooking more", [Change("How", "Alone", "With Ana")])
    ]
    assert not found.is_none
    assert difference(now, now).is_none


def test_knows_a_need_again_that_was_written_anew_in_the_same_words() -> None:
    then = Told(words={}, needs={"a": {"How": "Alone"}}, named={"a": "Lunch at the club"})
    now = Told(
        words={},
        needs={"b": {"How": "With Ana"}, "c": {"How": "Alone"}},
        named={"b": "lunch at  the club", "c": "Lunch at the club"},
    )
    found = difference(then, now)
    assert found.removed == []
    assert len(found.added) + len(found.changed) == 1
    assert difference(
        then, Told(words={}, needs={"b": {"How": "Alone"}}, named={"b": "lunch at the club"})
    ).is_none


@pytest.mark.parametrize(("then", "now"), [({"When": ""}, {}), ({}, {"When": ""})])
def test_takes_what_is_left_out_and_what_is_empty_for_the_same(
    then: dict[str, str], now: dict[str, str]
) -> None:
    assert difference(Told(words=then, needs={}, named={}), Told(words=now, needs={}, named={})).is_none


def test_draws_a_week() -> None:
    rows = week_of(
        [
            Placed("Help", [1, 3], ["evening"]),
            Placed("Walk", [3, 7], []),
            Placed("Nowhere", [], ["night"]),
            Placed("Tea", [3], ["evening", "morning"]),
        ]
    )
    assert rows == [
        WeekRow("morning", [[], [], ["Walk", "Tea"], [], [], [], ["Walk"]]),
        WeekRow("evening", [["Help"], [], ["Help", "Tea"], [], [], [], []]),
    ]
    assert week_of([]) == []
