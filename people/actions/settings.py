"""Keeping how somebody wants pages and letters to be."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people.actions.tell import tell
from people.models import Channel, Person, PersonalSettings, Scope, TextSize, User
from people.queries import acting_label, acting_refusal


class UnableToKeepSettings(Exception):
    """Somebody may not change how another person's pages or letters are."""


@dataclass(frozen=True, kw_only=True)
class Likes:
    """How somebody wants pages and letters to be; what is not said stays as it is for everybody."""

    is_easy: bool = False
    text_size: TextSize = TextSize.USUAL
    language: str = "en-gb"
    is_read_aloud: bool = False
    channel: Channel = Channel.EMAIL


@transaction.atomic
def keep_persons_settings(*, person: Person, likes: Likes, by: User, at: datetime) -> PersonalSettings:
    """
    Keep how a person who draws on care wants pages and letters to be, from now on and wherever they are shown.

    Themselves, or a helper who may see their pages; how letters come, only one who gets their letters. When somebody
    else did it, the person is told.

    :raises UnableToKeepSettings: the user may not do this for the person.
    """
    on = timezone.localdate(at)
    before = PersonalSettings.objects.select_for_update().filter(person=person).first()
    is_new_way = likes.channel != (before.channel if before else Channel.EMAIL)
    scope = Scope.LETTERS if is_new_way else Scope.SEE
    label = acting_label(by, person, scope=scope, on=on)
    if label is None:
        raise UnableToKeepSettings(acting_refusal(by, person, scope=scope, on=on))
    kept, _ = PersonalSettings.objects.update_or_create(
        person=person, defaults=asdict(likes) | {"changed_at": at, "changed_by": label}
    )
    if by.pk != person.user_id:
        tell(
            person=person, kind="people_settings_changed", key=f"{kept.pk}:{at.isoformat()}", at=at, by=label
        )
    return kept


@transaction.atomic
def keep_own_settings(*, user: User, likes: Likes, at: datetime) -> PersonalSettings:
    """Keep how somebody who signs in, and does not draw on care, wants pages to be."""
    kept, _ = PersonalSettings.objects.update_or_create(
        user=user, defaults=asdict(likes) | {"changed_at": at, "changed_by": user.label}
    )
    return kept


@transaction.atomic
def leave_as_it_is(*, user: User, person: Person | None, language: str, at: datetime) -> None:
    """
    Note that somebody was asked how pages should be and left everything as it is, so that nobody asks again.

    `person`: themselves, where they draw on care; `language`: the one in use, which stays. What they chose before
    stays too.
    """
    whose = {"person": person} if person else {"user": user}
    PersonalSettings.objects.bulk_create(
        [PersonalSettings(**whose, language=language, changed_at=at, changed_by=user.label)],
        ignore_conflicts=True,
    )
