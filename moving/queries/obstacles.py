"""What has to be done before somebody's pack can be sent, and what of theirs stays behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.models import Budget, Instalment, PaymentArrangement
from clusters.models import Membership, MembershipState
from moving.models import CouncilKey
from people.models import Person
from people.rules.words import date_words
from plans.models import WAITING, WRITABLE, Assessment, Plan, PlanQuerySet, PlanState, RasKind


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """
    Something to be done first, in plain words: to whoever works with the person, and to themselves.

    `for_them` and `for_lead`: where each of them does it; empty: somebody else does.
    """

    words: str
    to_them: str
    for_them: str = ""
    for_lead: str = ""


def in_the_way(*, person: Person, moved_date: date) -> list[Obstacle]:
    """Say what has to be done before somebody's pack can be sent; nothing where all is done."""
    return [*_of_clusters(person), *_of_what_stands(person, moved_date)]


def stays_behind(person: Person) -> list[str]:
    """Say what is begun with the first council and does not go along: what is written stays there, and ends."""
    stays = []
    asked = Person.objects.annotate(
        is_rewritten=Exists(_plans().filter(state__in=WRITABLE, version__gt=1)),
        is_assessed=Exists(
            Assessment.objects.filter(person=OuterRef("pk"), kind=RasKind.ADULT, finished_at__isnull=True)
        ),
    )
    is_rewritten, is_assessed = asked.values_list("is_rewritten", "is_assessed").get(pk=person.pk)
    if is_rewritten:
        stays.append(_("A new version of the plan was begun. What goes along is the plan that was agreed."))
    if is_assessed:
        stays.append(_("An assessment was begun. It is not finished, so it does not go along."))
    return stays


def _of_clusters(person: Person) -> Iterator[Obstacle]:
    """Who is leaving still has money there, until the last bills are in (held by PostgreSQL)."""
    theirs = Membership.objects.current().filter(person=person).select_related("cluster").order_by("ref")
    for membership in theirs:
        name = {"cluster": membership.cluster.name}
        if membership.state == MembershipState.ON_NOTICE:
            words = _(
                "They are leaving the cluster “%(cluster)s”. Some of their money waits there for the last bills, and "
                "comes back by itself."
            )
            to_them = _(
                "You are leaving the cluster “%(cluster)s”. Some of your money waits there for the last bills, and "
                "comes back by itself."
            )
            yield Obstacle(words=words % name, to_them=to_them % name)
        else:
            words = _(
                "They have a part in the cluster “%(cluster)s”. To leave it gives what is theirs back to their "
                "budget."
            )
            to_them = _(
                "You are in the cluster “%(cluster)s”. Leave it, and what is yours goes back to your budget."
            )
            there = reverse("commissioning:leave", args=[membership.cluster_id])
            yield Obstacle(words=words % name, to_them=to_them % name, for_them=there)


def _of_what_stands(person: Person, moved_date: date) -> Iterator[Obstacle]:
    """Ask at once what stands of their plan, budgets and payments, and whether there is a key."""
    arranged = PaymentArrangement.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gt=moved_date),
        allocation__budget__person=OuterRef("pk"),
        allocation__budget__end_date__gt=moved_date,
    )
    later = Budget.objects.filter(person=OuterRef("pk"), start_date__gte=moved_date)
    keys = CouncilKey.objects.filter(council=OuterRef("council"), retired_at__isnull=True)
    asked = Person.objects.annotate(
        has_plan=Exists(_plans().filter(state=PlanState.AGREED)),
        has_waiting=Exists(_plans().filter(state__in=WAITING)),
        has_later=Exists(later),
        is_paid=Exists(arranged),
        has_key=Exists(keys),
    )
    asked_for = ("has_plan", "has_waiting", "has_later", "is_paid", "has_key")
    has_plan, has_waiting, has_later, is_paid, has_key = asked.values_list(*asked_for).get(pk=person.pk)
    yield from _of_plan(person, has_agreed=has_plan, has_waiting=has_waiting)
    if has_later:
        yield Obstacle(
            words=_("They have a budget that only begins after that day. Choose a later day to move."),
            to_them=_(
                "You have a budget that only begins after that day. Take this back and choose a later day."
            ),
        )
    yield from _of_direct_payments(person, moved_date, is_paid=is_paid)
    if not has_key:
        yield Obstacle(
            words=_("This council has no key to sign with. Its administrator makes one."),
            to_them=_("Your council has no key to sign with yet. Its administrator makes one first."),
        )


def _plans() -> PlanQuerySet:
    return Plan.objects.of_adults().filter(person=OuterRef("pk"))


def _of_plan(person: Person, *, has_agreed: bool, has_waiting: bool) -> Iterator[Obstacle]:
    versions = reverse("plans:versions", args=[person.pk])
    if not has_agreed:
        yield Obstacle(
            words=_(
                "They have no agreed plan yet. The other council goes on with the plan, so agree it first."
            ),
            to_them=_("You have no agreed plan yet. Your social worker agrees it with you first."),
            for_lead=versions,
        )
    if has_waiting:
        yield Obstacle(
            words=_("A new version of their plan waits for a decision. Agree it or send it back first."),
            to_them=_(
                "A new version of your plan waits for a decision. Your social worker sees to it first."
            ),
            for_lead=versions,
        )


def _of_direct_payments(person: Person, moved_date: date, *, is_paid: bool) -> Iterator[Obstacle]:
    payments = reverse("budgets:direct", args=[person.pk])
    paid = Instalment.objects.filter(
        arrangement__allocation__budget__person=person, last_date__gte=moved_date
    ).order_by("-last_date")
    for instalment in paid[:1]:
        day = {"day": date_words(instalment.last_date)}
        yield Obstacle(
            words=_("They were paid directly for days up to %(day)s. Choose a day to move after it.") % day,
            to_them=_("You were paid directly for days up to %(day)s. Take this back and choose a later day.")
            % day,
            for_them=payments,
            for_lead=payments,
        )
    if is_paid:
        yield Obstacle(
            words=_(
                "They get a direct payment. It has to end by the day they move: a finance officer ends it first."
            ),
            to_them=_(
                "You get a direct payment. Your council’s finance officer ends it first, by the day you move."
            ),
            for_them=payments,
            for_lead=payments,
        )
