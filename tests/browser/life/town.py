"""Those who live the whole life of a cluster in the browser: each at a window of their own, in the same days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Page, expect

from clusters.tasks import look_at_decisions
from commissioning.tasks import look_at_calls, settle_leavers
from jobs.actions import work_off
from jobs.models import Job, JobState
from people.models import Council, Person, RoleKind, Scope, User
from providers.actions import Profile, save_profile
from providers.models import Provider
from tests.browser.conftest import SignIn
from tests.browser.hands import Hand
from tests.budgets.makers import make_budget
from tests.cast import make_citizen
from tests.people.makers import (
    make_authority,
    make_commissioner,
    make_council,
    make_person,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.makers import make_plan
from tests.providers.makers import make_ethical, make_provider, make_staff

NAME = "Elm Street suppers"
YEAR = {"start_date": date(2026, 4, 1), "end_date": date(2027, 4, 1)}


@dataclass(frozen=True, kw_only=True)
class Town:
    """The council's people before anything begins: four who draw on care, Dora's helper, staff, two providers."""

    council: Council
    priya: User
    quinn: User
    carol: User
    farah: User
    nadia: Person
    ben: Person
    chidi: Person
    dora: Person
    robin: User
    plates: Provider
    kitchen: Provider
    plates_staff: User
    kitchen_staff: User


def make_town(*, on: date) -> Town:
    """A council in which there is no cluster yet."""
    council = make_council(name="Thornvale")
    priya = make_social_worker(council=council, name="Priya Raman")
    quinn = make_social_worker(council=council, name="Quinn Doyle")
    people = [
        make_citizen(council=council, lead=priya, name=name, on=on, pence={"council": pence})
        for name, pence in (("Nadia Rahman", 2_000_00), ("Ben Carter", 1_500_00), ("Chidi Obi", 900_01))
    ]
    dora = make_person(council=council, name="Dora Lind", lead=priya)
    make_budget(person=dora, pence={"council": 700_00, "health": 300_00}, **YEAR)
    robin = make_user(name="Robin Reed")
    make_authority(person=dora, helper=robin, scopes=[Scope.SEE, Scope.AGREE, Scope.SPEND, Scope.VOTE])
    for person in (*people, dora):
        make_plan(person=person)
    plates, kitchen = (make_seller(council=council, name=name) for name in ("Warm Plates", "Kind Kitchen"))
    return Town(
        council=council,
        priya=priya,
        quinn=quinn,
        carol=make_commissioner(council=council),
        farah=make_user_with_role(council=council, kind=RoleKind.FINANCE_OFFICER, name="Farah Khan"),
        nadia=people[0],
        ben=people[1],
        chidi=people[2],
        dora=dora,
        robin=robin,
        plates=plates,
        kitchen=kitchen,
        plates_staff=make_staff(provider=plates, name="Hodan Abdi"),
        kitchen_staff=make_staff(provider=kitchen, name="Lesley Quill"),
    )


def make_seller(*, council: Council, name: str) -> Provider:
    """A provider of meals in Elm Street that passes the ethical test."""
    provider = make_ethical(provider=make_provider(council=council, name=name))
    meals = Profile(
        words="We cook.", area="Elm Street", postcode="", languages=["Somali"], service_codes=["CULT-MEAL"]
    )
    return save_profile(provider=provider, profile=meals, by=None)


@dataclass(kw_only=True)
class Life:
    """The windows of those who take part, the hand they use, and the work that is done between their steps."""

    town: Town
    hand: Hand
    open_window: Callable[[], Page]
    sign_in: SignIn
    windows: dict[str, Page] = field(default_factory=dict)

    def at(self, who: User | Person) -> Page:
        """Give somebody's window, where they are signed in; a new one stands on their first page."""
        user = who if isinstance(who, User) else who.user
        assert user is not None
        if user.email not in self.windows:
            page = self.windows[user.email] = self.open_window()
            self.sign_in(page, user.email)
        return self.windows[user.email]

    def home(self, who: User | Person) -> Page:
        """Give somebody's window on the first page of what they do."""
        page = self.at(who)
        self.hand.press(page.get_by_role("link", name="Common Purse"))
        return page

    def press(self, page: Page, name: str) -> None:
        """Press the button, or follow the link, that has this name in the page itself."""
        main = page.get_by_role("main")
        named = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        self.hand.press(named.first)

    def back(self, page: Page, name: str) -> None:
        """Follow the link back that stands above a page."""
        self.hand.press(page.get_by_role("link", name=name, exact=True))

    def go(self, page: Page, name: str) -> None:
        """Follow one of the main ways at the top."""
        self.hand.press(page.get_by_role("navigation", name="Main").get_by_role("link", name=name))

    def days_pass(self) -> None:
        """Everybody is signed out, as after a long time away; what is due by now is done."""
        for page in self.windows.values():
            page.context.close()
        self.windows.clear()
        work_through()


def work_through() -> None:
    """Do what beat and the worker do: look at what is due, then all the work that waits."""
    for look in (look_at_decisions, look_at_calls, settle_leavers):
        look()
    while (job := Job.objects.unfinished().order_by("pk").first()) is not None:
        assert work_off(job).state == JobState.DONE


def old_tab(page: Page, *, button: str) -> Page:
    """Open what somebody sees, a page with this button, in a second tab, which then stays as it is."""
    expect(page.get_by_role("button", name=button)).to_be_visible()
    tab = page.context.new_page()
    tab.goto(page.url)
    return tab


def see(page: Page, words: str) -> None:
    """Read something on the page."""
    found = page.get_by_role("main").get_by_text(words).filter(visible=True)
    expect(found.first).to_be_visible()
