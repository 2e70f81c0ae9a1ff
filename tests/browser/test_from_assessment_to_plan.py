"""
From the first conversation to an agreed plan, and on to its budget, in the browser: pages and words are counted.

The figure of issue 5: at most 12 pages for a simple case, and nothing typed twice. Every navigation of the window is a
page, a form that is shown again too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Frame, Locator, Page, expect
from time_machine import travel

from budgets.models import BudgetStatement
from clusters.models import Membership, MembershipState
from people.models import RoleKind, User
from plans.actions.ras import load_ras, publish_ras
from plans.models import Plan, PlanState, RasKind, RasVersion
from plans.queries import questions_of
from tests.browser.conftest import SignIn
from tests.budgets.makers import make_stream
from tests.cast import NINE, ON, Cast, make_cast
from tests.clusters.voting import let_in
from tests.commissioning.leavers import in_pool
from tests.people.makers import make_user_with_role

pytestmark = pytest.mark.django_db(transaction=True)

MOST_PAGES = 12
LEAST_LETTERS = 4  # shorter words and numbers may stand in two places
SAID = "I want to sit at the table with others. I slipped in the bath in March."
# What is answered otherwise than "I manage", by outcome: the place of the answer, and her own words where she said any.
ANSWERS = {
    "nutrition": (2, "I eat when somebody cooks."),
    "hygiene": (2, "I am afraid of the bath."),
    "community": (1, ""),
}
# The labels of all fields of words that are seen and empty.
EMPTY = """() => [...document.querySelectorAll("main input, main textarea")]
    .filter(one => (one.type === "text" || one.type === "email" || one.type === "textarea") && one.checkVisibility())
    .filter(one => one.value === "")
    .map(one => one.labels[0]?.innerText.trim() ?? "")"""


@dataclass
class Desk:
    """A professional at their window: the pages they saw, and what they typed where."""

    page: Page
    pages: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)  # by the words, the label they were typed under

    def count(self) -> None:
        """Count every page from now on."""
        self.page.on("framenavigated", self._note)

    def write(self, label: str, words: str, *, within: Locator | None = None) -> None:
        """Type into a field; nothing is typed that was typed before."""
        assert words not in self.typed or len(words) < LEAST_LETTERS, f"{words} is typed twice"
        self.typed[words] = label
        (within or self.page.get_by_role("main")).get_by_label(label, exact=True).fill(words)

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of this name; the page it leads to asks for nothing it could know."""
        main, before = self.page.get_by_role("main"), len(self.pages)
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
        for _ in range(300):
            if len(self.pages) > before:
                break
            self.page.wait_for_timeout(20)
        self.page.wait_for_load_state("domcontentloaded")
        self._look_for_repeats()

    def go(self, name: str) -> None:
        """Follow one of the ways at the top."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state("domcontentloaded")

    def _note(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self.pages.append(frame.url)

    def _look_for_repeats(self) -> None:
        """An empty field under whose label something was typed on an earlier page would be asked twice."""
        again = set(self.typed.values()) & set(self.page.evaluate(EMPTY))
        assert not again, f"{again} is asked again on {self.page.url}"


@pytest.fixture(autouse=True)
def _on_that_day() -> Iterator[None]:
    with travel(NINE, tick=True):
        yield


def make_house() -> tuple[Cast, User]:
    """A council with our open questions, three streams, a cluster, a social worker and a team manager."""
    cast = make_cast()
    version = load_ras(council=cast.council, kind=RasKind.ADULT, by="system:tests", at=NINE)
    publish_ras(version=version, effective_date=ON, by="system:tests", at=NINE)
    for code in ("health", "contribution"):
        make_stream(council=cast.council, code=code)
    return cast, make_user_with_role(council=cast.council, kind=RoleKind.MANAGER, name="Ruth Adeyemi")


def take_in(desk: Desk) -> None:
    """Somebody new calls: who they are, and what they said."""
    desk.press("A new person")
    desk.write("What is their name?", "Nia Okoro")
    desk.write("What did they say?", SAID)
    desk.write("Which language do they speak best?", "Igbo")
    desk.write("How and when do they like to be contacted?", "By telephone, after ten")
    desk.press("Save")


def assess(desk: Desk) -> None:
    """The first conversation stands there already; then the questions, both answers side by side, and the findings."""
    page = desk.page
    desk.press("Begin the assessment")
    expect(page.get_by_label("What matters to them?")).to_have_value(SAID)
    expect(page.get_by_label("Which language do they speak best?")).to_have_value("Igbo")
    page.get_by_label("They take part well by themselves").check()
    desk.press("Save and go on")
    for number, question in enumerate(questions_of(RasVersion.objects.get()), 1):
        place, words = ANSWERS.get(question.outcome, (0, ""))
        options = list(question.options.order_by("position"))
        page.check(f"input[name='professional-option-{question.pk}'][value='{options[place].pk}']")
        if words:
            desk.typed[words] = f"In their words {question.pk}"
            page.fill(f"textarea[name='own-words-{question.pk}']", words)
        if number % 5 == 0:
            desk.press("Save and go on")
    for group in ("is_from_condition", "has_impact"):
        page.check(f"input[name='{group}'][value='yes']")
    desk.press("Finish and work out the budget")
    expect(page.get_by_text("£130.00").first).to_be_visible()


def write_plan(desk: Desk) -> None:
    """Write what is not known yet: how it looks to the professional, who helps with what, and her yes."""
    page = desk.page
    desk.press("Write the plan")
    expect(page.get_by_label("What matters to them, in their own words")).to_have_value(SAID)
    expect(page.get_by_label("Do they need somebody to speak up for them?")).to_have_value("speaks")
    desk.write("What you see", "She was a cook, and eats alone since her brother moved.")
    desk.write("What if something goes wrong?", "Her neighbour Ife has a key, and calls the office.")
    desk.write("What else can help", "We talked about grab rails and the falls clinic.")
    desk.write("Who took part", "Nia herself, and Ife.")
    desk.write("How you know", "Asked at the visit. She said what she wanted.")
    page.get_by_label("Who said yes to this plan?").select_option("theirs")
    desk.write("How they said it", "She said yes at her table on Monday.")
    desk.press("Save, and write who helps with what")
    meals, bath, outside = page.locator(".card[id^=need]").all()
    expect(meals.get_by_label("What they need help with, in their words")).to_have_value(
        ANSWERS["nutrition"][1]
    )
    need(desk, meals, "cluster", "Elm Street neighbours", "She cooks with the others", "Five evenings")
    buy(meals, "CULT-MEAL", "5")
    meals.get_by_text("Its place in the week").click()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Evening"):
        meals.get_by_label(day).check()
    need(desk, bath, "service", "Kind Hands", "Beside her, unhurried", "Three mornings")
    buy(bath, "HC-HOUR", "3")
    need(desk, outside, "family", "Her niece Ada", "They walk to church", "On Sundays")
    desk.press("Save, and hand the plan in")
    expect(page.get_by_text("Everything is there")).to_be_visible()
    desk.press("Hand it in to the team managers")


def need(desk: Desk, card: Locator, met_by: str, who: str, how: str, when: str) -> None:
    """Say of one need who meets it, how and when."""
    card.locator(f"input[type=radio][value={met_by}]").check()
    desk.write("Who that is", who, within=card)
    desk.write("How", how, within=card)
    desk.write("When, in words", when, within=card)


def buy(card: Locator, kind: str, units: str) -> None:
    """Say what is bought for a need, and how much of it; its price is the price book's."""
    card.get_by_label("What is bought").select_option(kind)
    card.get_by_label("How many a week").fill(units)


def agree_as_manager(page: Page) -> None:
    """Ruth finds what waits for her, reads it, and agrees."""
    desk = Desk(page)
    desk.press("Nia Okoro")
    page.get_by_label("Yes, I agree").check()
    desk.press("Save my answer")
    expect(page.get_by_role("heading", name="Plan of Nia Okoro")).to_be_visible()


def make_budget(desk: Desk) -> None:
    """From what comes next on the first page: figures, who pays what, agreed."""
    page = desk.page
    desk.press("Work out what they can pay")
    desk.write("Income each week", "352.26")
    desk.write("Income the law leaves out, each week", "111.65")
    desk.write("What their disability costs them each week", "12.60")
    desk.press("Work it out")
    desk.press("Write it down")
    expect(page.get_by_role("heading", name="Make the budget")).to_be_visible()
    desk.write("Health money: how much each week?", "20")
    desk.press("Work it out")
    desk.press("Agree the budget")


def pool(desk: Desk) -> None:
    """Part of it goes into a cluster: asked for at her word, agreed by its members, and looked at in her plan."""
    page = desk.page
    desk.press("Ask to join a cluster for them")
    page.get_by_label("Elm Street neighbours").check()
    desk.write("From their council money, for this budget year", "100")
    page.get_by_label("They told me that they want this").check()
    desk.press("Ask to join")
    let_in(Membership.objects.get(person__name="Nia Okoro"))
    desk.go("My people")
    desk.press("would like to join Elm Street neighbours")
    page.get_by_label("Yes, I agree").check()
    page.get_by_role("group", name="Which need does the cluster meet?").get_by_role("radio").first.check()
    desk.press("Save my answer")
    expect(page.get_by_text("You have agreed")).to_be_visible()


def test_goes_from_first_words_to_agreed_plan_in_twelve_pages_and_on_to_a_pooled_budget(
    page: Page, sign_in: SignIn
) -> None:
    cast, ruth = make_house()
    sign_in(page, cast.priya.email)
    desk = Desk(page)
    desk.count()
    desk.go("My people")
    take_in(desk)
    assess(desk)
    write_plan(desk)
    assert len(desk.pages) <= MOST_PAGES, desk.pages
    plan = Plan.objects.get(person__name="Nia Okoro")
    assert plan.state == PlanState.MANAGER
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, ruth.email)
    agree_as_manager(page)
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_by) == (PlanState.AGREED, ruth)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, cast.priya.email)
    make_budget(desk)
    statement = BudgetStatement.objects.get(plan=plan)
    parts = {part.stream.code: part.weekly_pence for part in statement.parts.all()}
    assert parts == {"contribution": 67_71, "council": 35_09, "health": 20_00}
    pool(desk)
    membership = Membership.objects.get(person=plan.person)
    assert membership.state == MembershipState.ACTIVE
    assert in_pool(membership) == (100_00, 0)
