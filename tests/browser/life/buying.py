"""From need to contract: a call, two offers, a vote, and the council's approval."""

from datetime import date

from playwright.sync_api import Page, expect

from clusters.models import Ballot
from commissioning.models import Contract, ContractState
from people.models import User
from tests.browser.life.town import NAME, Life, old_tab, see

STARTS, LAST = date(2026, 6, 1), date(2026, 8, 23)  # twelve weeks
QUESTION = "Which offer do we choose for “Supper on Tuesdays”?"


def call_and_offer(life: Life) -> None:
    """Nadia asks for meals in their words; two providers' staff make offers by hand; everybody may compare them."""
    town, hand, nadia = life.town, life.hand, life.home(life.town.nadia)
    life.press(nadia, NAME)
    life.press(nadia, "Look for something to buy together")
    life.press(nadia, "Ask for offers")
    hand.choose(nadia.get_by_label("Meals"))
    hand.write(nadia.get_by_label("Give it a short name"), "Supper on Tuesdays")
    hand.write(nadia.get_by_label("Say it in your own words"), "We like to eat together, and halal.")
    life.press(nadia, "Continue")
    hand.write(nadia.get_by_label("How many each week, all together?"), "10")
    life.press(nadia, "Continue")
    hand.write(nadia.get_by_label("Which languages should they speak?"), "Somali")
    life.press(nadia, "Continue")
    hand.write(nadia.get_by_label("On which day should it start?"), f"{STARTS}")
    hand.write(nadia.get_by_label("What is the last day?"), f"{LAST}")
    life.press(nadia, "Continue")
    life.press(nadia, "Ask for offers")
    see(nadia, "You have asked for offers")
    make_offer(life, town.plates_staff, pounds="5.10", from_ten="4.69")
    make_offer(life, town.kitchen_staff, pounds="5.25", from_ten="4.95")
    life.press(nadia, "See what you asked for")
    life.press(nadia, "Look at the offers side by side")
    see(nadia, "£46.90")
    see(nadia, "£49.50")
    see(nadia, "£11.73")  # her part of a week


def make_offer(life: Life, staff: User, *, pounds: str, from_ten: str) -> None:
    """Find the call on one's first page, and make an offer for it."""
    hand, page = life.hand, life.home(staff)
    life.press(page, "Supper on Tuesdays")
    life.press(page, "Make an offer")
    hand.write(page.get_by_label("What do people get, in plain words?"), "Warm food, brought at six.")
    hand.write(page.get_by_label("Your price for one meal", exact=True), pounds)
    hand.write(page.get_by_label("Larger amount 1: from how many meals a week?"), "10")
    hand.write(page.get_by_label("Larger amount 1: your price for one meal then"), from_ten)
    hand.write(page.get_by_label("What would one person alone pay you for one meal?"), "6.50")
    hand.write(page.get_by_label("How many days of notice do you need?"), "14")
    life.press(page, "Send the offer")
    see(page, "Your offer is sent.")


def vote(life: Life) -> None:
    """Nadia starts the vote; she and Ben vote, Robin for Dora, and Chidi on paper, which two of staff enter."""
    town, nadia = life.town, life.at(life.town.nadia)
    life.press(nadia, "Choose together")
    behind = old_tab(nadia, button="Start the vote")
    life.press(nadia, "Start the vote")
    see(nadia, "The vote is open.")
    life.press(behind, "Start the vote")
    see(behind, "There is nothing to put to the vote.")
    choose(life, nadia, "Warm Plates")
    ben = life.home(town.ben)
    life.press(ben, QUESTION)
    choose(life, ben, "Warm Plates", "Kind Kitchen")
    robin = life.home(town.robin)
    life.go(robin, "My money")
    life.press(robin, QUESTION)
    life.hand.choose(robin.get_by_label("Warm Plates"))
    life.press(robin, "Save my vote")
    life.hand.write(robin.get_by_label("How did Dora Lind tell you?"), "She pointed at the picture.")
    life.press(robin, "Save my vote")
    see(robin, "Saved. Your vote counts.")
    for reader, said in (
        (town.priya, "Now a colleague enters it too"),
        (town.quinn, "You both read the same."),
    ):
        page = life.home(reader)
        life.press(page, QUESTION)
        life.press(page, "Enter a ballot of Chidi Obi")
        life.hand.choose(page.get_by_label("On paper"))
        life.hand.choose(page.get_by_label("Kind Kitchen"))
        life.press(page, "Save this reading")
        see(page, said)
    ballots = Ballot.objects.order_by("cast_at").values_list("channel", flat=True)
    assert list(ballots) == ["web", "web", "supporter", "paper"]


def choose(life: Life, page: Page, *names: str) -> None:
    """Say to which offers one says yes."""
    for name in names:
        life.hand.choose(page.get_by_label(name))
    life.press(page, "Save my vote")
    see(page, "Saved. Your vote counts.")


def approve(life: Life) -> None:
    """The members read what they decided; Carol reads the checks and approves."""
    nadia = life.home(life.town.nadia)
    life.press(nadia, NAME)
    life.press(nadia, QUESTION)
    see(nadia, "Warm Plates")
    life.press(nadia, "See what happens next")
    see(nadia, "The council looks at the contract before anything begins.")
    life.press(nadia, "See the contract")
    contract = Contract.objects.get()
    assert contract.state == ContractState.REQUESTED
    carol = life.home(life.town.carol)
    life.press(carol, f"Supper on Tuesdays for {NAME}")
    expect(carol.get_by_text("Not done")).to_have_count(0)
    see(carol, "Agreed by their professionals for all 4 paying members.")
    see(carol, "£562.80")
    behind = old_tab(carol, button="Save my decision")
    for tab, said in ((carol, "Approved"), (behind, "approved it a moment before you")):
        life.hand.choose(tab.get_by_label("Approve it, and promise it the members’ money"))
        life.press(tab, "Save my decision")
        see(tab, said)
    contract.refresh_from_db()
    assert contract.state == ContractState.APPROVED
