"""What of the made-up council is there already, found by the references of its story."""

from dataclasses import dataclass, field

from budgets.models import FundingStream
from clusters.models import Cluster, Membership
from commissioning.models import Contract
from commonpurse.demo.days import Days
from people.models import Council, Person, User
from providers.models import Provider, SystemKey


@dataclass(kw_only=True)
class Town:
    """
    The council while it is made: people and providers by reference, users by e-mail address.

    `memberships` are by the references of cluster and person, `keys` by that of the provider.
    """

    days: Days
    council: Council
    streams: dict[str, FundingStream] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    memberships: dict[tuple[str, str], Membership] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    keys: dict[str, SystemKey] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
