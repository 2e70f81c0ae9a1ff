"""Letting somebody act for a person, and ending it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.actions.register import register_user
from people.actions.tell import tell, tell_user
from people.models import Authority, AuthorityKind, CapacityRecord, Matter, Person, Scope, User
from people.queries import bears, helpers_of, lack_in, leads, may_withdraw
from people.rules.words import day_words

# What a person may give by their own word; the others rest on a paper that their professional has seen.
BY_OWN_WORD = (AuthorityKind.SUPPORTER, AuthorityKind.CARER, AuthorityKind.NOMINATED)
# Who may act because somebody cannot decide themselves; an attorney may also act because they were chosen.
FOR_WHO_CANNOT_DECIDE = (AuthorityKind.AUTHORISED, AuthorityKind.ATTORNEY)
OWN_WORD = "Their own word, given on Common Purse"
MOST_HELPERS = 10
# What each scope means, said to the person it is about; to a helper the label says it.
FOR_YOU = {
    Scope.SEE: gettext_lazy("see your money and your plan"),
    Scope.AGREE: gettext_lazy("ask to join, sign and leave for you"),
    Scope.SPEND: gettext_lazy("put your money in and take it back"),
    Scope.VOTE: gettext_lazy("vote for you"),
    Scope.LETTERS: gettext_lazy("get your letters"),
}


def _in_a_row(words: Iterable[str | Promise]) -> str:
    return ", ".join(str(each).lower() for each in words)


def _one_a_line(words: Iterable[str | Promise]) -> str:
    return "\n".join(f"- {each}" for each in words)


# Put together as each letter is written, in its reader's language.
in_a_row, one_a_line = lazy(_in_a_row, str), lazy(_one_a_line, str)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """
    How somebody may act: on what footing, how far, and from `start_date` up to (not including) `end_date`.

    `evidence`: what it rests on; a person's own word needs none. `capacity`: the record that the person cannot decide
    themselves, where somebody acts because of that.
    """

    kind: AuthorityKind
    scopes: Collection[Scope]
    start_date: date
    end_date: date | None = None
    evidence: str = ""
    capacity: CapacityRecord | None = None

    @property
    def last_date(self) -> date | str:
        """The last day it holds; nothing where it holds until it is ended."""
        return self.end_date - timedelta(days=1) if self.end_date else ""

    @property
    def in_order(self) -> list[Scope]:
        """Give each scope once, in the order in which they are shown."""
        return [scope for scope in Scope if scope in self.scopes]


class UnableToGiveAuthority(Exception):
    """This authority cannot be given: by this user, to this helper, so far, or for these days."""


class UnableToWithdraw(Exception):
    """The authority is over already, or this user has no say in it."""


@transaction.atomic
def give_authority(
    *,
    person: Person,
    helper_email: str,
    helper_name: str,
    terms: Terms,
    by: User,
    at: datetime,
) -> Authority:
    """
    Let somebody act for a person on these terms.

    The person gives it by their own word to a supporter, a carer or a nominated person; their lead professional
    gives any kind, and says what it rests on. Whoever has no account yet gets one. Both are told.

    :raises UnableToGiveAuthority: `by` may not give it, the helper is the person, their professional or their helper
        already, nothing is given, the days do not fit, there are `MOST_HELPERS` helpers, or it does not fit what is
        written down of the person's capacity: a nominated person is given by who can decide about a direct payment, an
        authorised person acts for who cannot (Care Act 2014, sections 31 and 32).
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    on = timezone.localdate(at)
    _check_giver(person, terms, by=by)
    _check_reach(terms, on=on, is_own=person.user_id == by.pk)
    _check_capacity(person, terms, on=on)
    helper = _helper(email=helper_email.strip(), name=helper_name.strip())
    _check_helper(person, helper, on=on)
    # Told first: whoever gets their letters from now on is told of it as the helper, and needs no copy.
    _tell_both(person, helper, terms, at=at, by=by)
    return Authority.objects.create(
        person=person,
        helper=helper,
        kind=terms.kind,
        scopes=terms.in_order,
        start_date=terms.start_date,
        end_date=terms.end_date,
        evidence=terms.evidence.strip() or OWN_WORD,
        capacity=terms.capacity,
        given_at=at,
        given_by=by.label,
    )


@transaction.atomic
def withdraw_authority(*, authority: Authority, by: User, at: datetime) -> Authority:
    """
    End somebody's authority now. The person, the helper and the lead professional each can; both are told.

    :raises UnableToWithdraw: it is withdrawn already, or `by` is none of them.
    """
    authority = (
        Authority.objects.select_for_update(of=("self",))
        .select_related("person", "helper")
        .get(pk=authority.pk)
    )
    person, helper = authority.person, authority.helper
    if not may_withdraw(by, authority):
        raise UnableToWithdraw(_("Only the person, their helper, or their social worker can end this."))
    if authority.withdrawn_at is not None:
        day = day_words(timezone.localdate(authority.withdrawn_at))
        raise UnableToWithdraw(_("This ended on %(day)s already.") % {"day": day})
    authority.withdrawn_at, authority.withdrawn_by = at, by.label
    authority.save(update_fields=["withdrawn_at", "withdrawn_by"])
    tell(
        person=person,
        kind="people_authority_withdrawn",
        key=str(authority.pk),
        at=at,
        by=by.label,
        about="/helpers/",
        helper=str(helper),
        on=timezone.localdate(at),
    )
    tell_user(
        user=helper,
        council=person.council,
        kind="people_helper_withdrawn",
        key=str(authority.pk),
        at=at,
        by=by.label,
        about="/acting-for/",
        person=str(person),
        lead=str(person.lead_professional or ""),
        on=timezone.localdate(at),
    )
    return authority


def _check_giver(person: Person, terms: Terms, *, by: User) -> None:
    if person.died_date is not None:
        words = _("%(person)s has died, so nobody can act for them any more.")
        raise UnableToGiveAuthority(words % {"person": person})
    if person.user_id == by.pk:
        if terms.kind not in BY_OWN_WORD:
            words = _("%(kind)s rests on a paper. Show it to your social worker, who writes it down for you.")
            raise UnableToGiveAuthority(words % {"kind": AuthorityKind(terms.kind).label})
    elif not leads(by, person):
        words = _("Only %(person)s or their social worker can say who acts for them.")
        raise UnableToGiveAuthority(words % {"person": person})
    elif not terms.evidence.strip():
        raise UnableToGiveAuthority(
            _("Say what this rests on, such as a court order, or their word and its date.")
        )


def _check_reach(terms: Terms, *, on: date, is_own: bool) -> None:
    end_date = terms.end_date
    if not terms.in_order:
        raise UnableToGiveAuthority(_("Say at least one thing that they may do."))
    if is_own and terms.start_date < on:
        raise UnableToGiveAuthority(_("Choose today or a later day for it to start."))
    if end_date is not None and (end_date <= terms.start_date or end_date <= on):
        raise UnableToGiveAuthority(
            _("Choose a last day that is not before the first, and not over already.")
        )


def _check_capacity(person: Person, terms: Terms, *, on: date) -> None:
    """See that it fits what is written down of what the person can decide; what is not is taken as that they can."""
    if terms.kind == AuthorityKind.NOMINATED and lack_in(person=person, matter=Matter.DIRECT_PAYMENT):
        raise UnableToGiveAuthority(
            _(
                "It is written down that %(person)s cannot decide about a direct payment now. So nobody can be "
                "nominated. If you do not agree with that, say so: it must be answered."
            )
            % {"person": person}
        )
    record = terms.capacity
    if record is None:
        if terms.kind == AuthorityKind.AUTHORISED:
            raise UnableToGiveAuthority(
                _(
                    "An authorised person gets the direct payment of somebody who cannot decide about it. Write "
                    "down first that they cannot, or choose a nominated person."
                )
            )
        return
    if terms.kind not in FOR_WHO_CANNOT_DECIDE or record.person_id != person.pk:
        raise UnableToGiveAuthority(
            _("Only an authorised person, attorney or deputy acts for who cannot decide.")
        )
    if terms.kind == AuthorityKind.AUTHORISED and record.matter != Matter.DIRECT_PAYMENT:
        raise UnableToGiveAuthority(
            _("Choose the record about the direct payment: that is what they are authorised for.")
        )
    if not bears(record, on=on):
        raise UnableToGiveAuthority(
            _("That record does not stand today. Look again first whether they can decide it.")
        )


def _helper(*, email: str, name: str) -> User:
    """Give the helper's account, a new one where that address has none."""
    try:
        validate_email(email)
    except ValidationError as trouble:
        raise UnableToGiveAuthority(_("Write their e-mail address, like name@example.org.")) from trouble
    helper = User.objects.filter(email__iexact=email).first()
    if helper is None and not name:
        raise UnableToGiveAuthority(
            _("Write their name. They have no account here yet, so we make one for them.")
        )
    return helper or register_user(email=email, name=name)


def _check_helper(person: Person, helper: User, *, on: date) -> None:
    if helper.pk == person.user_id:
        raise UnableToGiveAuthority(
            _("That is the person's own address. Write the address of whoever helps.")
        )
    if helper.pk == person.lead_professional_id:
        words = _("%(helper)s is their social worker, and can act at their word already.")
        raise UnableToGiveAuthority(words % {"helper": helper})
    if not helper.is_active:
        raise UnableToGiveAuthority(_("That account is closed. Ask your council about it."))
    standing = helpers_of(person, on=on)
    if any(one.helper_id == helper.pk for one in standing):
        words = _("%(helper)s can act for them already. To change what they may do, end that first.")
        raise UnableToGiveAuthority(words % {"helper": helper})
    if len(standing) >= MOST_HELPERS:
        words = _("There are %(count)s helpers already. End one of them first.")
        raise UnableToGiveAuthority(words % {"count": MOST_HELPERS})


def _tell_both(person: Person, helper: User, terms: Terms, *, at: datetime, by: User) -> None:
    """Tell the person and their helper of what begins."""
    key = f"{person.pk}:{helper.pk}:{at.isoformat()}"
    tell(
        person=person,
        kind="people_authority_given",
        key=key,
        at=at,
        by=by.label,
        about="/helpers/",
        helper=str(helper),
        scopes=in_a_row([FOR_YOU[scope] for scope in terms.in_order]),
        easy_scopes=one_a_line([FOR_YOU[scope] for scope in terms.in_order]),
        start_date=terms.start_date,
        last_date=terms.last_date,
    )
    tell_user(
        user=helper,
        council=person.council,
        kind="people_helper_given",
        key=key,
        at=at,
        by=by.label,
        about="/acting-for/",
        person=str(person),
        scopes=in_a_row([scope.label for scope in terms.in_order]),
        easy_scopes=one_a_line([scope.label for scope in terms.in_order]),
        start_date=terms.start_date,
        last_date=terms.last_date,
    )
