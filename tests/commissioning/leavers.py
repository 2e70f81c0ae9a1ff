"""Clusters to leave, for tests: contracts with promised money, and where each member's money stands."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count

from budgets.queries import left_by_stream
from clusters.models import Cluster, Membership, SharingRule
from clusters.queries import money_in_pool
from commissioning.models import Commitment, Contract, ContractService, ContractState
from ledger.actions import AccountName, Draft, Move, open_accounts, post
from ledger.models import AccountKind
from people.models import User
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_service
from tests.people.makers import make_person, make_social_worker, make_user
from tests.providers.makers import make_provider

ON = date(2026, 5, 4)
NINE = datetime(2026, 5, 4, 8, tzinfo=UTC)
SESSION = make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=30_00)
Promises = Mapping[Membership, Mapping[str, int]]
_numbers = count(1)


def make_three(*, cluster: Cluster | None = None, pence: Mapping[str, int] | None = None) -> list[Membership]:
    """Amina, Ben and Chidi, who sign in and are led by Priya; each has 1,000 pounds in the pool of 2,000."""
    cluster = cluster or make_cluster()
    priya = make_social_worker(council=cluster.council)
    pledged = pence or {"council": 1_000_00}
    members = []
    for name in ("Amina Yusuf", "Ben Carter", "Chidi Obi"):
        person = make_person(council=cluster.council, name=name, user=make_user(name=name), lead=priya)
        make_budget(person=person, pence={code: 2 * amount for code, amount in pledged.items()})
        members.append(
            make_member(cluster=cluster, person=person, pledged=pledged, joined_date=date(2026, 4, 1))
        )
    return members


def make_promised(
    *,
    cluster: Cluster,
    promises: Promises,
    weekly_pence: int = 90_00,
    start_date: date = date(2026, 4, 6),
    end_date: date = date(2026, 6, 29),
    notice_days: int = 14,
) -> Contract:
    """A running contract over twelve weeks, loaded as given, to which members have promised money."""
    contract = Contract.objects.create(
        council=cluster.council,
        ref=f"KP-{next(_numbers):03d}",
        title="Cooking together",
        cluster=cluster,
        provider=make_provider(council=cluster.council),
        start_date=start_date,
        end_date=end_date,
        weekly_pence=weekly_pence,
        notice_days=notice_days,
        is_loaded=True,
    )
    ContractService.objects.create(contract=contract, **vars(SESSION))
    moves = []
    for member, streams in promises.items():
        for code, pence in streams.items():
            stream = make_stream(council=cluster.council, code=code)
            Commitment.objects.create(contract=contract, membership=member, stream=stream, amount_pence=pence)
            source = AccountName(AccountKind.POOL_SHARE, member.pk, code)
            moves.append((source, AccountName(AccountKind.COMMITTED, member.pk, code, contract.pk), pence))
    book_id = cluster.council.book_id
    ids = open_accounts(book_id=book_id, names=[name for move in moves for name in move[:2]])
    draft = Draft(
        key=f"commit:{contract.pk}",
        kind="commit",
        effective_date=start_date,
        reason="Promised",
        moves=[Move(ids[source], ids[target], pence) for source, target, pence in moves],
    )
    post(book_id=book_id, draft=draft, by="system:tests")
    contract.state = ContractState.APPROVED
    contract.save(update_fields=["state"])
    return contract


def user_of(member: Membership) -> User:
    """The member, as they sign in."""
    assert member.person.user is not None
    return member.person.user


def in_pool(member: Membership) -> tuple[int, int]:
    """What is free in a member's share, and what is promised, all streams together."""
    held = money_in_pool(membership=member)
    return sum(part.share_pence for part in held), sum(part.committed_pence for part in held)


def in_budget(member: Membership, code: str = "council") -> int:
    """What is left in one stream of the member's budget."""
    [budget] = member.person.budgets.all()
    return next(part.left_pence for part in left_by_stream(budget=budget) if part.stream.code == code)
