"""Writing down what was spent of a direct payment, with a receipt; the council says that it has seen it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.models import FamilyNecessity, Spend
from budgets.queries.spend import necessity_on
from people.models import Person, RoleKind, Scope, User
from people.queries import acting_label, acting_refusal, leads
from people.rules.files import WrongFile, check_file


class UnableToSpend(Exception):
    """What was spent cannot be written down, or seen, like this. `field`: which answer it is about, if about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A file somebody sent: what it is called, what it says it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What was spent, on which day, on what and with whom, in pence. `is_family`: close family who live with them."""

    spent_date: date
    amount_pence: int
    what: str
    paid_to: str
    is_family: bool = False


@transaction.atomic
def write_spend(
    *, person: Person, spent: Spent, receipt: Receipt | None, by: User, on: date, at: datetime
) -> Spend:
    """
    Write down what was spent of a direct payment: by the person, or a helper who may spend for them.

    :raises UnableToSpend: `by` may not, the day is still to come, the file cannot be kept, or it went to close family
        in the same household and nobody at the council has found that necessary.
    """
    label = acting_label(by, person, scope=Scope.SPEND, on=on)
    if label is None:
        raise UnableToSpend(acting_refusal(by, person, scope=Scope.SPEND, on=on))
    if spent.spent_date > on:
        raise UnableToSpend(
            _("This day is still to come. Write it down once you have paid."), field="spent_date"
        )
    necessity = _held(person, on=spent.spent_date) if spent.is_family else None
    if spent.is_family and necessity is None:
        raise UnableToSpend(
            _(
                "Your council has to agree first when the money goes to close family who live with you. "
                "Ask your social worker, then write it down."
            ),
            field="is_family",
        )
    return Spend.objects.create(
        person=person,
        spent_date=spent.spent_date,
        amount_pence=spent.amount_pence,
        what=spent.what.strip(),
        paid_to=spent.paid_to.strip(),
        is_family=spent.is_family,
        family=necessity,
        written_at=at,
        written_by=label,
        **(_keep(person, receipt) if receipt else {}),
    )


@transaction.atomic
def see_spend(*, spend: Spend, by: User, at: datetime) -> None:
    """
    Say that the council has seen what was written down. Saying it again changes nothing.

    :raises UnableToSpend: `by` is neither a finance officer there nor the person's social worker, or it was taken back.
    """
    spend = (
        Spend.objects.select_related("person").select_for_update(of=["self"], no_key=True).get(pk=spend.pk)
    )
    if not may_see_spends(by, spend.person):
        raise UnableToSpend("Only a finance officer or the person's social worker can say that it was seen.")
    if spend.taken_back_at is not None:
        raise UnableToSpend("It was taken back by whoever wrote it.")
    if spend.seen_at is None:
        spend.seen_at, spend.seen_by = at, by
        spend.save(update_fields=["seen_at", "seen_by"])


@transaction.atomic
def take_spend_back(*, spend: Spend, by: User, on: date, at: datetime) -> None:
    """
    Take back what was written by mistake, as long as nobody at the council has seen it.

    :raises UnableToSpend: `by` may not spend for them, or it was seen already.
    """
    spend = (
        Spend.objects.select_related("person").select_for_update(of=["self"], no_key=True).get(pk=spend.pk)
    )
    label = acting_label(by, spend.person, scope=Scope.SPEND, on=on)
    if label is None:
        raise UnableToSpend(acting_refusal(by, spend.person, scope=Scope.SPEND, on=on))
    if spend.seen_at is not None:
        raise UnableToSpend(
            _("Your council has seen this already. Tell your social worker what should change.")
        )
    if spend.taken_back_at is None:
        spend.taken_back_at, spend.taken_back_by = at, label
        spend.save(update_fields=["taken_back_at", "taken_back_by"])


def may_see_spends(user: User, person: Person) -> bool:
    """Tell whether the user acknowledges what this person spent."""
    return leads(user, person) or user.has_role(RoleKind.FINANCE_OFFICER, council_id=person.council_id)


def _held(person: Person, *, on: date) -> FamilyNecessity | None:
    """Give the necessity of a day, held so that nobody ends it while a payment under it is written down."""
    found = necessity_on(person=person, on=on)
    if found is None:
        return None
    begun = FamilyNecessity.objects.filter(pk=found.pk).exclude(end_date__lte=on)
    return begun.select_for_update(no_key=True).first()


def _keep(person: Person, receipt: Receipt) -> dict[str, str]:
    """Keep a receipt below MEDIA_ROOT by its hash, where no web server looks."""
    try:
        check_file(receipt.content, media_type=receipt.media_type, name=receipt.name)
    except WrongFile as refusal:
        raise UnableToSpend(
            _("We cannot keep this file. Choose a photo (PNG or JPEG) or a PDF, smaller than 5 MB."),
            field="file",
        ) from refusal
    digest = sha256(receipt.content).hexdigest()
    path = f"receipts/{person.pk}/{digest}"
    if not default_storage.exists(path):  # the same bytes lie in one place
        path = default_storage.save(path, ContentFile(receipt.content))
    return {"name": receipt.name, "media_type": receipt.media_type, "sha256": digest, "path": path}
