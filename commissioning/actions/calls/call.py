"""Calling for what a cluster needs, in its members' words; and taking the call back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.steps import locked_cluster
from clusters.models import Cluster, ClusterState, Membership, SharingTerm
from clusters.queries import agreement_in_force
from commissioning.actions.calls.steps import locked_call, turn_down
from commissioning.actions.calls.telling import tell_members, tell_providers
from commissioning.models import Call, CallState
from commissioning.queries.calls import providers_that_fit
from commissioning.rules.names import named_in, says_how_to_reach
from people.models import Person, Scope, User
from people.queries import acting_label
from plans.rules import kind_of

LONGEST_TERM = timedelta(days=731)
LONGEST_OPEN = timedelta(days=92)
MOST_UNITS = Decimal(1000)
ROOM_FOR_CLUSTER = 34  # of the 40 characters of a call's reference
CALL_TAKEN_BACK = "The members took their call back."


class UnableToCall(Exception):
    """The user may not, the cluster cannot yet, a day does not fit, or the words name somebody."""


class UnableToTakeCallBack(Exception):
    """The user may not, or the call is not open any more."""


@dataclass(frozen=True, kw_only=True)
class CallTerms:
    """
    What a cluster asks for: the kind of help in their words, how much of it, where, in which languages, and when.

    `weekly_units` of `unit` from `start_date` up to (not including) `end_date`; offers come up to and including
    `offers_by_date`.
    """

    title: str
    words: str
    service_code: str
    unit: str
    weekly_units: Decimal
    start_date: date
    end_date: date
    offers_by_date: date
    place: str = ""
    languages: tuple[str, ...] = ()
    culture_words: str = ""

    @property
    def all_words(self) -> str:
        """Everything they wrote that providers will read."""
        return " . ".join([self.title, self.words, self.place, *self.languages, self.culture_words])


@transaction.atomic
def call_for_offers(
    *,
    cluster: Cluster,
    person: Person,
    terms: CallTerms,
    by: User,
    at: datetime,
    names_nobody: bool = False,
    call_id: UUID | None = None,
) -> Call:
    """
    Ask providers to offer what a cluster needs. The other members, and the providers that fit, are told.

    A member calls, or a helper who may agree for them. Only what the members agreed how to share can be called for.
    `names_nobody`: somebody has looked at the words that are a part of a member's name, and they mean no one.
    `call_id` names the call beforehand, so that a form sent twice is one call.

    :raises UnableToCall: see the class.
    """
    cluster = locked_cluster(cluster)
    label = label_in(cluster, person=person, by=by, at=at)
    if label is None:
        raise UnableToCall(_("Only members of the cluster, or a helper who may agree for them, can do this."))
    made = Call.objects.filter(pk=call_id, cluster=cluster).first() if call_id else None
    if made is not None:
        return made
    _check_cluster(cluster, terms)
    _check_days(terms, on=timezone.localdate(at))
    _check_words(cluster, terms, names_nobody=names_nobody)
    call = Call(
        council=cluster.council,
        cluster=cluster,
        ref=_next_ref(cluster),
        is_regulated=kind_of(terms.service_code).is_regulated,
        called_at=at,
        called_by=label,
        **(vars(terms) | {"languages": list(terms.languages)}),
    )
    if call_id is not None:
        call.pk = call_id
    call.save(force_insert=True)
    tell_members(call, "made", at=at, by=label)
    tell_providers(call, providers_that_fit(call=call), kind="wanted", at=at, by=label)
    return call


@transaction.atomic
def take_call_back(*, call: Call, person: Person, by: User, at: datetime) -> Call:
    """
    Take a call back; offers that came for it are turned down kindly. Taking it back twice is once.

    :raises UnableToTakeCallBack: see the class.
    """
    call = locked_call(call)
    label = label_in(call.cluster, person=person, by=by, at=at)
    if label is None:
        raise UnableToTakeCallBack(
            _("Only members of the cluster, or a helper who may agree for them, can do this.")
        )
    if call.state == CallState.WITHDRAWN:
        return call
    if call.state != CallState.OPEN:
        raise UnableToTakeCallBack(
            _("This call is at “%(state)s”, so it cannot be taken back now.")
            % {"state": call.get_state_display()}
        )
    call.state = CallState.WITHDRAWN
    call.save(update_fields=["state"])
    tell_members(call, "taken_back", at=at, by=label)
    turn_down(call, why=CALL_TAKEN_BACK, by=label, at=at)
    return call


def label_in(cluster: Cluster, *, person: Person, by: User, at: datetime) -> str | None:
    """Say under which name somebody acts here for a member who is not leaving; none where they may not."""
    if not Membership.objects.with_a_say().filter(cluster=cluster, person=person).exists():
        return None
    return acting_label(by, person, scope=Scope.AGREE, on=timezone.localdate(at))


def _check_cluster(cluster: Cluster, terms: CallTerms) -> None:
    if cluster.state not in {ClusterState.AGREED, ClusterState.ACTIVE}:
        raise UnableToCall(
            _(
                "%(cluster)s is %(state)s. "
                "You can ask for offers once enough of you have signed your agreement."
            )
            % {"cluster": cluster.name, "state": cluster.get_state_display().lower()}
        )
    agreement = agreement_in_force(cluster=cluster)
    is_shared = SharingTerm.objects.filter(agreement=agreement, service_code=terms.service_code).exists()
    if agreement is None or not is_shared:
        raise UnableToCall(
            _("Your agreement does not say yet how you share this kind of help. Change the agreement first.")
        )


def _check_days(terms: CallTerms, *, on: date) -> None:
    """Hold that the days follow each other, and that the amount is one."""
    if not Decimal(0) < terms.weekly_units <= MOST_UNITS:
        raise UnableToCall(
            _("Say how much you want a week: more than nothing, and at most %(most)s.") % {"most": MOST_UNITS}
        )
    if terms.offers_by_date < on:
        raise UnableToCall(_("The last day for offers is over. Choose a later day."))
    if terms.offers_by_date > on + LONGEST_OPEN:
        raise UnableToCall(_("Choose a last day for offers in the next three months."))
    if terms.start_date <= terms.offers_by_date:
        raise UnableToCall(_("It can start only after the last day for offers. Choose a later start."))
    if terms.end_date <= terms.start_date:
        raise UnableToCall(_("It ends before it starts. Check the two days."))
    if terms.end_date > terms.start_date + LONGEST_TERM:
        raise UnableToCall(_("Ask for at most two years. You can call again after that."))


def _check_words(cluster: Cluster, terms: CallTerms, *, names_nobody: bool) -> None:
    """Hold that what strangers will read names no member and tells nobody how to reach one."""
    if not terms.title.strip() or not terms.words.strip():
        raise UnableToCall(_("Say what you want, in your own words."))
    names = [member.person.name for member in cluster.memberships.current().select_related("person")]
    found = named_in(terms.all_words, names=names)
    if found.whole:
        raise UnableToCall(
            _(
                "%(name)s is named in the words. Providers you do not know will read them. "
                "Take the name out: say “one of us”."
            )
            % {"name": found.whole[0]}
        )
    if says_how_to_reach(terms.all_words):
        raise UnableToCall(_("Take out e-mail addresses and phone numbers. Offers come to you here."))
    if found.parts and not names_nobody:
        raise UnableToCall(
            _("“%(word)s” is also a part of a member’s name. Take it out, or say that it means nobody.")
            % {"word": found.parts[0].capitalize()}
        )


def _next_ref(cluster: Cluster) -> str:
    """Give a reference that no call of this council has had; the cluster is locked by whoever asks."""
    taken = set(Call.objects.filter(council=cluster.council_id).values_list("ref", flat=True))
    tries = (f"{cluster.ref[:ROOM_FOR_CLUSTER]}-C{number:02d}" for number in count(1))
    return next(ref for ref in tries if ref not in taken)
