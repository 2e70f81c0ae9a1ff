"""A cluster begins: found, joined with a code, written down, signed, and in everybody's plan."""

from playwright.sync_api import Page, expect

from clusters.models import Cluster, ClusterState, Invitation, Membership, MembershipState
from tests.browser.life.town import NAME, Life, see
from tests.browser.test_founding import AGREED, FOUND
from tests.commissioning.leavers import in_pool

OFFERED = {"Nadia": "600", "Ben": "400", "Chidi": "300.01"}
LEAVING = "When somebody leaves"
LEAVE_AT_ONCE = {"How many days they stay after they say so": "0"}


def found(life: Life) -> Cluster:
    """Nadia looks for somebody to eat with, finds nothing, and begins a cluster of her own."""
    page, hand = life.home(life.town.nadia), life.hand
    life.go(page, "Find a cluster")
    hand.write(page.get_by_label("What would you like to do?"), "cooking")
    life.press(page, "Find")
    see(page, "None fits those words.")
    life.press(page, "Start a cluster")
    for title, label, words in FOUND:
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        hand.write(page.get_by_label(label), words)
        life.press(page, "Continue")
    life.press(page, "Start it")
    see(page, "Your cluster has begun")
    life.press(page, "See what is still to do")
    return Cluster.objects.get(name=NAME)


def join_with_a_code(life: Life, cluster: Cluster) -> None:
    """Ben and Chidi come with Nadia's code, Robin with Dora; everybody says how much they would put in."""
    town, nadia = life.town, life.at(life.town.nadia)
    life.press(nadia, "Invite others")
    life.press(nadia, "Make a code")
    code = nadia.locator(".code").inner_text()
    assert code == Invitation.objects.get().code
    life.back(nadia, NAME)
    life.press(nadia, "Say how much you would put in")
    offer(life, nadia, {"council money": OFFERED["Nadia"]}, button="Save what I put in")
    see(nadia, "What is still to do")
    for person in (town.ben, town.chidi):
        page = life.home(person)
        come_with(life, page, code)
        offer(life, page, {"council money": OFFERED[person.name.split()[0]]})
        see(page, "What is still to do")
    robin = life.at(town.robin)
    life.hand.choose(robin.get_by_label("Dora Lind"))
    life.press(robin, "Save")
    come_with(life, robin, code)
    offer(life, robin, {"council money": "350", "health money": "150"})
    see(robin, "What is still to do")
    states = cluster.memberships.values_list("state", flat=True)
    assert list(states) == [MembershipState.MEMBERS_AGREED] * 4


def come_with(life: Life, page: Page, code: str) -> None:
    """Find the cluster by a code, and ask to join it."""
    life.go(page, "Find a cluster")
    life.press(page, "I was given a code")
    life.hand.write(page.get_by_label("Your code"), code)
    life.press(page, "Continue")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    life.press(page, "Ask to join")


def offer(life: Life, page: Page, pounds: dict[str, str], *, button: str = "Ask to join") -> None:
    """Say how much from which money, see what is left, who agrees, check it, and send it."""
    for stream, amount in pounds.items():
        life.hand.write(page.get_by_label(f"From your {stream}"), amount)
    life.press(page, "Continue")
    life.press(page, "That is fine, continue")
    life.press(page, "Continue")
    life.press(page, button)


def write_down_and_sign(life: Life) -> None:
    """Nadia writes down what they agree; all four sign the same words, Robin for Dora."""
    town, nadia, hand = life.town, life.at(life.town.nadia), life.hand
    life.press(nadia, "Write down what you agree")
    life.press(nadia, "Write it together")
    for title, chosen, written in AGREED:
        expect(nadia.get_by_role("heading", name=title, level=1)).to_be_visible()
        for choice in chosen:
            hand.choose(nadia.get_by_label(choice, exact=True))
        for label, words in (written | LEAVE_AT_ONCE if title == LEAVING else written).items():
            hand.write(nadia.get_by_label(label), words)
        life.press(nadia, "Save and continue")
    life.press(nadia, "Put it to the members")
    sign(life, nadia)
    for person in (town.ben, town.chidi):
        page = life.home(person)
        life.press(page, f"Sign what {NAME} agreed")
        sign(life, page)
    robin = life.home(town.robin)
    life.go(robin, "My money")
    life.press(robin, f"Sign what {NAME} agreed")
    sign(life, robin, button="Sign for Dora Lind")
    cluster = Cluster.objects.get(name=NAME)
    assert (cluster.state, cluster.agreements.get().signatures.count()) == (ClusterState.AGREED, 4)


def sign(life: Life, page: Page, *, button: str = "I agree and sign") -> None:
    """Sign the version on this page."""
    life.press(page, "Go on to sign it")
    life.press(page, button)
    see(page, "Signed by:")


def is_in_everybodys_plan(life: Life) -> None:
    """Priya agrees in each plan from today on, and what was offered is in the pool."""
    priya = life.at(life.town.priya)
    for member in ("Nadia Rahman", "Ben Carter", "Chidi Obi", "Dora Lind"):
        life.home(life.town.priya)
        life.press(priya, f"{member} would like to join {NAME}")
        life.hand.choose(priya.get_by_label("Yes, I agree"))
        need = priya.get_by_role("group", name="Which need does the cluster meet?").get_by_role("radio")
        life.hand.choose(need.first)
        life.press(priya, "Save my answer")
        see(priya, "You have agreed")
    members = Membership.objects.order_by("ref")
    assert [in_pool(one) for one in members] == [(600_00, 0), (400_00, 0), (300_01, 0), (500_00, 0)]
