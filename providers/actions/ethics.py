"""The ethical test: a provider answers an item, and somebody of the council checks the answer."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import User
from providers.actions.tell import tell_staff
from providers.models import EthicalAnswer, Provider
from providers.queries.ethics import may_check, newest_answer
from providers.rules import WORDS_OF


class UnableToAnswer(Exception):
    """The user does not work for the provider, there is no such item, or the answer rests on nothing."""


class UnableToCheck(Exception):
    """The user may not check it, it is checked already, a newer answer stands, or it would run out at once."""


@transaction.atomic
def answer_item(
    *, provider: Provider, item: str, is_met: bool, evidence: str, by: User, at: datetime
) -> EthicalAnswer:
    """
    Answer one item of the ethical test, with what the answer rests on.

    From then on it is this answer that counts, once the council has checked it. Giving the same answer again while
    it waits changes nothing.

    :raises UnableToAnswer: see the class.
    """
    provider = Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    if not provider.staff.filter(user=by).exists():
        raise UnableToAnswer(f"Only people who work for {provider} can answer this.")
    if item not in WORDS_OF:
        raise UnableToAnswer("There is no such question. Go back to the list and choose one.")
    if not evidence.strip():
        raise UnableToAnswer("Say what your answer rests on, so that the council can check it.")
    newest = newest_answer(provider=provider, item=item)
    if newest and newest.is_accepted is None and (newest.is_met, newest.evidence) == (is_met, evidence):
        return newest
    return EthicalAnswer.objects.create(
        provider=provider, item=item, is_met=is_met, evidence=evidence, answered_at=at, answered_by=by.label
    )


@transaction.atomic
def check_answer(
    *, answer: EthicalAnswer, is_accepted: bool, expiry_date: date, by: User, at: datetime
) -> EthicalAnswer:
    """
    Accept an answer to the ethical test up to a day (exclusive), or not; its provider is told.

    :raises UnableToCheck: see the class.
    """
    answer = (
        EthicalAnswer.objects.select_related("provider__council")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=answer.pk)
    )
    if not may_check(by, answer.provider):
        raise UnableToCheck("Only commissioners and enterprise officers of the council can check this.")
    if answer.is_accepted is not None:
        raise UnableToCheck("Somebody has checked this answer already. There is nothing left to do.")
    if newest_answer(provider=answer.provider, item=answer.item) != answer:
        raise UnableToCheck("The provider has given a newer answer. Check that one.")
    if expiry_date <= timezone.localdate(at):
        raise UnableToCheck("Choose a day after today for when it has to be checked again.")
    answer.is_accepted, answer.expiry_date = is_accepted, expiry_date
    answer.checked_by, answer.checked_at = by, at
    answer.save(update_fields=["is_accepted", "expiry_date", "checked_by", "checked_at"])
    _tell(answer, by=by, at=at)
    return answer


def _tell(answer: EthicalAnswer, *, by: User, at: datetime) -> None:
    """Tell everybody who works for the provider what became of its answer."""
    tell_staff(
        answer.provider,
        council=answer.provider.council,
        kind="providers_answer_checked",
        key=str(answer.pk),
        at=at,
        by=by.label,
        about=reverse("providers:test", args=[answer.provider_id]),
        question=WORDS_OF[answer.item].question,
        is_accepted="yes" if answer.is_accepted else "",
        expiry_date=answer.expiry_date or timezone.localdate(at),
    )
