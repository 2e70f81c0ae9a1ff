"""What no row of plans may say, what no two may say alike, and what is kept: tried on the tables, one at a time."""

from tests.guards import SEALED
from tests.rows import KeptRows, Values

AT, DAY, BEFORE = "2026-05-02T09:00Z", "2026-05-02", "2026-04-30"
THING, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
OPEN = {"outcome": "", "answer": ""}
ANSWERED = {"outcome": "upheld", "answer": "Yes", "answered_at": AT, "answered_by_id": THING}
FINISHED = {"state": "finished", "finished_at": AT, "finished_by_id": THING, "is_eligible": True}
REOPENED = {"state": "reopened", "reopened_at": AT, "reopen_reason": "Consent is over", "again_by_date": DAY}
PUBLISHED = {
    "state": "published",
    "published_at": AT,
    "published_by": "user:1",
    "effective_date": DAY,
}
RETIRED = {**PUBLISHED, "state": "retired", "retired_at": AT, "retired_by": "user:1", "until_date": DAY}
# What a row of each table has to say to be taken, beside something in every column.
GOOD: dict[str, Values] = {
    "answer": {"by_whom": "own"},
    "assessment": {"kind": "adult", "state": "open"},
    "bestinterest": {"consulted": "", "advocate": "Asked for"},
    "capacitychallenge": OPEN,
    "challenge": OPEN,
    "edit": {},
    "indicativebudget": {
        "unpaid_care_pence": 0,
        "moderation_pence": 0,
        "weekly_pence": 1,
        "is_current": True,
    },
    "indicativeline": {},
    "need": {
        "met_by": "service",
        "days": [1, 7],
        "parts": ["night"],
        "units_weekly_hundredths": 100,
        "one_off_pence": 0,
    },
    "plan": {"kind": "adult", "state": "draft", "advocacy": "", "consent": ""},
    "planfile": {"content": SEALED.encode()},
    "planstep": {"from_state": "draft", "to_state": "submitted"},
    "priceitem": {},
    "rasband": {},
    "rasoption": {},
    "rasquestion": {"outcome": "home"},
    "rasversion": {
        "kind": "adult",
        "state": "draft",
        "method": "bands",
        "published_by": "",
        "retired_by": "",
    },
    "review": {"reason": "planned", "needs_met": "fully", "result": "same"},
    "reviewcall": {"reason": "hospital"},
    "unpaidcare": {},
}
# The rule, its table, and what breaks it.
CHECKS: list[tuple[str, str, Values]] = [
    ("answer_is_somebodys", "answer", {"by_whom": "nobody"}),
    ("assessment_names_the_carer_it_is_of", "assessment", {"carer_id": THING}),
    ("assessment_names_the_carer_it_is_of", "assessment", {"kind": "carer"}),
    ("assessment_says_who_finished_it", "assessment", {**FINISHED, "finished_by_id": None}),
    ("assessment_says_who_finished_it", "assessment", {**FINISHED, "finished_at": None}),
    ("assessment_says_who_finished_it", "assessment", {**FINISHED, "is_eligible": None}),
    ("assessment_says_why_it_is_open_again", "assessment", {**REOPENED, "reopen_reason": ""}),
    ("assessment_says_why_it_is_open_again", "assessment", {**REOPENED, "reopened_at": None}),
    ("assessment_says_why_it_is_open_again", "assessment", {**REOPENED, "again_by_date": None}),
    ("assessment_state_is_known", "assessment", {"state": "lost"}),
    *(
        ("bestinterest_says_what_and_why", "bestinterest", {said: ""})
        for said in ("wishes", "options", "decision", "reason")
    ),
    ("bestinterest_asks_somebody", "bestinterest", {"advocate": ""}),
    ("capacitychallenge_changes_only_when_upheld", "capacitychallenge", {"led_to_id": THING}),
    ("capacitychallenge_is_answered_whole", "capacitychallenge", {"answer": "Yes"}),
    ("capacitychallenge_is_answered_whole", "capacitychallenge", {**ANSWERED, "answered_by_id": None}),
    ("capacitychallenge_is_answered_whole", "capacitychallenge", {**ANSWERED, "answer": ""}),
    ("capacitychallenge_is_answered_whole", "capacitychallenge", {**ANSWERED, "outcome": "maybe"}),
    ("capacitychallenge_says_something", "capacitychallenge", {"words": ""}),
    ("challenge_changes_only_when_upheld", "challenge", {"led_to_id": THING}),
    ("challenge_is_answered_whole", "challenge", {"answer": "Yes"}),
    ("challenge_is_answered_whole", "challenge", {**ANSWERED, "answered_by_id": None}),
    ("challenge_is_answered_whole", "challenge", {**ANSWERED, "answer": ""}),
    ("challenge_is_answered_whole", "challenge", {**ANSWERED, "outcome": "maybe"}),
    ("challenge_says_something", "challenge", {"words": ""}),
    ("indicative_adds_up", "indicativebudget", {"weekly_pence": 2}),
    (
        "indicative_says_why_it_was_moved",
        "indicativebudget",
        {"moderation_pence": 1, "weekly_pence": 2, "moderation_reason": ""},
    ),
    (
        "indicative_takes_off_for_hours_only",
        "indicativebudget",
        {"unpaid_care_pence": 1, "weekly_pence": 0, "unpaid_hours": 0},
    ),
    ("need_costs_its_units_at_their_price", "need", {"weekly_pence": 2}),
    ("need_costs_nothing_below_zero", "need", {"unit_pence": -1, "weekly_pence": 0}),
    ("need_costs_nothing_below_zero", "need", {"one_off_pence": -1}),
    ("need_is_met_by_somebody", "need", {"met_by": "nobody"}),
    ("need_is_paid_for_where_it_costs", "need", {"met_by": "self"}),
    ("need_stands_in_a_week", "need", {"days": [8]}),
    ("need_stands_in_a_week", "need", {"parts": ["noon"]}),
    ("plan_advocacy_is_known", "plan", {"advocacy": "maybe"}),
    ("plan_consent_is_known", "plan", {"consent": "maybe"}),
    ("plan_indicative_is_not_below_zero", "plan", {"indicative_weekly_pence": -1}),
    ("plan_is_agreed_before_it_is_given", "plan", {"given_at": AT, "given_by_id": THING}),
    ("plan_is_agreed_before_it_is_given", "plan", {"given_at": AT, "state": "agreed"}),
    ("plan_kind_is_known", "plan", {"kind": "pet"}),
    ("plan_names_the_carer_it_is_of", "plan", {"carer_id": THING}),
    ("plan_names_the_carer_it_is_of", "plan", {"kind": "carer"}),
    ("plan_says_when_it_was_agreed", "plan", {"state": "agreed"}),
    ("plan_says_who_agreed_it", "plan", {"state": "agreed", "agreed_at": AT}),
    ("plan_says_why_it_was_returned", "plan", {"state": "returned", "return_reason": ""}),
    ("plan_state_is_known", "plan", {"state": "lost"}),
    ("file_is_sealed", "planfile", {"content": b"%PDF-1.7"}),
    ("step_is_known", "planstep", {"from_state": "nowhere"}),
    ("step_is_known", "planstep", {"to_state": "nowhere"}),
    ("step_of_a_panel_says_why", "planstep", {"from_state": "panel", "reason": ""}),
    ("step_says_why", "planstep", {"to_state": "returned", "reason": ""}),
    ("step_says_why", "planstep", {"to_state": "panel", "reason": ""}),
    ("priceitem_costs_something", "priceitem", {"unit_pence": 0}),
    ("rasoption_points_are_few", "rasoption", {"points": 1_001}),
    ("rasoption_speaks_in_both_words", "rasoption", {"words": ""}),
    ("rasoption_speaks_in_both_words", "rasoption", {"easy_words": ""}),
    ("rasquestion_asks_in_both_words", "rasquestion", {"words": ""}),
    ("rasquestion_asks_in_both_words", "rasquestion", {"easy_words": ""}),
    ("rasquestion_is_of_a_known_outcome", "rasquestion", {"outcome": "wealth"}),
    ("ras_ends_after_it_begins", "rasversion", {**RETIRED, "until_date": BEFORE}),
    ("ras_is_of_a_known_kind", "rasversion", {"kind": "pet"}),
    ("ras_method_is_known", "rasversion", {"method": "dice"}),
    *(
        ("ras_percents_are_parts_of_a_hundred", "rasversion", {f"{percent}_percent": 101})
        for percent in ("tolerance", "moderation", "unpaid_most")
    ),
    *(
        ("ras_says_who_published_it_and_from_when", "rasversion", {**PUBLISHED, **wrong})
        for wrong in (
            {"published_by": ""},
            {"published_at": None},
            {"effective_date": None},
            {"state": "draft"},
        )
    ),
    *(
        ("ras_says_who_retired_it_and_when", "rasversion", {**RETIRED, **wrong})
        for wrong in ({"retired_by": ""}, {"retired_at": None}, {"until_date": None}, {"state": "published"})
    ),
    ("ras_state_is_known", "rasversion", {"state": "lost"}),
    ("review_has_a_known_reason", "review", {"reason": "whim"}),
    ("review_says_what_follows", "review", {"result": "maybe"}),
    ("review_says_what_was_found", "review", {"words": ""}),
    ("review_says_whether_needs_were_met", "review", {"needs_met": "maybe"}),
    ("call_has_a_known_reason", "reviewcall", {"reason": "planned"}),
    ("call_says_why", "reviewcall", {"words": ""}),
    ("unpaidcare_counts_something", "unpaidcare", {"hours_weekly": 0}),
]
# The rule, its table, what two rows would have in common, and what the second has apart from the first where it must.
ONCE: list[tuple[str, str, Values, Values]] = [
    ("answer_is_one_of_each", "answer", {"assessment_id": THING, "question_id": OTHER}, {}),
    ("assessment_is_written_one_at_a_time", "assessment", {"person_id": THING}, {}),
    ("capacitychallenge_waits_once", "capacitychallenge", {"capacity_id": THING}, {}),
    ("challenge_waits_once_a_line", "challenge", {"indicative_id": THING}, {}),
    ("challenge_waits_once_a_line", "challenge", {"indicative_id": THING, "question_id": OTHER}, {}),
    ("edit_changes_a_field_once", "edit", {"document": THING}, {}),
    ("indicative_is_current_once_an_assessment", "indicativebudget", {"assessment_id": THING}, {"number": 2}),
    (
        "indicative_number_is_one",
        "indicativebudget",
        {"assessment_id": THING, "is_current": False},
        {},
    ),
    (
        "indicativeline_is_one_a_question",
        "indicativeline",
        {"indicative_id": THING, "question_id": OTHER},
        {},
    ),
    ("need_is_one_thread_of_a_plan", "need", {"plan_id": THING, "thread": OTHER}, {}),
    ("plan_version_is_one", "plan", {"person_id": THING}, {}),
    ("priceitem_is_one_of_its_kind", "priceitem", {"version_id": THING}, {}),
    ("rasband_begins_once", "rasband", {"version_id": THING}, {}),
    ("rasoption_is_offered_once", "rasoption", {"question_id": THING, "origin": OTHER}, {}),
    ("rasquestion_is_asked_once", "rasquestion", {"version_id": THING, "origin": OTHER}, {}),
    ("ras_begins_alone_on_its_day", "rasversion", {**PUBLISHED, "council_id": THING}, {"number": 2}),
    ("ras_is_written_one_at_a_time", "rasversion", {"council_id": THING}, {"number": 2}),
    (
        "ras_number_is_one_of_its_kind",
        "rasversion",
        {**PUBLISHED, "council_id": THING},
        {"effective_date": "2026-05-09"},
    ),
    ("review_is_held_once", "review", {"person_id": THING}, {}),
    ("unpaidcare_counts_once", "unpaidcare", {"indicative_id": THING, "consent_id": OTHER}, {}),
]
# By table the changes that are refused to everybody.
KEPT = {
    "answer": "DT",
    "assessment": "DT",
    "bestinterest": "UDT",
    "capacitychallenge": "DT",
    "challenge": "DT",
    "edit": "UDT",
    "indicativebudget": "DT",
    "indicativeline": "UDT",
    "need": "DT",
    "plan": "DT",
    "planfile": "UDT",
    "planstep": "UDT",
    "priceitem": "T",
    "rasband": "T",
    "rasoption": "T",
    "rasquestion": "T",
    "rasversion": "DT",
    "review": "UDT",
    "reviewcall": "DT",
    "unpaidcare": "UDT",
}


class TestRows(KeptRows):
    """Every rule of the tables of plans."""

    app, good, checks, once, kept = "plans", GOOD, CHECKS, ONCE, KEPT
