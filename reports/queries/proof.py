"""How far a month has been proved: its exceptions, its certificate and its seal."""

from dataclasses import dataclass

from clusters.models import Cluster
from people.models import Council
from reports.rules.commissioning import Certificate, FindingGroup, Standing
from reports.rules.forecast import Span


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What the month end says of a month; nothing before it has run."""

    standing: Standing
    findings: tuple[FindingGroup, ...]
    certificate: Certificate | None


def proof_of(*, council: Council, cluster: Cluster | None, month: Span) -> Proved:
    """Give what the month end found for a council, or for one of its clusters."""
    return Proved(standing=Standing.PROVISIONAL, findings=(), certificate=None)
