"""A need that no offer met: said by the members, or found by itself, and kept for the council to see."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.actions import stop_about
from commissioning.actions.calls.call import label_in
from commissioning.actions.calls.steps import locked_call, move_call, turn_down
from commissioning.actions.calls.telling import tell_members
from commissioning.models import Call, CallState, UnmetDemand
from commissioning.rules.names import named_in, says_how_to_reach
from people.models import Person, User
from plans.rules import kind_of

LONGEST_REASON = 1_000
NOT_SUITED = "The members chose none of the offers: {reason}"


class UnableToRecord(Exception):
    """The user may not, there is no reason, or the call is not open any more."""


@transaction.atomic
def say_none_suits(*, call: Call, person: Person, reason: str, by: User, at: datetime) -> UnmetDemand:
    """
    Say for the members that nothing that was offered suits them, and why. Saying it twice is once.

    :raises UnableToRecord: see the class.
    """
    call = locked_call(call)
    label = label_in(call.cluster, person=person, by=by, at=at)
    if label is None:
        raise UnableToRecord(
            gettext("Only members of the cluster, or a helper who may agree for them, can do this.")
        )
    names = [member.person.name for member in call.cluster.memberships.current().select_related("person")]
    if named_in(reason, names=names).whole or says_how_to_reach(reason):
        raise UnableToRecord(
            gettext(
                "Somebody is named in your words, or how to reach them. Strangers read this: take it out."
            )
        )
    return record_unmet(call=call, reason=reason, by=label, at=at)


@transaction.atomic
def record_unmet(*, call: Call, reason: str | Promise, by: str, at: datetime) -> UnmetDemand:
    """
    Write down that an open call found nothing that suits, for the market position statement. It ends the call.

    Members are told, and whoever offered hears why. Once is enough: again is the first row.

    :raises UnableToRecord: see the class.
    """
    call = locked_call(call)
    if call.state == CallState.UNMET:
        return call.unmet_demand
    if call.state != CallState.OPEN:
        raise UnableToRecord(
            gettext("This call is at “%(state)s”, so it goes on as it is.")
            % {"state": call.get_state_display()}
        )
    if not str(reason).strip():
        raise UnableToRecord(
            gettext("Say what was missing. The council reads it, and can look for somebody.")
        )
    words = str(reason).strip()[:LONGEST_REASON]
    row = UnmetDemand.objects.create(
        council=call.council,
        call=call,
        theme=kind_of(call.service_code).said[:40],
        place=call.place or call.cluster.area,
        weekly_units=call.weekly_units,
        unit=call.unit,
        offers_count=call.offers.count(),
        reason=words,
        recorded_at=at,
        recorded_by=by,
    )
    stop_about(subject_id=call.pk, why=_("Nothing that was offered suits the members."), by=by, at=at)
    move_call(call, to=CallState.UNMET)
    told = reason if isinstance(reason, Promise) else words
    tell_members(call, "unmet", at=at, by=by, reason=told)
    turn_down(call, why=NOT_SUITED.format(reason=words), by=by, at=at)
    return row
