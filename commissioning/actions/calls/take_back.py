"""A provider takes its offer back; also while the members are choosing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusters.actions import stop_about, withdraw_option
from clusters.models import DecisionState
from commissioning.actions.calls.steps import locked_call, move_call
from commissioning.actions.calls.telling import tell_members
from commissioning.models import CallState, Offer, OfferState
from commissioning.queries.calls import decision_of
from people.models import User

NONE_LEFT = _("Every provider has taken its offer back, so there is nothing left to choose.")


class UnableToTakeOfferBack(Exception):
    """The user does not work there, the offer is answered already, or the votes are being counted."""


@transaction.atomic
def take_offer_back(*, offer: Offer, by: User, at: datetime) -> Offer:
    """
    Take an offer back. The members are told; taking it back twice is once.

    While they are choosing, it cannot win any more, and who chose it is asked to choose again. If no other offer is
    left, the vote is stopped and the call is open again.

    :raises UnableToTakeOfferBack: see the class.
    """
    call = locked_call(offer.call)
    offer = (
        Offer.objects.select_related("provider").select_for_update(of=["self"], no_key=True).get(pk=offer.pk)
    )
    if not offer.provider.staff.filter(user=by).exists():
        raise UnableToTakeOfferBack(f"Only people who work for {offer.provider} can take this back.")
    if offer.state == OfferState.WITHDRAWN:
        return offer
    if offer.state != OfferState.OPEN:
        raise UnableToTakeOfferBack(
            f"This offer is at “{offer.get_state_display()}” already. Speak with the council’s commissioners."
        )
    decision = decision_of(call=call)
    if call.state == CallState.CHOOSING and decision is not None:
        if decision.state != DecisionState.OPEN or at >= decision.closes_at:
            raise UnableToTakeOfferBack(
                "Voting is over and the votes are being counted. Look again in some minutes."
            )
        withdraw_option(offer_id=offer.pk, by=by.label, at=at)
    else:
        tell_members(call, "offer_gone", step=str(offer.pk), at=at, by=by.label, provider=offer.provider.name)
    offer.state, offer.decided_at = OfferState.WITHDRAWN, at
    offer.save(update_fields=["state", "decided_at"])
    if call.state == CallState.CHOOSING and not call.offers.filter(state=OfferState.OPEN).exists():
        stop_about(subject_id=call.pk, why=NONE_LEFT, by=by.label, at=at)
        move_call(call, to=CallState.OPEN)
    return offer
