"""Keys: a council makes its own, enters those of others, and a second person checks each by telephone."""

from datetime import datetime

from django.db import transaction

from moving.models import CouncilKey, KnownCouncil
from moving.queries import key_of, secrets
from moving.rules.keys import UnableToReadKey, lock_key, make_private_key, read_key, same_fingerprint
from people.models import Council, RoleKind, User


class UnableToKeepKey(Exception):
    """The file is no key, the fingerprint differs, or somebody else has to do it."""


@transaction.atomic
def make_key(*, council: Council, by: User, at: datetime) -> CouncilKey:
    """
    Make a council's pair of keys, or a new pair that retires the one before.

    Other councils have to be given the new one. Packs sealed to the old one can still be opened.

    :raises UnableToKeepKey: `by` does not administer the council.
    """
    council = Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    if not by.has_role(RoleKind.ADMINISTRATOR, council_id=council.pk):
        raise UnableToKeepKey("Only an administrator of this council can make its key.")
    CouncilKey.objects.filter(council=council, retired_at__isnull=True).update(retired_at=at)
    private = make_private_key()
    public = private.public(code=council.code, name=council.name)
    return CouncilKey.objects.create(
        council=council,
        signing=public.signing,
        sealing=public.sealing,
        locked=lock_key(private, secrets=secrets()),
        made_at=at,
        made_by=by,
    )


@transaction.atomic
def enter_council(*, council: Council, content: bytes, by: User, at: datetime) -> KnownCouncil:
    """
    Enter another council's public key from the file they gave. It counts once a second person has checked it.

    :raises UnableToKeepKey: it is no such file, one's own key, there is one of that council already, or `by` does
        not administer the council.
    """
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    if not by.has_role(RoleKind.ADMINISTRATOR, council_id=council.pk):
        raise UnableToKeepKey("Only an administrator of this council can enter another council’s key.")
    try:
        key = read_key(content)
    except UnableToReadKey as trouble:
        raise UnableToKeepKey(str(trouble)) from trouble
    own = key_of(council)
    if key.code == council.code or (own is not None and own.public.signing == key.signing):
        raise UnableToKeepKey("This is your own council’s key. Enter the one the other council gave you.")
    if KnownCouncil.objects.filter(council=council, code=key.code, ended_at__isnull=True).exists():
        raise UnableToKeepKey(f"There is a key of {key.name} already. End it first, if they have a new one.")
    return KnownCouncil.objects.create(
        council=council,
        code=key.code,
        name=key.name,
        signing=key.signing,
        sealing=key.sealing,
        entered_at=at,
        entered_by=by,
    )


@transaction.atomic
def check_council(*, known: KnownCouncil, fingerprint: str, by: User, at: datetime) -> KnownCouncil:
    """
    Say that the other council read this fingerprint out. Somebody else than who entered the key does it.

    :raises UnableToKeepKey: it is another fingerprint, the same person, checked or ended already, or `by` neither
        administers nor manages the council.
    """
    known = KnownCouncil.objects.select_for_update(no_key=True).get(pk=known.pk)
    if not by.has_role(RoleKind.ADMINISTRATOR, RoleKind.MANAGER, council_id=known.council_id):
        raise UnableToKeepKey("Only an administrator or a team manager of this council can check a key.")
    if known.ended_at is not None or known.checked_at is not None:
        raise UnableToKeepKey("This key was checked or ended meanwhile. Look at it again.")
    if known.entered_by_id == by.pk:
        raise UnableToKeepKey("You entered this key. Somebody else has to check it.")
    if not same_fingerprint(fingerprint, known.public.fingerprint):
        raise UnableToKeepKey(
            f"That is not the fingerprint of the key we have. Call {known.name} again on a number you know. "
            "If it still differs, end this key and ask them for a new file."
        )
    known.checked_at, known.checked_by = at, by
    known.save(update_fields=["checked_at", "checked_by"])
    return known


@transaction.atomic
def end_council(*, known: KnownCouncil, by: User, at: datetime) -> KnownCouncil:
    """
    No longer trust a key: nothing is sent to it or taken from it any more.

    :raises UnableToKeepKey: it is ended already, or `by` does not administer the council.
    """
    known = KnownCouncil.objects.select_for_update(no_key=True).get(pk=known.pk)
    if not by.has_role(RoleKind.ADMINISTRATOR, council_id=known.council_id):
        raise UnableToKeepKey("Only an administrator of this council can end a key.")
    if known.ended_at is not None:
        raise UnableToKeepKey("This key is ended already.")
    known.ended_at, known.ended_by = at, by
    known.save(update_fields=["ended_at", "ended_by"])
    return known
