"""What every change of one's share begins with: the membership, locked, and who does it."""

from datetime import date

from django.utils.translation import gettext as _

from clusters.actions.steps import locked_membership
from clusters.models import Membership, MembershipState
from people.models import Scope, User
from people.queries import acting_label
from people.rules.words import date_words


def own_membership(
    membership: Membership, *, by: User, on: date, unable: type[Exception]
) -> tuple[Membership, str]:
    """
    Give a membership, locked, and the label of who acts: the member, their professional, or a helper who may spend.

    :raises unable: nobody of these, or the membership is not one whose share can be changed now.
    """
    membership = locked_membership(membership)
    label = acting_label(by, membership.person, scope=Scope.SPEND, on=on)
    if label is None:
        raise unable(
            _("Only the member, or somebody who may look after their money, can change their share.")
        )
    if membership.state != MembershipState.ACTIVE:
        raise unable(_("Only a member can change their share. You leave already, or have not joined yet."))
    if membership.joined_date is not None and on < membership.joined_date:
        raise unable(
            _("You can change your share from the day you join: %(day)s.")
            % {"day": date_words(membership.joined_date)}
        )
    return membership, label
