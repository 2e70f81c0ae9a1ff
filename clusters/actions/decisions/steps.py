"""What every step of a decision needs: the decision as it stands, and telling those on its roll."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from django.urls import reverse
from django.utils.functional import lazy

from clusters.models import Decision, RollEntry
from people.actions import tell
from people.models import Person

# Said in the language of whoever is told.
asked = lazy(attrgetter("question_words"), str)
why_of = lazy(attrgetter("why_words"), str)
outcome_of = lazy(attrgetter("outcome_words"), str)
label_of = lazy(attrgetter("label_words"), str)


def locked_decision(decision: Decision) -> Decision:
    """Give the decision as it stands now; nobody votes on it or closes it until this transaction ends."""
    Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    # Read again once it is ours: a row that was waited for comes without what was joined to it meanwhile.
    return Decision.objects.select_related("cluster__council").get(pk=decision.pk)


def roll_of(decision: Decision) -> list[RollEntry]:
    """Give those who may vote on it, by name."""
    entries = decision.roll.select_related("membership__person__council", "membership__person__user")
    return list(entries.order_by("membership__person__name", "membership__ref"))


def tell_of(
    decision: Decision,
    people: Iterable[Person],
    *,
    kind: str,
    at: datetime,
    by: str,
    step: str = "",
    **facts: str,
) -> None:
    """
    Tell people of one step of a decision, once each; the words know its question and when it closes.

    `step` tells apart what can happen several times.
    """
    for person in people:
        tell(
            person=person,
            kind=f"clusters_decision_{kind}",
            key=f"{decision.pk}{step and ':' + step}",
            at=at,
            by=by,
            about=reverse("clusters:decision", args=[decision.pk]),
            question=asked(decision),
            cluster=decision.cluster.name,
            closes_at=decision.closes_at,
            **facts,
        )
