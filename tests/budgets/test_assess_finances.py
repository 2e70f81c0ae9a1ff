"""Writing down what somebody can pay: from a day on, never over what was written before, each line with its source."""

from datetime import date

import pytest

from budgets.actions import Facts, UnableToAssess, assess_finances
from budgets.models import Allowance, Basis, FinancialAssessment
from budgets.queries.statements import financial_on
from people.models import Person, RoleKind, User
from tests.budgets.makers import make_financial
from tests.guards import SEALED, assert_refused
from tests.people.makers import (
    make_council,
    make_person,
    make_policy,
    make_social_worker,
    make_user_with_role,
)

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 4)


def make_pair() -> tuple[Person, User]:
    """Somebody, and their social worker."""
    council = make_council()
    priya = make_social_worker(council=council)
    return make_person(council=council, lead=priya), priya


def spans(person: Person) -> list[tuple[date, date | None, int | None]]:
    """What they pay, from when until when; none: all of it."""
    found = person.financial_assessments.that_count().order_by("start_date")
    return list(found.values_list("start_date", "end_date", "weekly_contribution_pence"))


def test_writes_down_every_line_with_its_source() -> None:
    person, priya = make_pair()
    found = make_financial(person=person, by=priya)
    assert found.weekly_contribution_pence == 67_71
    assert [(line["step"], line["pence"]) for line in found.lines] == [
        ("capital", 0),
        ("income", 352_26),
        ("tariff", 0),
        ("disregards", -111_65),
        ("dre", -12_60),
        ("allowance", -160_30),
        ("pays", 67_71),
    ]
    read = {line["step"]: line["source"] for line in found.lines}
    assert read["income"] == "Pension letter of 3 April"
    assert "SI 2014/2672" in read["tariff"]
    assert "example 6" in read["allowance"]


def test_pays_in_full_above_the_upper_limit_and_says_where_that_was_read() -> None:
    person, priya = make_pair()
    found = make_financial(person=person, by=priya, capital_pence=23_250_01)
    assert (found.pays_in_full, found.weekly_contribution_pence) == (True, None)
    assert [line["step"] for line in found.lines] == ["capital", "pays"]
    assert found.lines[0]["pence"] == 23_250_01
    assert found.lines[1]["source"] != ""


def test_a_new_one_ends_the_old() -> None:
    person, priya = make_pair()
    make_financial(person=person, by=priya)
    make_financial(person=person, by=priya, start_date=MAY, income_pence=362_26)
    assert spans(person) == [(APRIL, MAY, 67_71), (MAY, None, 77_71)]
    assert financial_on(person=person, on=date(2026, 5, 3)) != financial_on(person=person, on=MAY)


def test_a_new_one_replaces_what_was_worked_out_ahead() -> None:
    person, priya = make_pair()
    make_policy(council=person.council, code="mig_weekly_pence", value=170_30, effective_date=MAY)
    make_financial(person=person, by=priya)
    assert spans(person) == [(APRIL, MAY, 67_71), (MAY, None, 57_71)]
    make_financial(
        person=person, by=priya, start_date=date(2026, 4, 20), basis=Basis.EXEMPT, reason="After hospital"
    )
    assert spans(person) == [(APRIL, date(2026, 4, 20), 67_71), (date(2026, 4, 20), None, 0)]
    assert person.financial_assessments.count() == 3


def test_a_policy_row_added_for_the_future_changes_no_past_result() -> None:
    person, priya = make_pair()
    before = make_financial(person=person, by=priya)
    stood = FinancialAssessment.objects.filter(pk=before.pk).values().get()
    make_policy(council=person.council, code="mig_weekly_pence", value=170_30, effective_date=MAY)
    assert FinancialAssessment.objects.filter(pk=before.pk).values().get() == stood
    again = make_financial(person=person, by=priya)
    assert again.weekly_contribution_pence == 67_71


def test_a_birthday_in_the_middle_of_a_week_changes_the_rate_from_that_day() -> None:
    person, priya = make_pair()
    person.birth_date = date(2001, 5, 6)  # turns 25 on Wednesday 6 May 2026
    person.save(update_fields=["birth_date"])
    make_financial(person=person, by=priya)  # with the rates every council begins with
    assert spans(person) == [(APRIL, date(2026, 5, 6), 97_71), (date(2026, 5, 6), None, 67_71)]


def test_pension_age_changes_the_rate_a_council_has_set_for_it() -> None:
    person, priya = make_pair()
    person.birth_date = date(1960, 5, 6)  # turns 66 on Wednesday 6 May 2026
    person.save(update_fields=["birth_date"])
    make_financial(person=person, by=priya)
    assert {pence for _start, _end, pence in spans(person)} == {67_71}  # to begin with it is the same
    code = "mig_pension_age_weekly_pence"
    make_policy(council=person.council, code=code, value=180_30, effective_date=APRIL)
    make_financial(person=person, by=priya)
    assert spans(person) == [(APRIL, date(2026, 5, 6), 67_71), (date(2026, 5, 6), None, 47_71)]


def test_in_a_care_home_somebody_keeps_the_expenses_allowance() -> None:
    person, priya = make_pair()
    found = make_financial(person=person, by=priya, allowance=Allowance.PEA, dre_pence=0)
    assert (found.allowance_pence, found.weekly_contribution_pence) == (30_65, 352_26 - 111_65 - 30_65)
    with pytest.raises(UnableToAssess, match="the home sees to the costs"):
        make_financial(person=person, by=priya, allowance=Allowance.PEA)


def test_without_figures_somebody_pays_all_of_it_and_a_light_touch_says_why() -> None:
    person, priya = make_pair()
    refused = make_financial(person=person, by=priya, basis=Basis.REFUSED, reason="Asked on 3 and 20 March")
    assert (refused.pays_in_full, refused.lines) == (True, [])
    light = make_financial(
        person=person, by=priya, basis=Basis.LIGHT_TOUCH, weekly_pence=12_00, reason="Only on benefits"
    )
    assert light.weekly_contribution_pence == 12_00
    for basis in (Basis.REFUSED, Basis.LIGHT_TOUCH, Basis.EXEMPT):
        with pytest.raises(UnableToAssess, match="Say why not all figures"):
            make_financial(person=person, by=priya, basis=basis, reason=" ")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("capital_pence", "savings and capital cannot be below"),
        ("income_pence", "income cannot be below"),
        ("disregards_pence", "income left out cannot"),
        ("dre_pence", "costs cannot"),
    ],
)
def test_refuses_a_figure_below_nothing_in_plain_words(figure: str, words: str) -> None:
    person, priya = make_pair()
    with pytest.raises(UnableToAssess, match=words):
        make_financial(person=person, by=priya, **{figure: -1})
    with pytest.raises(UnableToAssess, match="What they pay cannot be below"):
        make_financial(person=person, by=priya, basis=Basis.LIGHT_TOUCH, weekly_pence=-1, reason="Benefits")
    assert not FinancialAssessment.objects.exists()


def test_names_the_rate_that_has_a_gap() -> None:
    person, priya = make_pair()
    with pytest.raises(UnableToAssess, match=r"“Personal expenses allowance, a week” for 1 March 2025"):
        make_financial(
            person=person, by=priya, start_date=date(2025, 3, 1), allowance=Allowance.PEA, dre_pence=0
        )


def test_only_their_lead_or_a_finance_officer_writes_it_down_and_of_nobody_who_died_or_moved() -> None:
    person, priya = make_pair()
    farah = make_user_with_role(council=person.council, kind=RoleKind.FINANCE_OFFICER)
    other = make_social_worker(council=person.council, name="Quinn Other")
    make_financial(person=person, by=farah)
    with pytest.raises(UnableToAssess, match="Only this person's social worker"):
        make_financial(person=person, by=other)
    person.moved_date = date(2026, 5, 2)
    with pytest.raises(UnableToAssess, match="They moved to another council on 2 May 2026"):
        assess_finances(person=person, facts=Facts(start_date=MAY), by=priya)
    person.died_date = date(2026, 5, 1)
    with pytest.raises(UnableToAssess, match="They died on 1 May 2026"):
        assess_finances(person=person, facts=Facts(start_date=MAY), by=priya)


INSERT = f"""
INSERT INTO budgets_financialassessment (person_id, start_date, basis, allowance, capital_pence, tariff_pence,
    income_pence, disregards_pence, dre_pence, allowance_pence, pays_in_full, weekly_contribution_pence, lines, reason,
    assessed_by_id)
VALUES (%s, '2026-07-01', '{{basis}}', 'mig', {{capital}}, 0, 100, 0, 0, 0, {{in_full}}, {{weekly}}, '{SEALED}',
    '{{reason}}', %s)
"""


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"weekly": "99"}, "budgets_financial_adds_up"),
        ({"capital": "-1"}, "budgets_financial_has_no_figure_below_zero"),
        ({"in_full": "true"}, "budgets_financial_says_what_they_pay"),
        ({"basis": "guess", "reason": SEALED}, "budgets_financial_basis_is_known"),
        ({"basis": "refused", "reason": SEALED}, "budgets_financial_without_figures_pays_in_full"),
        ({"basis": "exempt", "reason": SEALED}, "budgets_financial_exempt_pays_nothing"),
        ({"basis": "light_touch"}, "budgets_financial_says_why_not_all_figures"),
    ],
)
def test_postgresql_holds_what_an_assessment_says(changes: dict[str, str], rule: str) -> None:
    person, priya = make_pair()
    usual = {"basis": "full", "capital": "0", "in_full": "false", "weekly": "100", "reason": ""}
    assert_refused(INSERT.format(**{**usual, **changes}), person.pk, priya.pk, match=rule)


def test_postgresql_lets_no_two_overlap_and_only_ends_them() -> None:
    person, priya = make_pair()
    found = make_financial(person=person, by=priya)
    usual = {"basis": "full", "capital": "0", "in_full": "false", "weekly": "100", "reason": ""}
    assert_refused(
        INSERT.format(**usual), person.pk, priya.pk, match="budgets_financial_never_overlaps_another"
    )
    change = "UPDATE budgets_financialassessment SET {} WHERE id = %s"
    for wrong in ("income_pence = 1, end_date = '2026-06-01'", "end_date = NULL", f"reason = '{SEALED}'"):
        assert_refused(change.format(wrong), found.pk, match="can only be ended")
    make_financial(person=person, by=priya, start_date=MAY)
    assert_refused(change.format("end_date = '2026-05-05'"), found.pk, match="can only be ended")
    assert_refused(
        change.format("end_date = '2026-03-31'"),
        found.pk,
        match="budgets_financial_does_not_end_before_it_starts",
    )
