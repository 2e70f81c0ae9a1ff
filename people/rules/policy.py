"""The policy of a council that we know: what each value is about, in what unit, and between which bounds. Pure."""

from typing import NamedTuple

from ledger.pennies import in_pounds

CHARGING = "What people pay towards their care"
CARE_ACCOUNT = "Care account and cap on care costs"
DIRECT_PAYMENTS = "Direct payments and individual service funds"
PLANS = "Assessments, plans and reviews"
COMMISSIONING = "Buying care"
PUBLISHING = "Publishing and privacy"
KEEPING = "How long records are kept"
THEMES = (CHARGING, PLANS, DIRECT_PAYMENTS, CARE_ACCOUNT, COMMISSIONING, PUBLISHING, KEEPING)

PENCE, DAYS, WEEKS, MONTHS, YEARS = "pence", "days", "weeks", "months", "years"
PERCENT, NUMBER = "percent", "number"
YES_OR_NO = {"cap_in_force"}  # kept as the numbers 1 and 0
MILLION = 100_000_000  # pence in a million pounds: more than any value of policy here


class Known(NamedTuple):
    """
    A value of policy: its code, its theme, its words, what more is to be known, its unit, and its bounds (included).

    Units: pence for money, whole days, weeks, months or years for periods.
    """

    code: str
    theme: str
    words: str
    meaning: str
    unit: str
    least: int = 0
    most: int = MILLION


KNOWN = (
    Known(
        "upper_capital_limit_pence",
        CHARGING,
        "Upper capital limit",
        "Who has more than this pays for all of their care.",
        PENCE,
    ),
    Known(
        "lower_capital_limit_pence",
        CHARGING,
        "Lower capital limit",
        "Capital up to this counts for nothing.",
        PENCE,
    ),
    Known(
        "tariff_step_pence",
        CHARGING,
        "Step of tariff income",
        "Each whole or part step above the lower limit counts as income.",
        PENCE,
        least=1,
    ),
    Known("tariff_weekly_pence", CHARGING, "Tariff income a week for each step", "", PENCE),
    Known(
        "mig_weekly_pence",
        CHARGING,
        "Minimum income guarantee, a week",
        "What somebody who lives at home keeps, between the two ages below. It differs by circumstances too: the "
        "financial assessment may say another amount.",
        PENCE,
    ),
    Known(
        "mig_under_25_weekly_pence",
        CHARGING,
        "Minimum income guarantee of younger adults, a week",
        "What somebody who lives at home keeps before the first of these ages.",
        PENCE,
    ),
    Known(
        "mig_pension_age_weekly_pence",
        CHARGING,
        "Minimum income guarantee from pension age, a week",
        "What somebody who lives at home keeps from the second of these ages on.",
        PENCE,
    ),
    Known(
        "mig_adult_from_years",
        CHARGING,
        "Age from which the guarantee of a grown adult holds",
        "It changes on the birthday itself.",
        YEARS,
        least=18,
        most=100,
    ),
    Known(
        "mig_pension_from_years",
        CHARGING,
        "Age from which the guarantee of pension age holds",
        "It changes on the birthday itself.",
        YEARS,
        least=18,
        most=120,
    ),
    Known(
        "pea_weekly_pence",
        CHARGING,
        "Personal expenses allowance, a week",
        "What somebody who lives in a care home keeps.",
        PENCE,
    ),
    Known(
        "plan_lead_limit_weekly_pence",
        PLANS,
        "What a lead professional may agree alone, a week",
        "A plan that costs more goes to the team manager.",
        PENCE,
    ),
    Known(
        "plan_panel_limit_weekly_pence",
        PLANS,
        "What a team manager may agree alone, a week",
        "A plan that costs more goes to the panel.",
        PENCE,
    ),
    Known("plan_first_review_days", PLANS, "First review of a plan, after", "", DAYS, least=1, most=365),
    Known(
        "plan_review_days",
        PLANS,
        "Reviews of a plan, at least every",
        "The law says: at least once a year.",
        DAYS,
        least=1,
        most=366,
    ),
    Known(
        "challenge_answer_days",
        PLANS,
        "Answer to “I don't agree with this”, within",
        "",
        DAYS,
        least=1,
        most=90,
    ),
    Known(
        "allocation_again_days",
        PLANS,
        "An allocation that is open again is looked at within",
        "Such as when a carer takes back their consent. The person's plan and help stay as they are meanwhile.",
        DAYS,
        least=1,
        most=90,
    ),
    Known(
        "dp_first_review_months",
        DIRECT_PAYMENTS,
        "First review of a direct payment, within",
        "The law says: within 6 months of the first payment.",
        MONTHS,
        least=1,
        most=6,
    ),
    Known(
        "dp_review_months",
        DIRECT_PAYMENTS,
        "Reviews of a direct payment, at least every",
        "The law says: at most 12 months after the one before.",
        MONTHS,
        least=1,
        most=12,
    ),
    Known(
        "dp_balance_weeks",
        DIRECT_PAYMENTS,
        "Balance that stays with the person, in weeks of funding",
        "More than this, after contingency, may be asked back.",
        WEEKS,
        most=104,
    ),
    Known(
        "dp_recovery_notice_days",
        DIRECT_PAYMENTS,
        "Notice before any money is taken back",
        "",
        DAYS,
        least=1,
        most=365,
    ),
    Known(
        "isf_times",
        DIRECT_PAYMENTS,
        "Individual service fund: most in one week, in times of the weekly budget",
        "",
        NUMBER,
        least=1,
        most=52,
    ),
    Known(
        "isf_weeks",
        DIRECT_PAYMENTS,
        "Individual service fund: for at most",
        "",
        WEEKS,
        least=1,
        most=52,
    ),
    Known(
        "cap_in_force",
        CARE_ACCOUNT,
        "Is the cap on care costs in force?",
        "1 means yes, 0 means no: care accounts then only show what would count. It was cancelled on 29 July 2024.",
        NUMBER,
        most=1,
    ),
    Known("cap_care_costs_pence", CARE_ACCOUNT, "Cap on care costs", "", PENCE),
    Known(
        "cap_daily_living_weekly_pence",
        CARE_ACCOUNT,
        "Daily living costs in a care home, a week",
        "They do not count towards the cap.",
        PENCE,
    ),
    Known(
        "light_touch_threshold_pence",
        COMMISSIONING,
        "Threshold of light-touch procurement, with VAT",
        "A contract worth this much or more over its time needs the procurement route.",
        PENCE,
    ),
    Known(
        "ethical_floor_percent",
        COMMISSIONING,
        "Least score of the ethical commissioning test",
        "",
        PERCENT,
        most=100,
    ),
    Known("living_wage_uk_hour_pence", COMMISSIONING, "Real Living Wage in the UK, an hour", "", PENCE),
    Known("living_wage_london_hour_pence", COMMISSIONING, "Real Living Wage in London, an hour", "", PENCE),
    Known(
        "exit_hold_days",
        COMMISSIONING,
        "Money of somebody who leaves a cluster is held for at most",
        "What was ordered is paid from it until the last invoice.",
        DAYS,
        most=365,
    ),
    Known("publish_spend_over_pence", PUBLISHING, "Spend is published when above", "", PENCE),
    Known("publish_contracts_over_pence", PUBLISHING, "Contracts are registered when above", "", PENCE),
    Known(
        "smallest_group",
        PUBLISHING,
        "Smallest group of people that figures are shown for",
        "Figures of fewer people are left out, so that nobody can be recognised.",
        NUMBER,
        least=5,
        most=100,
    ),
    Known(
        "records_kept_years",
        KEEPING,
        "Records are kept after care ends for",
        "Councils keep them for 8 or for 6 years.",
        YEARS,
        least=6,
        most=99,
    ),
    Known(
        "care_account_kept_years",
        KEEPING,
        "Care accounts are kept for",
        "Care Act 2014, sections 28 and 29.",
        YEARS,
        least=99,
        most=999,
    ),
    Known(
        "webhook_log_days",
        KEEPING,
        "What providers' systems were told by webhook is kept for",
        "Afterwards the messages are taken away. What they told of is kept.",
        DAYS,
        least=30,
        most=3_650,
    ),
    Known(
        "kept_answers_days",
        KEEPING,
        "Answers to providers' systems are kept, to be given again, for",
        "A system that repeats a request within this time gets the same answer.",
        DAYS,
        least=7,
        most=3_650,
    ),
)
_BY_CODE = {known.code: known for known in KNOWN}


def known_policy(code: str) -> Known | None:
    """Give what we know of a code; nothing of one we do not know."""
    return _BY_CODE.get(code)


def words_of_policy(code: str) -> str:
    """Say what a code is about."""
    known = known_policy(code)
    return known.words if known else code


def is_within(known: Known, value: int) -> bool:
    """Tell whether a value lies between the bounds, which are allowed themselves."""
    return known.least <= value <= known.most


def value_words(unit: str, value: int, *, code: str = "") -> str:
    """Write a value with its unit: "£30.65", "28 days", "60%", "4"; where its code is a question, "Yes" or "No"."""
    if code in YES_OR_NO:
        return "Yes" if value else "No"
    if unit == PENCE:
        return in_pounds(value)
    if unit == PERCENT:
        return f"{value}%"
    if unit == NUMBER:
        return f"{value:,}"
    return f"{value:,} {unit if value != 1 else unit.removesuffix('s')}"
