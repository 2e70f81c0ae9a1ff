"""How providers stand in the ethical test on a day."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Max

from commonpurse.asked_often import AskedOften
from people.models import RoleKind, User
from providers.models import EthicalAnswer, Provider
from providers.rules import GROUPS, ITEMS, EthicalScore, Item

CHECKED_BY = (RoleKind.COMMISSIONER, RoleKind.ENTERPRISE_OFFICER)


class ItemState(StrEnum):
    """How an item stands."""

    COUNTS = "counts"
    WAITS = "waits"
    NOT_MET = "not_met"
    NOT_ACCEPTED = "not_accepted"
    RUN_OUT = "run_out"
    MISSING = "missing"

    @property
    def words(self) -> str:
        """Say it in a few words."""
        return {
            ItemState.COUNTS: "Counts",
            ItemState.WAITS: "Waits for the council",
            ItemState.NOT_MET: "Not met",
            ItemState.NOT_ACCEPTED: "Not accepted",
            ItemState.RUN_OUT: "Has run out",
            ItemState.MISSING: "No answer yet",
        }[self]


COLOURS = {ItemState.COUNTS: "green", ItemState.WAITS: "blue", ItemState.MISSING: "yellow"}


@dataclass(frozen=True, kw_only=True)
class ItemStanding:
    """An item, the newest answer to it (none: not answered), and how it stands on a day."""

    item: Item
    answer: EthicalAnswer | None
    state: ItemState

    @property
    def colour(self) -> str:
        """The colour of its tag; the words say it too."""
        return COLOURS.get(self.state, "red")


def newest_answers(*, providers: Collection[UUID]) -> list[EthicalAnswer]:
    """Give the newest answer of each of these providers to each item; one query."""
    return NEWEST_ANSWERS(providers=list(providers)) if providers else []


NEWEST_ANSWERS = AskedOften(
    lambda providers: (
        EthicalAnswer.objects.filter(provider__in=providers)
        .select_related("checked_by")
        .order_by("provider", "item", "-answered_at", "-pk")
        .distinct("provider", "item")
    ),
    providers="uuid[]",
)


def ethical_test(*, provider: Provider, on: date) -> list[tuple[str, list[ItemStanding]]]:
    """Give every item as it stands on a day, by its part of the test in the order of the test."""
    said = {answer.item: answer for answer in newest_answers(providers=[provider.pk])}
    standing = [
        ItemStanding(item=item, answer=said.get(item.code), state=state_of(said.get(item.code), on=on))
        for item in ITEMS
    ]
    return [(words, [one for one in standing if one.item.group == group]) for group, words in GROUPS.items()]


def newest_answer(*, provider: Provider, item: str) -> EthicalAnswer | None:
    """Give the newest answer of a provider to one item; none where it never gave any."""
    return provider.ethical_answers.filter(item=item).order_by("-answered_at", "-pk").first()


def score_of(items: Collection[ItemStanding]) -> EthicalScore:
    """Count what counts among the items of one test."""
    return EthicalScore(met=sum(one.state == ItemState.COUNTS for one in items))


def ethical_scores(*, providers: Collection[UUID], on: date) -> dict[UUID, EthicalScore]:
    """Count how many items of the test each of these providers passes on a day; one query."""
    known = {item.code for item in ITEMS}
    met = Counter(
        answer.provider_id
        for answer in newest_answers(providers=providers)
        if answer.item in known and state_of(answer, on=on) == ItemState.COUNTS
    )
    return {provider: EthicalScore(met=met[provider]) for provider in providers}


def ethical_score(*, provider: Provider, on: date) -> EthicalScore:
    """Count how many items of the test a provider passes on a day."""
    return ethical_scores(providers=[provider.pk], on=on)[provider.pk]


def lapsed_on(*, providers: Collection[UUID], on: date) -> dict[UUID, date]:
    """Give the day since when a provider's test has items that counted and have run out, of those that have any."""
    lapsed: dict[UUID, date] = {}
    for answer in newest_answers(providers=providers):
        if state_of(answer, on=on) == ItemState.RUN_OUT and answer.expiry_date:
            lapsed[answer.provider_id] = min(
                answer.expiry_date, lapsed.get(answer.provider_id, answer.expiry_date)
            )
    return lapsed


def state_of(answer: EthicalAnswer | None, *, on: date) -> ItemState:
    """Say how an item stands on a day, by the newest answer to it."""
    if answer is None:
        return ItemState.MISSING
    if answer.is_accepted is None:
        return ItemState.WAITS
    if not answer.is_accepted:
        return ItemState.NOT_ACCEPTED
    if not answer.is_met:
        return ItemState.NOT_MET
    is_over = answer.expiry_date is not None and answer.expiry_date <= on
    return ItemState.RUN_OUT if is_over else ItemState.COUNTS


def may_check(user: User, provider: Provider) -> bool:
    """Tell whether a user checks answers of this provider: of its council, and not one of its own staff."""
    is_own = provider.staff.filter(user=user).exists()
    return user.has_role(*CHECKED_BY, council_id=provider.council_id) and not is_own


def answers_to_check(*, by: User) -> list[EthicalAnswer]:
    """Give the newest answers that wait for a check in the councils one checks for, oldest first."""
    councils = [role.council_id for role in by.roles.all() if role.kind in CHECKED_BY]
    newest = (
        EthicalAnswer.objects.filter(provider__council__in=councils)
        .values("provider", "item")
        .annotate(newest=Max("answered_at"))
    )
    waiting = EthicalAnswer.objects.filter(provider__council__in=councils, is_accepted__isnull=True).exclude(
        provider__staff__user=by
    )
    found = waiting.select_related("provider").order_by("answered_at", "pk")
    last = {(row["provider"], row["item"]): row["newest"] for row in newest}
    return [one for one in found if last[one.provider_id, one.item] == one.answered_at]
