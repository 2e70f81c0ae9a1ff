"""Telling people: every step that concerns somebody sends one notice, written down with the step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from jobs.actions import ask_for
from people.models import Authority, Channel, Council, Notice, NoticeState, Person, Scope, User
from people.queries import Fact, channel_of, done_by, language_of, social_worker_of, words_of
from people.rules.kept_back import is_about_money
from people.rules.words import gives_away

SEND = "people.send_notice"
SAYS_NOTHING = _("Something has changed for you")
COPY = _("A copy for you: %(subject)s")
COPY_WORDS = _("We told %(person)s this. You get a copy because you help with letters.")


@dataclass(frozen=True, kw_only=True)
class _Step:
    """What there is to tell, whoever is told: its kind and key, when and by whom, and what may not be in a subject."""

    kind: str
    key: str
    at: datetime
    by: str
    about: str
    private: Sequence[str]


@transaction.atomic
def tell(
    *,
    person: Person,
    kind: str,
    key: str,
    at: datetime,
    by: str,
    about: str = "",
    private: Sequence[str] = (),
    **facts: Fact,
) -> Notice | None:
    """
    Tell a person of one step, the way they want to be told; whoever gets their letters is told too.

    Call it in the step's own transaction. The words come from `templates/people/notices/<kind>.txt` (its first
    line is the subject) and `<kind>.easy.txt`; `facts` are what these name, fit to be shown: words, numbers, and
    days or moments, which are said as people say them, in the language of whoever is told. Two are there by
    themselves: `done_by`, the name of somebody else who did it, and `social_worker`, the person's own by name.
    `key` says which step of this kind it was: telling a person twice is the first notice again.
    `about` is the address of the page it is about. `private`: what must not stand in a subject, such as what a
    cluster has in common; with it, or with an amount, in the subject, a general one stands there instead.

    Gives no notice for somebody who has died: nobody writes to them any more.

    :raises LookupError: the words name a fact that is not given.
    :raises TemplateDoesNotExist: there are no words for this kind.
    """
    if person.died_date is not None:
        return None
    step = _Step(kind=kind, key=key, at=at, by=by, about=about, private=private)
    with translation.override(language_of(person)):
        facts.setdefault("done_by", done_by(by, person=person))
        facts.setdefault("social_worker", social_worker_of(person))
        notice = _write(step, council=person.council, channel=channel_of(person), person=person, facts=facts)
        _tell_helpers(step, notice, person)
    return notice


@transaction.atomic
def tell_user(
    *,
    user: User,
    council: Council,
    kind: str,
    key: str,
    at: datetime,
    by: str,
    about: str = "",
    **facts: Fact,
) -> Notice:
    """
    Tell somebody who signs in, such as a professional or a helper, of one step, by e-mail. Else as `tell`.

    :raises LookupError: the words name a fact that is not given.
    :raises TemplateDoesNotExist: there are no words for this kind.
    """
    step = _Step(kind=kind, key=key, at=at, by=by, about=about, private=())
    with translation.override(language_of(user)):
        return _write(step, council=council, channel=Channel.EMAIL, user=user, facts=facts)


def _write(
    step: _Step,
    *,
    council: Council,
    channel: Channel,
    facts: dict[str, Fact],
    person: Person | None = None,
    user: User | None = None,
) -> Notice:
    """Put a step into words for one reader."""
    subject, words = words_of(f"{step.kind}.txt", facts)
    _subject, easy_words = words_of(f"{step.kind}.easy.txt", facts)
    whose = f"person:{person.pk}" if person else f"user:{user.pk}" if user else ""
    return _keep(
        Notice(
            council=council,
            person=person,
            user=user,
            key=f"{step.kind}:{step.key}:{whose}",
            kind=step.kind,
            subject=str(SAYS_NOTHING) if gives_away(subject, private=step.private) else subject,
            words=words,
            easy_words=easy_words,
            about=step.about,
            channel=channel,
            made_at=step.at,
            made_by=step.by,
        )
    )


def _tell_helpers(step: _Step, notice: Notice, person: Person) -> None:
    """
    Give a copy by e-mail, in the person's own language, to everybody who gets this person's letters.

    What may say something about money goes to nobody from whom the person's money is kept.
    """
    begins = COPY_WORDS % {"person": person.name}
    on = timezone.localdate(step.at)
    letters = (
        Authority.objects.in_force(on=on).to(Scope.LETTERS).filter(person=person, helper__is_active=True)
    )
    if is_about_money(notice.kind, f"{notice.subject} {notice.words} {notice.easy_words}"):
        letters = letters.unmarked()
    for helper in User.objects.filter(pk__in=letters.values("helper")):
        _keep(
            Notice(
                council=person.council,
                user=helper,
                key=f"{notice.key}:copy:{helper.pk}",
                kind=notice.kind,
                subject=COPY % {"subject": notice.subject},
                words=f"{begins}\n\n{notice.words}",
                easy_words=f"{begins}\n\n{notice.easy_words}",
                about=notice.about,
                channel=Channel.EMAIL,
                made_at=step.at,
                made_by=step.by,
            )
        )


def _keep(notice: Notice) -> Notice:
    """Write a notice down and ask for it to be sent; where it is there already, that one stays as it is."""
    if notice.channel == Channel.LETTER:
        notice.state = NoticeState.TO_PRINT
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    kept = Notice.objects.get(key=notice.key)
    if kept.state == NoticeState.WAITING:
        ask_for(
            kind=SEND,
            key=str(kept.pk),
            payload={"notice": str(kept.pk)},
            council_id=kept.council_id,
            asked_by=kept.made_by,
        )
    return kept
