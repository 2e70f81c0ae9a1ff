"""A person agrees to move: where to, from which day, and what goes along. Nothing is sent yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Membership
from moving.models import KnownCouncil, Move
from moving.queries import move_of
from people.actions import tell, tell_user
from people.models import Person, Scope, User
from people.queries import Fact, acting_label, acting_refusal, leads
from people.rules.words import day_words

FURTHEST_AHEAD = timedelta(days=90)


class UnableToMove(Exception):
    """They cannot move like this, or not yet: what is in the way, and what to do first."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """
    Where somebody moves, from which day on, and what goes along besides the plan and the budget.

    `words`: what their agreement rests on, where their professional writes it down.
    """

    to: KnownCouncil
    moved_date: date
    with_assessments: bool = False
    with_reviews: bool = False
    words: str = ""


@transaction.atomic
def agree_to_move(*, person: Person, wishes: Wishes, by: User, at: datetime) -> Move:
    """
    Write down that a person agrees to move, and to what goes along. Their clusters and their professional are told.

    They do it themselves, a helper with authority to agree does, or their lead professional at their word.

    :raises UnableToMove: `by` may not agree for them, they have died or moved, there is a move already, the day is
        past or too far ahead, the council's key is not checked, or nothing says what a professional's word rests on.
    """
    person = _locked(person)
    label = _label(by, person, at)
    _check(person, wishes, by, timezone.localdate(at))
    move = Move.objects.create(
        person=person,
        to=wishes.to,
        moved_date=wishes.moved_date,
        with_assessments=wishes.with_assessments,
        with_reviews=wishes.with_reviews,
        agreed_at=at,
        agreed_by=label,
        agreed_words=wishes.words.strip(),
    )
    _tell_clusters(move, "moving_member_moves", label, at)
    lead = person.lead_professional
    if lead is not None and lead != by:
        tell_user(
            user=lead,
            council=person.council,
            kind="moving_to_send",
            key=str(move.pk),
            at=at,
            by=label,
            about=_about(person),
            person=str(person),
            on=move.moved_date,
        )
    return move


@transaction.atomic
def take_back_move(*, move: Move, by: User, at: datetime) -> Move:
    """
    Take an agreement to move back, as long as nothing is sent. Their clusters are told that they stay.

    :raises UnableToMove: it is sent or taken back already, or `by` may not act for them.
    """
    person = _locked(move.person)
    move = Move.objects.select_related("to").select_for_update(of=["self"], no_key=True).get(pk=move.pk)
    label = _label(by, person, at)
    if move.sent_at is not None:
        raise UnableToMove(_("The pack is sent already. Ask your social worker what can be done."))
    if move.taken_back_at is not None:
        raise UnableToMove(_("It is taken back already."))
    move.taken_back_at, move.taken_back_by = at, label
    move.save(update_fields=["taken_back_at", "taken_back_by"])
    _tell_clusters(move, "moving_member_stays", label, at)
    return move


def _locked(person: Person) -> Person:
    whole = Person.objects.select_related("council", "lead_professional")
    return whole.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)


def _label(by: User, person: Person, at: datetime) -> str:
    on = timezone.localdate(at)
    label = acting_label(by, person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToMove(acting_refusal(by, person, scope=Scope.AGREE, on=on))
    return label


def _check(person: Person, wishes: Wishes, by: User, on: date) -> None:
    if person.moved_date is not None:
        raise UnableToMove(
            _("It is written down already that they move on %(day)s.") % {"day": day_words(person.moved_date)}
        )
    if move_of(person) is not None:
        raise UnableToMove(_("There is a move already. Take it back first, to say something else."))
    trusted = KnownCouncil.objects.trusted().filter(pk=wishes.to.pk, council=person.council)
    if not trusted.exists():
        raise UnableToMove(
            _("We do not have a checked key of that council. Ask your council’s administrator.")
        )
    if not on <= wishes.moved_date <= on + FURTHEST_AHEAD:
        raise UnableToMove(
            _("Choose a day from today up to %(day)s.") % {"day": day_words(on + FURTHEST_AHEAD)}
        )
    if leads(by, person) and person.user_id != by.pk and not wishes.words.strip():
        raise UnableToMove(_("Say what their agreement rests on, such as their word to you and its date."))


def _tell_clusters(move: Move, kind: str, label: str, at: datetime) -> None:
    """Tell the other members of each cluster they have a part in, and these members' professionals."""
    person = move.person
    for cluster in {one.cluster for one in _in_pools(person)}:
        others = Membership.objects.in_the_pool().filter(cluster=cluster).exclude(person=person)
        told = others.select_related("person__council", "person__lead_professional", "person__user")
        facts: dict[str, Fact] = {
            "mover": str(person),
            "cluster": cluster.name,
            "on": move.moved_date,
            "to": str(move.to),
        }
        private = [cluster.in_common] if cluster.in_common else []
        about, key = reverse("reports:outside", args=[cluster.pk]), f"{move.pk}:{cluster.pk}"
        members = list(told.order_by("ref"))
        for member in members:
            tell(
                person=member.person,
                kind=kind,
                key=key,
                at=at,
                by=label,
                about=about,
                private=private,
                **facts,
            )
        leading = {one.person.lead_professional for one in members if one.person.lead_professional}
        for lead in leading - {person.lead_professional}:
            tell_user(
                user=lead,
                council=cluster.council,
                kind=kind,
                key=key,
                at=at,
                by=label,
                about=about,
                **facts,
            )


def _in_pools(person: Person) -> list[Membership]:
    theirs = Membership.objects.in_the_pool().filter(person=person)
    return list(theirs.select_related("cluster__council"))


def _about(person: Person) -> str:
    return reverse("moving:leaving", args=[person.pk])
