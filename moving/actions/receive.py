"""Taking a pack in: the person is registered, and their plan and budget go on as the first council agreed them."""

from datetime import datetime

from django.db import DataError, IntegrityError, transaction
from django.urls import reverse

from moving.actions.arrive import UnableToArrive, arrive
from moving.models import Arrival, CouncilKey, KnownCouncil
from moving.queries import contents_of_arrival
from moving.rules.contents import Contents, age_refusal
from moving.rules.pack import Outside, UnableToReadPack, outside_of
from moving.rules.reading import UnableToReadContents
from people.actions import tell, tell_user
from people.models import Council, Person, RoleKind, User
from people.rules.words import date_words
from plans.models import ReviewCall, ReviewReason


class UnableToReceive(Exception):
    """The pack is not as it was sent, not for this council, not of one it knows, or not to be taken in now."""


@transaction.atomic
def receive_pack(*, council: Council, content: bytes, lead: User, by: User, at: datetime) -> Arrival:
    """
    Take in somebody who comes from another council: all of it or nothing.

    They are registered and sign in as before, their plan is loaded as the first council agreed it, and budget and
    care account go on at the first council's amounts. The council's own assessment is due from their first day
    (Care Act 2014 ss37-38): it stands on their professional's page of what is due until it is done.

    :raises UnableToReceive: the pack was changed, taken in before, is for another council, from one whose key is not
        checked, too old, or of an unknown version; `lead` is no social worker here, or `by` may not take it in.
    """
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    _check_people(council, lead, by)
    try:
        outside = outside_of(content)
        sender, key = _sender(council, outside), _key(council, outside)
        contents = contents_of_arrival(pack=content, sender=sender, key=key)
    except (UnableToReadPack, UnableToReadContents) as trouble:
        raise UnableToReceive(str(trouble)) from trouble
    refusal = age_refusal(contents, at=at)
    if refusal:
        raise UnableToReceive(refusal)
    person = _arrive(council, contents, outside, lead, by, at)
    arrival = Arrival.objects.create(
        council=council,
        person=person,
        sender=sender,
        key=key,
        pack_id=outside.id,
        pack=content,
        moved_date=contents.moved_date,
        taken_at=at,
        taken_by=by,
    )
    _ask_for_own_assessment(person, contents, by, at)
    _tell(arrival, contents, by, at)
    return arrival


def _check_people(council: Council, lead: User, by: User) -> None:
    if not by.has_role(RoleKind.ADMINISTRATOR, RoleKind.SOCIAL_WORKER, council_id=council.pk):
        raise UnableToReceive("Only a social worker or an administrator of this council can take a pack in.")
    if not lead.has_role(RoleKind.SOCIAL_WORKER, council_id=council.pk):
        raise UnableToReceive("Choose a social worker of this council to lead their plan.")


def _sender(council: Council, outside: Outside) -> KnownCouncil:
    """Give the council that says it sent the pack, if its key is known and checked; the signature proves it later."""
    if outside.to_code != council.code:
        raise UnableToReceive(
            f"This pack is for another council, not for {council.name}. Nothing was taken in. "
            "Tell the council that sent it."
        )
    if Arrival.objects.filter(council=council, pack_id=outside.id).exists():
        raise UnableToReceive("This pack was taken in already. Nothing has changed.")
    known = KnownCouncil.objects.trusted().filter(council=council, code=outside.from_code)
    found = known.select_for_update(no_key=True).first()
    if found is None:
        raise UnableToReceive(
            "This pack is from a council whose key is not entered and checked here. Nothing was taken in. "
            "Your administrator can enter it."
        )
    if found.public.fingerprint != outside.from_key:
        raise UnableToReceive(
            f"This pack is signed with another key than the one we have of {found.name}. Nothing was taken in. "
            "Call them: they may have a new key."
        )
    return found


def _key(council: Council, outside: Outside) -> CouncilKey:
    """Give the council's own key that the pack is sealed to; a retired one may still open it."""
    keys = CouncilKey.objects.filter(council=council).select_related("council").order_by("-made_at")
    found = next((key for key in keys if key.public.fingerprint == outside.to_key), None)
    if found is None:
        raise UnableToReceive(
            "This pack is sealed to a key that is not ours. Nothing was taken in. Give the other council our key, "
            "and ask them to send it again."
        )
    return found


def _arrive(
    council: Council, contents: Contents, outside: Outside, lead: User, by: User, at: datetime
) -> Person:
    """Make what the pack says into somebody of this council; what PostgreSQL does not take is refused in words too."""
    try:
        with transaction.atomic():
            return arrive(council=council, contents=contents, pack=outside.id, lead=lead, by=by, at=at)
    except UnableToArrive as trouble:
        raise UnableToReceive(str(trouble)) from trouble
    except (DataError, IntegrityError) as trouble:
        raise UnableToReceive(
            "What is in this pack does not hold together. Nothing was taken in. Tell the council that sent it."
        ) from trouble


def _ask_for_own_assessment(person: Person, contents: Contents, by: User, at: datetime) -> None:
    """Put the council's own assessment among what is due, from their first day on."""
    words = (
        f"They came from {contents.from_name} on {date_words(contents.moved_date)}. Their plan and budget go on "
        "as agreed there, until our own assessment. It is due now."
    )
    if contents.care_account is None:
        words += " Their care account did not come along: the pack is of an older version. Ask for it."
    ReviewCall.objects.create(
        person=person,
        reason=ReviewReason.OTHER,
        words=words,
        made_date=contents.moved_date,
        made_at=at,
        made_by=by.label,
    )


def _tell(arrival: Arrival, contents: Contents, by: User, at: datetime) -> None:
    person = arrival.person
    about = reverse("moving:arrival", args=[arrival.pk])
    tell(
        person=person,
        kind="moving_welcome",
        key=str(arrival.pk),
        at=at,
        by=by.label,
        council=person.council.name,
        on=contents.moved_date,
        signs_in="yes" if person.user_id else "",
        about=about,
    )
    if person.lead_professional is not None and person.lead_professional != by:
        tell_user(
            user=person.lead_professional,
            council=person.council,
            kind="moving_arrived",
            key=str(arrival.pk),
            at=at,
            by=by.label,
            about=about,
            person=str(person),
            on=contents.moved_date,
        )
