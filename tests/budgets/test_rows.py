"""What no row of budgets may say, what no two may say alike, and what is kept: tried on the tables, one at a time."""

from tests.rows import KeptRows, Values

AT, DAY, BEFORE = "2026-05-02T09:00Z", "2026-05-02", "2026-04-30"
THING, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
OPEN = {"outcome": "", "answer": ""}
ANSWERED = {
    "outcome": "upheld",
    "answer": "Yes",
    "answered_at": AT,
    "answered_by_id": THING,
    "led_to_id": THING,
}
TAKEN = {
    "state": "taken",
    "taken_pence": 1,
    "taken_date": "2026-05-01",
    "taken_by_id": THING,
    "entry_id": THING,
    "considered": "Has savings",
}
# What a row of each table has to say to be taken, beside something in every column.
GOOD: dict[str, Values] = {
    "allocation": {"delivery": "mixed"},
    "budget": {"end_date": DAY},
    "budgetchange": {},
    "budgetstatement": {
        "state": "proposed",
        "end_date": DAY,
        "chosen_by": "person",
        "plan_weekly_pence": 2,
        "cost_weekly_pence": 2,
    },
    "careaccountbasis": {},
    "careaccountentry": {},
    "contributionchallenge": {**OPEN, "step": "dre"},
    "endedpart": {},
    "familynecessity": {"end_reason": ""},
    "financialassessment": {
        "basis": "light_touch",
        "allowance": "mig",
        "pays_in_full": False,
        "weekly_contribution_pence": 0,
    },
    "fundingstream": {"kind": "own"},
    "instalment": {"kind": "regular"},
    "paymentarrangement": {"rhythm": "monthly"},
    "recovery": {"state": "noticed", "afford": "", "dispute_words": "", "answer_words": "", "considered": ""},
    "spend": {"path": "", "media_type": ""},
    "spendquestion": {"answer": "", "words": ""},
    "statementpart": {"delivery": "mixed"},
}
FULL = {"basis": "full", "income_pence": 10, "tariff_pence": 0, "disregards_pence": 1, "dre_pence": 1}
# The rule, its table, and what breaks it.
CHECKS: list[tuple[str, str, Values]] = [
    ("allocation_is_held_in_a_known_way", "allocation", {"delivery": "cash"}),
    ("allocation_is_not_below_zero", "allocation", {"annual_pence": -1}),
    ("budget_ends_after_it_starts", "budget", {"end_date": "2026-05-01"}),
    ("change_is_something", "budgetchange", {"change_pence": 0}),
    ("statement_cost_is_shared_out", "budgetstatement", {"adult_weekly_pence": 2}),
    ("statement_costs_no_more_than_its_plan", "budgetstatement", {"plan_weekly_pence": 1}),
    ("statement_daily_living_is_part_of_cost", "budgetstatement", {"daily_living_weekly_pence": 3}),
    ("statement_daily_living_is_part_of_cost", "budgetstatement", {"daily_living_weekly_pence": -1}),
    ("statement_ends_after_it_starts", "budgetstatement", {"end_date": "2026-05-01"}),
    ("statement_has_no_figure_below_zero", "budgetstatement", {"adult_weekly_pence": -1}),
    ("statement_has_no_figure_below_zero", "budgetstatement", {"council_weekly_pence": -1}),
    ("statement_has_no_figure_below_zero", "budgetstatement", {"plan_one_off_pence": -1}),
    (
        "statement_says_who_agreed_it",
        "budgetstatement",
        {"state": "agreed", "agreed_at": AT, "agreed_by_id": THING},
    ),
    (
        "statement_says_who_agreed_it",
        "budgetstatement",
        {"state": "agreed", "agreed_at": AT, "budget_id": THING},
    ),
    (
        "statement_says_who_agreed_it",
        "budgetstatement",
        {"state": "agreed", "agreed_by_id": THING, "budget_id": THING},
    ),
    ("statement_says_who_chose", "budgetstatement", {"chosen_by": "nobody"}),
    ("statement_says_why_another_chose", "budgetstatement", {"chosen_by": "helper", "chosen_words": ""}),
    ("statement_state_is_known", "budgetstatement", {"state": "lost"}),
    ("care_account_basis_is_not_below_zero", "careaccountbasis", {"weekly_pence": -1}),
    ("care_account_basis_names_a_council", "careaccountbasis", {"from_council": ""}),
    ("care_account_corrects_something", "careaccountentry", {"is_correction": True, "pence": 0}),
    ("care_account_corrects_something", "careaccountentry", {"pence": -1}),
    ("care_account_is_for_some_days", "careaccountentry", {"last_date": BEFORE}),
    (
        "contributionchallenge_agrees_anew_when_upheld",
        "contributionchallenge",
        {**ANSWERED, "led_to_id": None, "statement_id": THING},
    ),
    ("contributionchallenge_changes_only_when_upheld", "contributionchallenge", {"led_to_id": THING}),
    (
        "contributionchallenge_is_answered_whole",
        "contributionchallenge",
        {**ANSWERED, "answered_by_id": None},
    ),
    ("contributionchallenge_is_answered_whole", "contributionchallenge", {**ANSWERED, "answer": ""}),
    ("contributionchallenge_is_answered_whole", "contributionchallenge", {**ANSWERED, "outcome": "maybe"}),
    ("contributionchallenge_is_answered_whole", "contributionchallenge", {"answer": "Yes"}),
    ("contributionchallenge_names_a_known_line", "contributionchallenge", {"step": "heating"}),
    ("contributionchallenge_says_something", "contributionchallenge", {"words": ""}),
    (
        "contributionchallenge_upheld_is_assessed_anew",
        "contributionchallenge",
        {**ANSWERED, "led_to_id": None},
    ),
    ("ended_gave_something_back", "endedpart", {"returned_pence": 0}),
    ("necessity_ends_after_it_starts", "familynecessity", {"end_date": "2026-05-01"}),
    ("necessity_says_why", "familynecessity", {"payee": ""}),
    ("necessity_says_why", "familynecessity", {"relation": ""}),
    ("necessity_says_why", "familynecessity", {"reason": ""}),
    ("necessity_says_why_it_ended", "familynecessity", {"end_reason": "Moved out"}),
    (
        "necessity_says_why_it_ended",
        "familynecessity",
        {"end_date": DAY, "ended_at": AT, "ended_by_id": THING},
    ),
    ("financial_adds_up", "financialassessment", {**FULL, "weekly_contribution_pence": 8}),
    ("financial_allowance_is_known", "financialassessment", {"allowance": "tea"}),
    ("financial_basis_is_known", "financialassessment", {"basis": "guess"}),
    ("financial_does_not_end_before_it_starts", "financialassessment", {"end_date": BEFORE}),
    (
        "financial_exempt_pays_nothing",
        "financialassessment",
        {"basis": "exempt", "weekly_contribution_pence": 1},
    ),
    *(
        ("financial_has_no_figure_below_zero", "financialassessment", {f"{figure}_pence": -1})
        for figure in ("allowance", "capital", "disregards", "dre", "income", "tariff")
    ),
    ("financial_says_what_they_pay", "financialassessment", {"pays_in_full": True}),
    ("financial_says_what_they_pay", "financialassessment", {"weekly_contribution_pence": -1}),
    ("financial_says_why_not_all_figures", "financialassessment", {"reason": ""}),
    ("financial_without_figures_pays_in_full", "financialassessment", {"basis": "refused"}),
    ("stream_is_of_a_known_kind", "fundingstream", {"kind": "lottery"}),
    ("instalment_is_for_some_days", "instalment", {"last_date": BEFORE}),
    ("instalment_kind_is_known", "instalment", {"kind": "gift"}),
    ("instalment_pays_something", "instalment", {"amount_pence": 0}),
    (
        "arrangement_ends_after_it_starts",
        "paymentarrangement",
        {"end_date": "2026-05-01", "ended_by_id": THING},
    ),
    ("arrangement_ends_after_it_starts", "paymentarrangement", {"end_date": BEFORE, "ended_by_id": THING}),
    ("arrangement_has_a_known_rhythm", "paymentarrangement", {"rhythm": "daily"}),
    ("arrangement_pays_something", "paymentarrangement", {"weekly_pence": 0}),
    ("arrangement_sets_aside_no_less_than_none", "paymentarrangement", {"contingency_pence": -1}),
    ("recovery_afford_is_known", "recovery", {"afford": "maybe"}),
    ("recovery_dispute_says_why", "recovery", {"state": "disputed"}),
    *(
        ("recovery_is_taken_after_its_notice", "recovery", {**TAKEN, **wrong})
        for wrong in (
            {"taken_date": BEFORE},
            {"taken_pence": 0},
            {"taken_pence": 2},
            {"entry_id": None},
            {"taken_by_id": None},
            {"considered": ""},
        )
    ),
    ("recovery_says_how_much_and_why", "recovery", {"amount_pence": 0}),
    ("recovery_says_how_much_and_why", "recovery", {"reason": ""}),
    ("recovery_state_is_known", "recovery", {"state": "lost"}),
    ("receipt_is_of_a_known_kind", "spend", {"path": "receipts/1", "media_type": "text/html"}),
    ("spend_is_something", "spend", {"amount_pence": 0}),
    ("spend_on_family_was_found_necessary", "spend", {"is_family": True}),
    ("spend_on_family_was_found_necessary", "spend", {"family_id": THING}),
    ("spend_says_for_what", "spend", {"what": ""}),
    ("spend_says_for_what", "spend", {"paid_to": ""}),
    ("spend_says_who_saw_it", "spend", {"seen_at": AT}),
    ("answer_says_why_and_who", "spendquestion", {"answered_at": AT}),
    ("answer_says_why_and_who", "spendquestion", {"answer": "plan", "answered_at": AT}),
    ("answer_says_why_and_who", "spendquestion", {"answer": "yes", "answered_at": AT, "words": "Yes"}),
    (
        "answer_says_why_and_who",
        "spendquestion",
        {"answer": "no", "answered_at": AT, "answered_by_id": THING},
    ),
    ("question_asks_something", "spendquestion", {"amount_pence": 0}),
    ("question_asks_something", "spendquestion", {"what": ""}),
    ("statement_part_is_held_in_a_known_way", "statementpart", {"delivery": "cash"}),
    ("statement_part_is_not_below_zero", "statementpart", {"weekly_pence": -1}),
    ("statement_part_is_not_below_zero", "statementpart", {"one_off_pence": -1}),
    ("statement_part_says_who_holds_a_fund", "statementpart", {"delivery": "isf", "holder": ""}),
]
LATER = {"end_date": "2026-06-01"}
# The rule, its table, what two rows would have in common, and what the second has apart from the first where it must.
ONCE: list[tuple[str, str, Values, Values]] = [
    ("allocation_is_one_a_stream", "allocation", {"budget_id": THING, "stream_id": OTHER}, {}),
    (
        "budget_never_overlaps_another",
        "budget",
        {"person_id": THING, "end_date": "2026-05-09"},
        {"start_date": "2026-05-08", **LATER},
    ),
    ("change_is_one_a_statement", "budgetchange", {"allocation_id": THING, "statement_id": OTHER}, {}),
    ("statement_is_proposed_once", "budgetstatement", {"plan_id": THING}, {}),
    ("care_account_counts_no_day_twice", "careaccountentry", {"person_id": THING}, {}),
    ("contributionchallenge_waits_once_a_line", "contributionchallenge", {"assessment_id": THING}, {}),
    (
        "financial_never_overlaps_another",
        "financialassessment",
        {"person_id": THING},
        {"start_date": "2027-05-01"},
    ),
    ("stream_code_is_one_in_a_council", "fundingstream", {"council_id": THING}, {}),
    ("instalment_pays_no_day_twice", "instalment", {"arrangement_id": THING}, {}),
    (
        "arrangement_never_overlaps_another",
        "paymentarrangement",
        {"allocation_id": THING},
        {"start_date": "2027-05-01"},
    ),
    (
        "recovery_is_open_once",
        "recovery",
        {"person_id": THING, "stream_id": OTHER},
        {"state": "disputed", "dispute_words": "No"},
    ),
    ("statement_part_is_one_a_stream", "statementpart", {"statement_id": THING, "stream_id": OTHER}, {}),
]
# By table the changes that are refused to everybody.
KEPT = {
    "budgetchange": "UDT",
    "budgetstatement": "DT",
    "careaccountbasis": "UDT",
    "careaccountentry": "UDT",
    "contributionchallenge": "DT",
    "endedpart": "UDT",
    "familynecessity": "DT",
    "financialassessment": "DT",
    "instalment": "UDT",
    "paymentarrangement": "DT",
    "recovery": "DT",
    "spend": "DT",
    "spendquestion": "DT",
    "statementpart": "UDT",
}


class TestRows(KeptRows):
    """Every rule of the tables of budgets."""

    app, good, checks, once, kept = "budgets", GOOD, CHECKS, ONCE, KEPT
