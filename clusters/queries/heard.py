"""What the member says whom a question is about."""

from dataclasses import dataclass

from clusters.models import Decision, DecisionKind, Hearing, Membership
from clusters.queries.agreement import agreement_in_force
from people.models import Person


@dataclass(frozen=True, kw_only=True)
class Heard:
    """
    A question about one member: what they say to it (none: nothing yet), and whether whoever looks is that member.

    `unhappy_words`: what the agreement says about somebody being unhappy.
    """

    said: Hearing | None
    is_about_me: bool
    unhappy_words: str


def heard_in(*, decision: Decision, person: Person | None) -> Heard | None:
    """Give what was said to a question about removing somebody; nothing for any other question. Three queries."""
    if decision.kind != DecisionKind.REMOVE:
        return None
    mine = Membership.objects.filter(pk__in=[decision.subject_id], person=person) if person else None
    agreement = agreement_in_force(cluster=decision.cluster)
    return Heard(
        said=decision.hearings.order_by("-pk").first(),
        is_about_me=mine is not None and mine.exists(),
        unhappy_words=agreement.unhappy_words if agreement else "",
    )
