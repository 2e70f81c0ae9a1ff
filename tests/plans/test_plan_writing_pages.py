"""The pages on which a plan is written, handed in, decided, given and taken away."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from commonpurse.autosave import HEADER
from jobs.models import Job
from plans import tasks
from plans.actions import begin_version, hand_in_plan
from plans.models import Need, Plan, PlanFile, PlanState
from tests.people.makers import make_settings, make_user
from tests.plans.asking import make_ras
from tests.plans.planning import (
    NOW,
    lead_of,
    make_handed_in,
    make_manager,
    make_put_to_panel,
    make_written,
)
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db


def make_agreed() -> Plan:
    return hand_in_plan(plan=(plan := make_written()), by=lead_of(plan), at=NOW)


def address(plan: Plan, name: str) -> str:
    return reverse(f"plans:{name}", args=[plan.pk])


def test_shows_the_checks_with_their_evidence_beside_what_is_written() -> None:
    plan = make_written(consent="")
    words = seen(lead_of(plan), address(plan, "write"))
    for said in ("To cook for my friends", "1 still open", "Not asked yet.", "Done"):
        assert said in words
    assert "Help in the kitchen" in seen(lead_of(plan), address(plan, "needs"))


def test_saves_itself_while_it_is_written() -> None:
    plan = make_written()
    client = as_user(lead_of(plan))
    answer = client.post(address(plan, "write"), {"outcomes": "To dance", "seen": "0"}, headers={HEADER: "1"})
    assert "Saved " in answer.content.decode()
    plan.refresh_from_db()
    assert plan.outcomes == "To dance"


def test_turns_the_checks_green_beside_it() -> None:
    plan = make_written(consent="")
    side = as_user(lead_of(plan)).get(address(plan, "write"), headers={"HX-Request": "true"})
    words = side.content.decode()
    assert "1 still open" in words
    assert "<html" not in words


def of_need(need: Need, **said: str) -> dict[str, str]:
    """What a page of needs sends that shows this one: each answer under the need's id."""
    whole = {"words": need.words, "met_by": "service", "is_eligible": "on", **said}
    return {
        "seen": "0",
        "need": str(need.pk),
        **{f"{need.pk}-{name}": words for name, words in whole.items()},
    }


def test_gives_a_need_the_price_books_price() -> None:
    plan = make_written()
    ras = make_ras(council=plan.person.council)
    price = ras.prices.first() or ras.prices.create(kind="PA-HOUR", unit="hour", unit_pence=20_00)
    need = plan.needs.get()
    said = of_need(need, who="Kind Help", how="x", when_words="y", kind=price.kind, units="2.5")
    answered(lead_of(plan), address(plan, "needs"), **said)
    need.refresh_from_db()
    assert (need.unit_pence, need.unit) == (price.unit_pence, price.unit)
    assert need.weekly_pence == (250 * price.unit_pence + 50) // 100


def test_says_what_is_wrong_with_a_number_and_keeps_the_words() -> None:
    plan = make_written(weekly_pence=10_00)
    need = plan.needs.get()
    said = of_need(need, how="Gently", units="many", unit_pence="10")
    assert "<title> Error:" in answered(lead_of(plan), address(plan, "needs"), **said)
    need.refresh_from_db()
    assert (need.how, need.units_weekly_hundredths) == ("Gently", 100)


def test_leaves_a_need_as_it_is_that_was_put_in_after_the_page_was_opened() -> None:
    plan = make_written()
    need = plan.needs.get()
    answered(lead_of(plan), address(plan, "add-need"), words="Swimming")
    answered(lead_of(plan), address(plan, "needs"), **of_need(need, how="Gently"))
    assert [(one.words, one.how) for one in plan.needs.standing()] == [
        (need.words, "Gently"),
        ("Swimming", ""),
    ]


def test_takes_a_need_out_and_puts_it_back_on_the_page_of_all() -> None:
    plan = make_written()
    need = plan.needs.get()
    out = reverse("plans:take-out", args=[plan.pk, need.pk])
    assert "Taken out of the plan" in answered(lead_of(plan), out)
    assert "Taken out of the plan" not in answered(lead_of(plan), out, back="")
    assert "Say in a few words" in answered(lead_of(plan), address(plan, "add-need"), words=" ")


def test_says_who_gets_it_and_hands_it_in() -> None:
    plan = make_written(weekly_pence=10_00)
    assert "Your team managers get it." in seen(lead_of(plan), address(plan, "hand-in"))
    assert "With the team manager" in answered(lead_of(plan), address(plan, "hand-in"))


def test_lets_the_lead_agree_what_costs_nothing() -> None:
    plan = make_written()
    assert "You may agree this plan yourself" in seen(lead_of(plan), address(plan, "hand-in"))
    assert "Give it to" in answered(lead_of(plan), address(plan, "hand-in"))


def test_shows_a_manager_what_waits_and_takes_their_word() -> None:
    plan = make_handed_in()
    ruth = make_manager(plan)
    words = seen(ruth, reverse("plans:to-agree"))
    assert plan.person.name in words
    assert "£391.95 a week" in words
    answered(ruth, address(plan, "decide"), answer="agree")
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    assert "No plan waits for a manager." in seen(ruth, reverse("plans:to-agree"))


def test_puts_to_the_panel_with_a_reason_and_takes_its_word_from_another() -> None:
    plan = make_handed_in(weekly_pence=700_00)
    ruth, second = make_manager(plan), make_manager(plan, name="Omar Said")
    assert "Write the reason." in answered(ruth, address(plan, "decide"), answer="panel")
    answered(ruth, address(plan, "decide"), answer="panel", reason="She needs it")
    assert "Another manager says" in seen(ruth, reverse("plans:to-agree"))
    answered(second, address(plan, "decide"), answer="agree", reason="Minute 4")
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_by) == (PlanState.AGREED, second)


def test_sends_back_from_the_panel() -> None:
    plan = make_put_to_panel()
    answered(make_manager(plan), address(plan, "decide"), answer="send_back", reason="Ask two")
    plan.refresh_from_db()
    assert plan.state == PlanState.RETURNED


def test_says_what_changed_meanwhile() -> None:
    plan = make_handed_in()
    make_ras(council=plan.person.council)
    words = seen(make_manager(plan), address(plan, "decide"))
    assert "The difference that needs no reason was 0 % and is 10 % now." in words
    assert "Send it back" in answered(make_manager(plan), address(plan, "decide"), answer="agree")


def test_is_for_managers_of_the_council_alone() -> None:
    plan = make_handed_in()
    strangers = (make_manager(make_handed_in()), make_user())
    for stranger in strangers:
        assert as_user(stranger).get(address(plan, "decide")).status_code == 404
    assert as_user(make_user()).get(reverse("plans:to-agree")).status_code == 404
    assert plan.person.name not in seen(strangers[0], reverse("plans:to-agree")).split("Plans to agree", 2)[0]


def test_gives_the_plan_and_says_what_is_different() -> None:
    plan = make_agreed()
    lead = lead_of(plan)
    answered(lead, address(plan, "give"))
    plan.refresh_from_db()
    assert plan.given_at is not None
    assert "It was given already." in as_user(lead).post(address(plan, "give")).content.decode()
    begin_version(person=plan.person, by=lead, at=NOW)
    second = plan.person.plans.get(version=2)
    assert "Both say the same." in seen(lead, address(second, "changes"))
    assert "first version" in seen(lead, address(plan, "changes"))


def test_begins_the_next_version_of_a_person_and_of_their_carer() -> None:
    plan = make_agreed()
    lead = lead_of(plan)
    begin = reverse("plans:begin", args=[plan.person.pk])
    assert "version 2" in answered(lead, begin)
    assert as_user(lead).post(begin, {"carer": "nonsense"}).status_code == 404
    waiting = make_handed_in()
    refused = as_user(lead_of(waiting)).post(reverse("plans:begin", args=[waiting.person.pk]))
    assert "waits for a decision" in refused.content.decode()


def test_reads_for_the_person_in_both_words_with_the_week() -> None:
    plan = make_agreed()
    person = plan.person
    assert person.user is not None
    need = plan.needs.get()
    assert need.who == "Ana"
    words = seen(person.user, address(plan, "plan"))
    assert "Family or a carer: Ana" in words
    assert "If Ana is ill" in words
    assert "Write in it" not in words
    make_settings(person=person, is_easy=True)
    easy = seen(person.user, address(plan, "plan"))
    assert "This plan is agreed." in easy
    assert "Cooks with her" in easy


def test_is_taken_away_as_a_tagged_pdf_in_ones_own_words() -> None:
    plan = make_agreed()
    user = plan.person.user
    assert user is not None
    make_settings(person=plan.person, is_easy=True)
    client = as_user(user)
    client.post(address(plan, "pdf"))
    job = plan_job(plan)
    tasks.make_pdf(str(job.pk))
    made = PlanFile.objects.get()
    assert (made.plan, made.is_easy) == (plan, True)
    drawn = client.get(reverse("plans:file", args=[made.pk])).content
    reader = PdfReader(BytesIO(drawn))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-gb"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert "This plan is agreed." in "".join(each.extract_text() for each in reader.pages)
    assert "Open the plan as a PDF" in seen(user, address(plan, "plan"))
    assert as_user(make_user()).get(reverse("plans:file", args=[made.pk])).status_code == 404


def plan_job(plan: Plan) -> Job:
    return Job.objects.get(kind="plans.make_pdf", payload__plan=str(plan.pk))


def test_makes_no_pdf_of_what_is_not_agreed() -> None:
    plan = make_written()
    assert as_user(lead_of(plan)).post(address(plan, "pdf")).status_code == 404
