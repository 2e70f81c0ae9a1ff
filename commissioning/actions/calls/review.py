"""What a member says of a provider, once a contract."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Membership
from commissioning.models import Contract, ContractState, ProviderReview
from commissioning.rules.names import named_in, says_how_to_reach
from people.models import Person, Scope, User
from people.queries import acting_label


class UnableToReview(Exception):
    """The user may not, nothing has been had yet, it was said already, or the words name somebody."""


@transaction.atomic
def review_provider(
    *, contract: Contract, person: Person, stars: int, words: str, by: User, at: datetime
) -> ProviderReview:
    """
    Say, as a member, how good what a contract buys is: one to five, and words. Once a contract.

    Others see it only among at least three, without a name. The same again is the first.

    :raises UnableToReview: see the class.
    """
    on = timezone.localdate(at)
    membership = (
        Membership.objects.select_for_update(no_key=True)
        .filter(cluster=contract.cluster_id, person=person, joined_date__isnull=False)
        .order_by("-joined_date")
        .first()
    )
    label = acting_label(by, person, scope=Scope.AGREE, on=on) if membership else None
    if membership is None or label is None:
        raise UnableToReview(
            _("Only members of the cluster, or a helper who may agree for them, can do this.")
        )
    if contract.state not in {ContractState.APPROVED, ContractState.ENDED} or contract.start_date > on:
        raise UnableToReview(_("It has not begun yet. Say what you think once you have had something of it."))
    given = ProviderReview.objects.filter(contract=contract, membership__person=person).first()
    if given is not None:
        if (given.stars, given.words) == (stars, words.strip()):
            return given
        raise UnableToReview(_("You have said what you think of this already. Thank you for that."))
    names = contract.cluster.memberships.select_related("person").values_list("person__name", flat=True)
    if named_in(words, names=list(names)).whole or says_how_to_reach(words):
        raise UnableToReview(_("Somebody is named in your words. Strangers read them: take the name out."))
    return ProviderReview.objects.create(
        contract=contract,
        membership=membership,
        stars=stars,
        words=words.strip(),
        given_at=at,
        given_by=label,
    )
