"""How people want to be told, and in which words."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.template import Context, Engine
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.models import Channel, Notice, Person, PersonalSettings, User
from people.rules.kept_back import KEPT_BACK
from people.rules.moved import newest_first
from people.rules.words import day_words, moment_words

Fact = (
    str | Promise | int | date
)  # a moment too: `datetime` is a `date`; words to be said in any language, too
NOT_GIVEN = "\x00not given: "  # nobody can type the first character


def settings_of(user: User) -> PersonalSettings | None:
    """Give how somebody who signs in wants pages to be; none where they were never asked."""
    theirs = PersonalSettings.objects.filter(person__user=user).select_related("person")
    asked = newest_first((one.person for one in theirs if one.person), on=timezone.localdate())
    return asked[0].settings if asked else PersonalSettings.objects.filter(user=user).first()


def language_of(reader: Person | User) -> str:
    """Give the language somebody asked for; the house's own where they never asked, or it is not spoken any more."""
    if isinstance(reader, Person):
        asked = PersonalSettings.objects.filter(person=reader).first()
    else:
        asked = settings_of(reader)
    return language_in(asked)


def language_in(asked: PersonalSettings | None) -> str:
    """Give the language of somebody who wants pages and letters so; the house's own where it is not said."""
    return asked.language if asked and asked.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def channel_of(person: Person) -> Channel:
    """Say how a person is told: as they asked, by e-mail where they never said, by letter where they have none."""
    if person.user is None or not person.user.is_active:
        return Channel.LETTER
    asked = PersonalSettings.objects.filter(person=person).first()
    return Channel(asked.channel) if asked else Channel.EMAIL


def done_by(label: str, *, person: Person) -> str:
    """
    Give the name of whoever did something for this person; nothing where they did it themselves, or nobody did.

    `label` is as the books have it: `user:<id>`, `user:<id> under authority:<id>`, or another actor's.
    """
    kind, _colon, rest = label.partition(":")
    if kind != "user":
        return ""
    try:
        user_id = UUID(rest.partition(" ")[0])
    except ValueError:
        return ""
    user = User.objects.filter(pk=user_id).first() if user_id != person.user_id else None
    return str(user) if user else ""


def social_worker_of(person: Person) -> str:
    """Say who a person's social worker is, by name; "your social worker" where they have none yet."""
    lead = person.lead_professional
    return _("%(name)s (your social worker)") % {"name": lead} if lead else _("your social worker")


def copies_of(notice: Notice) -> list[Notice]:
    """Give the copies of a notice that went to whoever gets this person's letters."""
    copies = Notice.objects.filter(council=notice.council_id, key__startswith=f"{notice.key}:copy:")
    return list(copies.exclude(problem=KEPT_BACK).select_related("user").order_by("user__name", "pk"))


def words_of(name: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """
    Give subject and words of a notice in the language in use: the first line of its template, and the rest.

    :raises LookupError: it names a fact that is not given.
    :raises TemplateDoesNotExist: there is no such template.
    """
    said = {fact: _in_words(value) for fact, value in facts.items()}
    text = _notices().get_template(name).render(Context(said, autoescape=False)).strip()
    if NOT_GIVEN in text:
        missing = text.partition(NOT_GIVEN)[2].split()[0]
        raise LookupError(f"{name} names a fact that is not given: {missing}")
    subject, _end, words = text.partition("\n")
    return subject.strip(), words.strip()


def _in_words(fact: Fact) -> str | Promise | int:
    if isinstance(fact, datetime):
        return moment_words(timezone.localtime(fact))
    return day_words(fact) if isinstance(fact, date) else fact


@cache
def _notices() -> Engine:
    """Give what puts notices into words: plain text, and no fact left out in silence."""
    folder = settings.BASE_DIR / "templates" / "people" / "notices"
    speaks = ["django.templatetags.i18n"]
    return Engine(dirs=[str(folder)], autoescape=False, string_if_invalid=NOT_GIVEN + "%s", builtins=speaks)
