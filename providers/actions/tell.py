"""Telling everybody who works for a provider of one step, whoever of them did it."""

from datetime import datetime

from people.actions import tell_user
from people.models import Council
from people.queries import Fact
from providers.models import Provider
from providers.queries import working_for


def tell_staff(
    provider: Provider,
    /,
    *,
    council: Council,
    kind: str,
    key: str,
    at: datetime,
    by: str,
    about: str = "",
    **facts: Fact,
) -> None:
    """
    Tell everybody who works for a provider and may sign in of one step, each once; else as `people.actions.tell_user`.

    :raises LookupError: the words name a fact that is not given.
    :raises TemplateDoesNotExist: there are no words for this kind.
    """
    for user in working_for(provider):
        tell_user(user=user, council=council, kind=kind, key=key, at=at, by=by, about=about, **facts)
