"""How the made-up providers pass the ethical test: their office answers, and a commissioner checks."""

from datetime import timedelta

from commonpurse.demo.days import moment
from commonpurse.demo.story.council import BRIGHTPATH, ELEANOR, LANTERN
from commonpurse.demo.town import Town
from people.actions import register_user
from people.models import User
from providers.actions import add_staff, answer_item, check_answer
from providers.models import Provider
from providers.rules import ITEMS

# How many items of the test each company passes, in the order of the test; the others pass all.
PASSES = {LANTERN: 15, BRIGHTPATH: 7}
LASTS = timedelta(days=365)


def pass_the_test(town: Town) -> None:
    """Answer the ethical test for every company, and let a commissioner accept what holds."""
    for ref, provider in town.providers.items():
        office = _office(provider)
        for item in ITEMS[: PASSES.get(ref, len(ITEMS))]:
            answered = town.days.founding - timedelta(days=20)
            answer = answer_item(
                provider=provider,
                item=item.code,
                is_met=True,
                evidence="On our website, under “How we work”.",
                by=office,
                at=moment(answered),
            )
            check_answer(
                answer=answer,
                is_accepted=True,
                expiry_date=town.days.on + LASTS,
                by=town.users[ELEANOR],
                at=moment(answered + timedelta(days=6)),
            )


def _office(provider: Provider) -> User:
    """Give somebody who signs in for a provider; one is found where nobody does yet."""
    staff = provider.staff.select_related("user").order_by("pk").first()
    if staff is not None:
        return staff.user
    user = register_user(
        email=f"office.{provider.ref.lower()}@example.org", name=f"Office of {provider.name}"
    )
    add_staff(provider=provider, user=user)
    return user
