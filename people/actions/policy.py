"""Changing a council's policy: always from today or a later day, never what held before."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from people.models import Council, PolicyValue, RoleKind, User
from people.queries import policies_on
from people.rules.policy import Known, is_within, known_policy, value_words
from people.rules.words import day_words


class UnableToChangePolicy(Exception):
    """The value cannot hold from that day. `field`: which answer it is about, where it is about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def change_policy(
    *, council: Council, code: str, value: int, source: str, effective_date: date, by: User, at: datetime
) -> PolicyValue:
    """
    Let another value hold for a council from a day on; the one before ends on the day before it.

    Units: as the code says (pence, days …).

    :raises UnableToChangePolicy: the user does not administer this council, the day is over, the value is out of
        bounds, it would overlap one that is planned, or nothing would hold on some days before it.
    """
    known = _known(code)
    _check_administers(council, by)
    _check_value(known, value, source)
    on = timezone.localdate(at)
    if effective_date < on:
        raise UnableToChangePolicy(
            f"This can hold from {day_words(on)}, or any later day. What held before stays as it was, because "
            "people's money was worked out with it.",
            field="effective_date",
        )
    own = _own_rows(council, code)
    _check_nothing_planned(own, effective_date)
    before = own[-1] if own else None
    if before is not None and (before.until_date is None or before.until_date > effective_date):
        before.until_date = effective_date
        before.save(update_fields=["until_date"])
    elif before is not None and before.until_date is not None:
        _check_no_gap(council, code, before.until_date, effective_date)
    return PolicyValue.objects.create(
        council=council,
        code=code,
        value=value,
        unit=known.unit,
        effective_date=effective_date,
        source=source.strip(),
        made_at=at,
        made_by=by.label,
    )


@transaction.atomic
def withdraw_policy(*, value: PolicyValue, by: User, at: datetime) -> PolicyValue:
    """
    Take back a value that has not begun; the one before it goes on.

    :raises UnableToChangePolicy: it has begun, it was taken back, or the user does not administer its council.
    """
    council = _council_of(value)
    _check_administers(council, by)
    own = _own_rows(council, value.code)
    if value.effective_date <= timezone.localdate(at) or value not in own:
        raise UnableToChangePolicy(
            "This value has begun or was taken back already. Let another one hold from a later day instead."
        )
    value.withdrawn_at, value.withdrawn_by = at, by.label
    value.save(update_fields=["withdrawn_at", "withdrawn_by"])
    before = [row for row in own if row.until_date == value.effective_date]
    for row in before:
        row.until_date = value.until_date
        row.save(update_fields=["until_date"])
    return value


@transaction.atomic
def end_policy(*, value: PolicyValue, until_date: date, by: User, at: datetime) -> PolicyValue:
    """
    Go back to the value that holds everywhere, from `until_date` on.

    :raises UnableToChangePolicy: the day is over, the value has an end already, none holds everywhere from then on, or
        the user does not administer its council.
    """
    council = _council_of(value)
    _check_administers(council, by)
    own = _own_rows(council, value.code)
    if until_date < timezone.localdate(at) or until_date <= value.effective_date:
        raise UnableToChangePolicy(
            "Choose a later day: what held on the days before stays as it was.", field="effective_date"
        )
    if not own or own[-1] != value or own[-1].until_date is not None:
        raise UnableToChangePolicy("This value ends already. Look at it again before you change it.")
    value.until_date = until_date
    value.save(update_fields=["until_date"])
    _check_no_gap(council, value.code, until_date, None)
    return value


def _known(code: str) -> Known:
    known = known_policy(code)
    if known is None:
        raise UnableToChangePolicy(
            f"We know no policy called “{code}”. Choose one from the list of your council's policy."
        )
    return known


def _council_of(value: PolicyValue) -> Council:
    if value.council is None:
        raise UnableToChangePolicy(
            "This value holds everywhere. Write down your council's own value instead, from the day you choose."
        )
    return value.council


def _check_administers(council: Council, by: User) -> None:
    if not by.has_role(RoleKind.ADMINISTRATOR, council_id=council.pk):
        raise UnableToChangePolicy(
            f"Only those who administer {council} can change its policy. Ask one of them."
        )


def _check_value(known: Known, value: int, source: str) -> None:
    if not is_within(known, value):
        raise UnableToChangePolicy(
            f"{known.words}: it can be {value_words(known.unit, known.least)} to "
            f"{value_words(known.unit, known.most)}. Write a value between them.",
            field="value",
        )
    if not source.strip():
        raise UnableToChangePolicy(
            "Say where this value comes from, such as a circular or a decision of the council with its date.",
            field="source",
        )


def _own_rows(council: Council, code: str) -> list[PolicyValue]:
    """Give the council's own rows that stand, the oldest first; nobody else changes them meanwhile."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    rows = PolicyValue.objects.filter(council=council, code=code, withdrawn_at__isnull=True)
    return list(rows.order_by("effective_date"))


def _check_nothing_planned(own: list[PolicyValue], effective_date: date) -> None:
    planned = next((row for row in own if row.effective_date >= effective_date), None)
    if planned is not None:
        raise UnableToChangePolicy(
            f"Another value is written down from {day_words(planned.effective_date)} on, and two cannot hold on the "
            "same day. Choose a later day, or take that one back first if it has not begun.",
            field="effective_date",
        )


def _check_no_gap(council: Council, code: str, first: date, until: date | None) -> None:
    """Refuse days on which nothing would hold, from the first one up to (not including) the last; none: for ever."""
    day: date | None = first
    while day is not None and (until is None or day < until):
        held = policies_on(council=council, codes=[code], on=day).get(code)
        if held is None:
            raise UnableToChangePolicy(
                f"Nothing would hold from {day_words(day)} on, because no value for it holds everywhere. No day may "
                "be left without one: choose another day, or write down a value for the days between.",
                field="effective_date",
            )
        day = held.until_date
