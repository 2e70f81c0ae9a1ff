"""Arriving: what a pack says becomes somebody of this council, with their login, plan, budget and care account."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import chain, count
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from budgets.actions import BudgetPart, UnableToAgreeBudget, agree_budget
from budgets.actions.care_account import Counted, bring_care_account
from budgets.models import Delivery, FundingStream, StreamKind
from budgets.rules.weeks import ONE_DAY, span_pence
from moving.rules.contents import Contents, LikesMoving, PersonMoving, StreamMoving, days_pence
from people.actions import UnableToRegister, register_person, register_user
from people.models import Channel, Council, Person, PersonalSettings, TextSize, User
from plans.models import MetBy, Need, Plan, PlanState

DAYS_A_WEEK, A_YEAR = 7, timedelta(days=365)


class UnableToArrive(Exception):
    """What a pack says is not known here, or does not hold together."""


def arrive(*, council: Council, contents: Contents, pack: UUID, lead: User, by: User, at: datetime) -> Person:
    """
    Register whoever comes, and go on with what the first council agreed. Part of taking a pack in.

    :raises UnableToArrive: see the class.
    """
    person = _register(council, contents, pack, lead)
    _keep_likes(person, contents.likes, by, at)
    _load_plan(person, contents)
    _go_on_with_budget(person, contents, by)
    _go_on_with_care_account(person, contents, by, at)
    return person


def _register(council: Council, contents: Contents, pack: UUID, lead: User) -> Person:
    them = contents.person
    try:
        return register_person(
            council=council,
            ref=f"M-{pack.hex[-12:].upper()}",
            name=them.name,
            birth_date=them.birth_date,
            postcode=them.postcode,
            user=_login(them),
            lead_professional=lead,
        )
    except UnableToRegister as trouble:
        raise UnableToArrive(str(trouble)) from trouble


def _login(them: PersonMoving) -> User | None:
    """
    Give the account they sign in with: the same as before, or one for the same address where this system has none.

    None where they do not sign in, or where the account is closed or still that of somebody who has not moved: no pack
    can put anything before a person who is another council's.
    """
    if not them.email:
        return None
    try:
        validate_email(them.email)
    except ValidationError as trouble:
        raise UnableToArrive("The e-mail address in this pack is none. Nothing was taken in.") from trouble
    account = User.objects.filter(email__iexact=them.email).first()
    if account is None:
        return register_user(email=them.email, name=them.name)
    stays = Person.objects.filter(user=account, moved_date__isnull=True).exists()
    return account if account.is_active and not stays else None


def _keep_likes(person: Person, likes: LikesMoving | None, by: User, at: datetime) -> None:
    """Keep how they want pages and letters to be, as they said it before: nobody asks them again."""
    if likes is None:
        return
    if likes.text_size not in TextSize.values or likes.channel not in Channel.values:
        raise UnableToArrive("The settings in this pack say something we do not know. Nothing was taken in.")
    PersonalSettings.objects.create(
        person=person,
        is_easy=likes.is_easy,
        text_size=likes.text_size,
        language=likes.language,
        is_read_aloud=likes.is_read_aloud,
        channel=likes.channel,
        changed_at=at,
        changed_by=by.label,
    )


def _load_plan(person: Person, contents: Contents) -> Plan:
    """Load the plan as the first council agreed it; nobody here has agreed it, and it says so."""
    plan, known = contents.plan, {*MetBy.values}
    if any(need.met_by not in known for need in plan.needs):
        raise UnableToArrive("The plan in this pack says something we do not know. Nothing was taken in.")
    loaded = Plan.objects.create(
        person=person,
        version=1,
        state=PlanState.AGREED,
        outcomes=plan.outcomes,
        professional_words=plan.professional_words,
        contingency=plan.contingency,
        advice=plan.advice,
        involved=plan.involved,
        indicative_weekly_pence=plan.indicative_weekly_pence,
        agreed_at=plan.agreed_at,
        is_loaded=True,
    )
    Need.objects.bulk_create(
        Need(
            plan=loaded,
            position=position,
            weekly_pence=(need.units_weekly_hundredths * need.unit_pence + 50) // 100,
            price_from=contents.from_name[:200],
            **{name: getattr(need, name) for name in need.__dataclass_fields__},
        )
        for position, need in enumerate(plan.needs)
    )
    return loaded


def _go_on_with_budget(person: Person, contents: Contents, by: User) -> None:
    """Give a budget from the first day up to the end of the council's year, at the first council's amounts."""
    if not contents.streams:
        return
    start, year_end = contents.moved_date, person.council.year_end_date
    end = year_end if year_end > start else start + A_YEAR
    if any(
        stream.kind not in StreamKind.values or stream.delivery not in Delivery.values
        for stream in contents.streams
    ):
        raise UnableToArrive("The budget in this pack says something we do not know. Nothing was taken in.")
    streams = _streams(person.council, contents.streams)
    parts = [
        BudgetPart(
            stream=streams[stream.code],
            annual_pence=_span_pence(stream, start, end),
            delivery=Delivery(stream.delivery),
        )
        for stream in contents.streams
    ]
    try:
        agree_budget(person=person, start_date=start, end_date=end, parts=parts, by=by.label)
    except UnableToAgreeBudget as trouble:
        raise UnableToArrive(str(trouble)) from trouble


def _streams(council: Council, coming: Sequence[StreamMoving]) -> dict[str, FundingStream]:
    """
    Give for each stream that comes along the council's own of that kind, by its code: the one of the same code first.

    Each is taken once. Where the council has none left of a kind, one is named for what came along.
    """
    own = list(FundingStream.objects.filter(council=council).order_by("code"))
    taken: dict[str, FundingStream] = {}
    for stream in sorted(coming, key=lambda one: not any(_is_same(one, other) for other in own)):
        left = [one for one in own if one.kind == stream.kind and one not in taken.values()]
        same = [one for one in left if one.code == stream.code]
        taken[stream.code] = next(iter(same or left), None) or _name_stream(council, stream)
    return taken


def _is_same(coming: StreamMoving, own: FundingStream) -> bool:
    return (coming.code, coming.kind) == (own.code, own.kind)


def _name_stream(council: Council, stream: StreamMoving) -> FundingStream:
    """Name a new stream, under its code where no other has it, else with a number behind."""
    held = set(FundingStream.objects.filter(council=council).values_list("code", flat=True))
    numbered = (f"{stream.code[:26]}_{number}" for number in count(2))
    code = next(one for one in chain([stream.code], numbered) if one not in held)
    return FundingStream.objects.create(council=council, code=code, name=stream.name, kind=stream.kind)


def _span_pence(stream: StreamMoving, start: date, end: date) -> int:
    """Price the days up to the end, exclusive: a week's amount by day, as everywhere, else in proportion."""
    if stream.days == DAYS_A_WEEK:
        return span_pence(stream.pence, first=start, last=end - ONE_DAY)
    return days_pence(stream, days=(end - start).days)


def _go_on_with_care_account(person: Person, contents: Contents, by: User, at: datetime) -> None:
    """Go on counting where the first council stopped: what counted there stays."""
    account = contents.care_account
    if account is None:
        return
    bring_care_account(
        person=person,
        counted=[Counted(**vars(one)) for one in account.counted],
        weekly_pence=account.weekly_pence,
        start_date=contents.moved_date,
        from_council=contents.from_name,
        at=at,
        by=by.label,
    )
