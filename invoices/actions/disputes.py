"""“This did not happen”: a member says so, and the council finds out; what did not happen is taken back."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Membership
from invoices.actions.adjust import Difference, Why, adjust
from invoices.models import (
    Dispute,
    DisputeState,
    Hold,
    HoldReason,
    HoldState,
    Invoice,
    InvoiceLine,
    LineState,
)
from invoices.queries.adjusting import standing_of
from invoices.queries.disputes import is_agreed_to_be_paid, paid_by
from invoices.rules import due_date, owner_of
from ledger.actions import refused_by, with_retries
from people.actions import tell
from people.models import Person, RoleKind, Scope, User
from people.queries import acting_label


class UnableToDispute(Exception):
    """The person paid no share of it, it is money back, or somebody else has to say so."""


class UnableToAnswer(Exception):
    """It is answered already, no reason was given, nothing is left to take back, or it is not for the user."""


@with_retries
@transaction.atomic
def say_not_happened(
    *, line: InvoiceLine, person: Person, words: str, by: User, on: date, at: datetime
) -> Dispute:
    """
    Write down that something a person paid a share of did not happen, and hold it as long as nobody agreed to pay it.

    Where it is paid, or on its way, it is a question to the council instead (`Dispute.hold` is none). Saying it twice
    is said once. The person is told.

    :raises UnableToDispute: see the class.
    """
    label = acting_label(by, person, scope=Scope.AGREE, on=timezone.localdate(at))
    if label is None:
        raise UnableToDispute(
            _("Only the member, or somebody who may agree to things for them, can say this.")
        )
    line = InvoiceLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    membership = paid_by(line=line, person=person)
    if membership is None or line.state != LineState.ACCEPTED or line.amount_pence <= 0 or line.corrects_line:
        raise UnableToDispute(_("You paid no share of this, so there is nothing to look at."))
    said = Dispute.objects.filter(line=line, state=DisputeState.OPEN).first()
    if said is not None:
        return said
    dispute = Dispute.objects.create(
        line=line,
        membership=membership,
        words=words.strip(),
        said_at=at,
        said_by=label,
        hold=_hold(line, on=on, at=at),
    )
    _tell(dispute, membership, "said", at=at, by=label, is_held=dispute.hold is not None)
    return dispute


@with_retries
@transaction.atomic
def answer_happened(*, dispute: Dispute, answer: str, by: User, at: datetime) -> Dispute:
    """
    Say that it did happen, and how that is known. What was held can be paid again. The person reads the answer.

    :raises UnableToAnswer: see the class.
    """
    dispute = _open(dispute, answer, by)
    _close(dispute, DisputeState.STANDS, answer, by=by, at=at)
    _tell(dispute, dispute.membership, "stands", at=at, by=by.label, answer=answer)
    return dispute


@with_retries
@transaction.atomic
def uphold(*, dispute: Dispute, answer: str, by: User, on: date, at: datetime) -> Dispute:
    """
    Take back what did not happen: each member gets their share back, and the provider's next payment is less by it.

    Everybody who gets money back is told. What earlier credits gave back is not given twice.

    :raises UnableToAnswer: see the class.
    """
    dispute = _open(dispute, answer, by)
    line = dispute.line
    stands = standing_of([line])[line.pk]
    if stands.pence <= 0:
        raise UnableToAnswer(
            "Nothing of this line is left to take back: the provider has credited it. "
            "Say that, and close the question instead."
        )
    taken_back = adjust(
        corrects=line.invoice,
        number=f"ADJ-{dispute.pk.hex[-12:].upper()}",
        differences=[Difference(line, -stands.pence, -stands.units)],
        why=Why(f"A member says that this did not happen. {answer.strip()}"),
        on=on,
        at=at,
        by=by.label,
    )
    if taken_back.lines.exclude(state=LineState.ACCEPTED).exists():
        raise UnableToAnswer(
            "The money cannot go back to the members: the pledges it came from are not there any more. "
            "Ask the provider for a credit note."
        )
    _close(dispute, DisputeState.UPHELD, answer, by=by, at=at, adjustment=taken_back)
    for membership in _payers(line):
        _tell(dispute, membership, "taken_back", at=at, by=by.label, answer=answer)
    return dispute


def _hold(line: InvoiceLine, *, on: date, at: datetime) -> Hold | None:
    """Hold a line that nobody has agreed to pay yet; None where somebody has."""
    if is_agreed_to_be_paid(line=line):
        return None
    try:
        with transaction.atomic():
            return Hold.objects.create(
                line=line,
                reason=HoldReason.VISIT_DISPUTED,
                owner=owner_of(HoldReason.VISIT_DISPUTED),
                due_date=due_date(on=on),
                opened_at=at,
            )
    except IntegrityError as refusal:
        # Somebody approved its run at this very moment.
        if "invoices_disputed_line_is_not_paid_yet" not in refused_by(refusal):
            raise
        return None


def _open(dispute: Dispute, answer: str, by: User) -> Dispute:
    """Lock a dispute that nobody has answered, for somebody who may."""
    if not answer.strip():
        raise UnableToAnswer("Say what you found out, and how: the member reads it.")
    dispute = (
        Dispute.objects.select_for_update(of=["self"], no_key=True)
        .select_related("line__invoice__provider", "line__service", "membership__person", "hold")
        .get(pk=dispute.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=dispute.line.invoice.council_id):
        raise UnableToAnswer("Only a finance officer of this council can answer this.")
    if dispute.state != DisputeState.OPEN:
        raise UnableToAnswer(f"Somebody has answered this already: {dispute.get_state_display().lower()}.")
    return dispute


def _close(
    dispute: Dispute,
    state: DisputeState,
    answer: str,
    *,
    by: User,
    at: datetime,
    adjustment: Invoice | None = None,
) -> None:
    dispute.state, dispute.answer, dispute.adjustment = state, answer.strip(), adjustment
    dispute.answered_at, dispute.answered_by = at, by
    dispute.save(update_fields=["state", "answer", "answered_at", "answered_by", "adjustment"])
    if dispute.hold is not None:
        became = HoldState.UPHELD if state == DisputeState.UPHELD else HoldState.RELEASED
        Hold.objects.filter(pk=dispute.hold.pk).update(
            state=became, resolved_at=at, resolved_by=by.label, note=answer.strip()
        )


def _payers(line: InvoiceLine) -> list[Membership]:
    """Give whoever paid a share of a line, in order of their references."""
    assert line.entry_id is not None  # PostgreSQL holds that an accepted line that costs something has one
    return list(
        Membership.objects.filter(pk__in=_owners(line)).select_related("person__council").order_by("ref")
    )


def _owners(line: InvoiceLine) -> list[UUID]:
    assert line.entry is not None
    return list(line.entry.transfers.values_list("source__owner_id", flat=True))


def _tell(
    dispute: Dispute,
    membership: Membership,
    what: str,
    *,
    at: datetime,
    by: str,
    answer: str = "",
    is_held: bool = False,
) -> None:
    """Tell one member what became of it; of the service, the day and the provider, never of who asked."""
    line = dispute.line
    tell(
        person=membership.person,
        kind=f"invoices_visit_{what}",
        key=str(dispute.pk),
        at=at,
        by=by,
        about=reverse("reports:why", args=[line.pk]),
        service=line.service.description if line.service else line.service_code,
        day=line.service_date,
        provider=line.invoice.provider.name,
        answer=answer,
        is_held=is_held,
    )
