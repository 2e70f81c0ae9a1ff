"""One step in the life of a call: it is locked while it changes, and its offers are answered."""

from datetime import datetime

from commissioning.actions.calls.telling import tell_providers
from commissioning.models import Call, CallState, Offer, OfferState


def locked_call(call: Call) -> Call:
    """Give the call as it stands now; nobody else changes it or offers for it until this transaction ends."""
    return (
        Call.objects.select_related("cluster__council", "council")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=call.pk)
    )


def move_call(call: Call, *, to: CallState) -> None:
    """Bring a locked call to its next state."""
    call.state = to
    call.save(update_fields=["state"])


def turn_down(call: Call, *, why: str, by: str, at: datetime) -> int:
    """Answer every open offer of a call with why it was not chosen, and tell its provider; gives how many."""
    offers = list(call.offers.filter(state=OfferState.OPEN).select_related("provider").order_by("pk"))
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(
        state=OfferState.NOT_CHOSEN, decided_at=at, not_chosen_words=why
    )
    tell_providers(call, [offer.provider for offer in offers], kind="not_chosen", at=at, by=by, why=why)
    return len(offers)
