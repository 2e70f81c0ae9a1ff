"""Taking a pack in: the person is registered, and their plan and budget go on as the first council agreed them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from budgets.actions import BudgetPart, UnableToAgreeBudget, agree_budget
from budgets.models import Delivery, FundingStream, StreamKind
from budgets.rules.weeks import ONE_DAY, span_pence
from moving.models import Arrival, CouncilKey, KnownCouncil
from moving.queries import contents_of_arrival
from moving.rules.contents import (
    Contents,
    StreamMoving,
    UnableToReadContents,
    age_refusal,
    days_pence,
)
from moving.rules.pack import Outside, UnableToReadPack, outside_of
from people.actions import UnableToRegister, register_person, tell, tell_user
from people.models import Council, Person, RoleKind, User
from people.rules.words import date_words
from plans.models import MetBy, Need, Plan, PlanState, ReviewCall, ReviewReason

DAYS_A_WEEK, A_YEAR = 7, timedelta(days=365)


class UnableToReceive(Exception):
    """The pack is not as it was sent, not for this council, not of one it knows, or not to be taken in now."""


@transaction.atomic
def receive_pack(*, council: Council, content: bytes, lead: User, by: User, at: datetime) -> Arrival:
    """
    Take in somebody who comes from another council: all of it or nothing.

    They are registered, their plan is loaded as the first council agreed it, and a budget goes on at the first
    council's amounts. The council's own assessment is due from their first day (Care Act 2014 ss37-38): it stands on
    their professional's page of what is due until it is done.

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
    person = _register(council, contents, outside, lead)
    _load_plan(person, contents)
    _go_on_with_budget(person, contents, by)
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


def _register(council: Council, contents: Contents, outside: Outside, lead: User) -> Person:
    them = contents.person
    try:
        return register_person(
            council=council,
            ref=f"M-{outside.id.hex[-12:].upper()}",
            name=them.name,
            birth_date=them.birth_date,
            postcode=them.postcode,
            lead_professional=lead,
        )
    except UnableToRegister as trouble:
        raise UnableToReceive(str(trouble)) from trouble


def _load_plan(person: Person, contents: Contents) -> Plan:
    """Load the plan as the first council agreed it; nobody here has agreed it, and it says so."""
    plan, known = contents.plan, {*MetBy.values}
    if any(need.met_by not in known for need in plan.needs):
        raise UnableToReceive("The plan in this pack says something we do not know. Nothing was taken in.")
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
        raise UnableToReceive("The budget in this pack says something we do not know. Nothing was taken in.")
    parts = [
        BudgetPart(
            stream=_stream(person.council, stream),
            annual_pence=_span_pence(stream, start, end),
            delivery=Delivery(stream.delivery),
        )
        for stream in contents.streams
    ]
    try:
        agree_budget(person=person, start_date=start, end_date=end, parts=parts, by=by.label)
    except UnableToAgreeBudget as trouble:
        raise UnableToReceive(str(trouble)) from trouble


def _stream(council: Council, stream: StreamMoving) -> FundingStream:
    """Give the council's own stream of the same code and kind, or one named for what came along."""
    found = FundingStream.objects.filter(council=council, code=stream.code, kind=stream.kind).first()
    if found is not None:
        return found
    taken = FundingStream.objects.filter(council=council, code=stream.code).exists()
    return FundingStream.objects.create(
        council=council,
        code=f"{stream.code[:20]}_{stream.kind[:9]}" if taken else stream.code,
        name=stream.name,
        kind=stream.kind,
    )


def _span_pence(stream: StreamMoving, start: date, end: date) -> int:
    """Price the days up to the end, exclusive: a week's amount by day, as everywhere, else in proportion."""
    if stream.days == DAYS_A_WEEK:
        return span_pence(stream.pence, first=start, last=end - ONE_DAY)
    return days_pence(stream, days=(end - start).days)


def _ask_for_own_assessment(person: Person, contents: Contents, by: User, at: datetime) -> None:
    """Put the council's own assessment among what is due, from their first day on."""
    ReviewCall.objects.create(
        person=person,
        reason=ReviewReason.OTHER,
        words=(
            f"They came from {contents.from_name} on {date_words(contents.moved_date)}. Their plan and budget go on "
            "as agreed there, until our own assessment. It is due now."
        ),
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
