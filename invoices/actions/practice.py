"""Practising: what systems send with a sandbox key goes to a made-up council, and nowhere else (ADR 18)."""

from datetime import datetime, timedelta

from django.db import transaction

from invoices.actions.load import load_council
from invoices.queries.practice import newest_sandbox, practice_folder
from providers.models import Provider, Sandbox, SystemKey

START_OVER_EVERY = timedelta(minutes=10)


class UnableToStartOver(Exception):
    """The sandbox was made only a moment ago."""


def enter_sandbox(*, key: SystemKey, at: datetime) -> SystemKey:
    """
    Let a key that only practises stand for the made-up provider, so that all it does is done there.

    The first time, the sandbox is made from the provider's contracts as they are then. The key is changed in memory
    alone; what it belongs to stays.
    """
    assert key.is_sandbox
    sandbox = newest_sandbox(key.provider) or _make_first(key.provider, at=at, by=key.label)
    key.provider = sandbox.practice
    return key


@transaction.atomic
def start_over(*, provider: Provider, by: str, at: datetime) -> Sandbox:
    """
    Make a provider a fresh sandbox from its contracts as they are now. What was sent to the older one is seen no more.

    :raises UnableToStartOver: see the class.
    """
    provider = Provider.objects.select_for_update(no_key=True).select_related("council").get(pk=provider.pk)
    older = newest_sandbox(provider)
    if older is not None and at < older.made_at + START_OVER_EVERY:
        raise UnableToStartOver(
            f"The sandbox was made at {older.made_at:%H:%M} today. You can start over ten minutes after that."
        )
    return _make(provider, at=at, by=by)


@transaction.atomic
def _make_first(provider: Provider, *, at: datetime, by: str) -> Sandbox:
    """Make the first sandbox, once, however many requests come at the same time."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    return newest_sandbox(provider) or _make(provider, at=at, by=by)


def _make(provider: Provider, *, at: datetime, by: str) -> Sandbox:
    """Load the made-up council; nobody else makes one for this provider meanwhile."""
    number = provider.sandboxes.count() + 1
    files = practice_folder(provider=provider, code=f"TRY-{provider.pk.hex[-10:]}-{number}")
    loaded = load_council(files=files, at=at, by=by, say=_say_nothing, is_practice=True)
    practice = Provider.objects.select_related("council").get(council=loaded.council)
    return Sandbox.objects.create(provider=provider, practice=practice, made_at=at, made_by=by)


def _say_nothing(_: str) -> None:
    """Nobody listens."""
