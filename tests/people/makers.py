"""Councils, users and people for tests."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import count

from people.actions import (
    Concern,
    give_role,
    keep_money_from,
    register_council,
    register_person,
    register_user,
)
from people.models import (
    Authority,
    AuthorityKind,
    Brand,
    Channel,
    Council,
    Person,
    PersonalSettings,
    PolicyValue,
    RoleKind,
    SafeguardingMark,
    Scope,
    TextSize,
    User,
)
from people.rules.policy import known_policy

YEAR_START = date(2026, 4, 1)
YEAR_END = date(2027, 4, 1)
_numbers = count(1)


def make_council(*, code: str = "", name: str = "Testshire Council") -> Council:
    """A council with an empty book, its year April 2026 to March 2027."""
    return register_council(
        code=code or f"T{next(_numbers)}", name=name, year_start_date=YEAR_START, year_end_date=YEAR_END
    )


def make_user(*, name: str = "Robin Reed", email: str = "") -> User:
    """Somebody who signs in and has no role yet."""
    return register_user(email=email or f"user{next(_numbers)}@example.test", name=name)


def make_user_with_role(
    *, council: Council, kind: RoleKind, name: str = "", approval_limit_pence: int = 0
) -> User:
    """Somebody who works for a council, by default named for what they do."""
    user = make_user(name=name or kind.label)
    give_role(user=user, council=council, kind=kind, approval_limit_pence=approval_limit_pence)
    return user


def make_social_worker(*, council: Council, name: str = "Priya Shah") -> User:
    """Somebody who leads people's plans."""
    return make_user_with_role(council=council, kind=RoleKind.SOCIAL_WORKER, name=name)


def make_commissioner(
    *, council: Council, name: str = "Carol Okafor", approval_limit_pence: int = 50_000_00
) -> User:
    """Somebody who approves contracts, up to a yearly value."""
    return make_user_with_role(
        council=council, kind=RoleKind.COMMISSIONER, name=name, approval_limit_pence=approval_limit_pence
    )


def make_person(
    *,
    council: Council | None = None,
    ref: str = "",
    name: str = "Amina Yusuf",
    user: User | None = None,
    lead: User | None = None,
) -> Person:
    """Somebody who draws on care; with no login unless one is given."""
    return register_person(
        council=council or make_council(),
        ref=ref or f"P-{next(_numbers):04d}",
        name=name,
        user=user,
        lead_professional=lead,
    )


def make_authority(
    *,
    person: Person,
    helper: User | None = None,
    scopes: Collection[Scope] = (Scope.SEE,),
    kind: AuthorityKind = AuthorityKind.SUPPORTER,
    start_date: date = YEAR_START,
    end_date: date | None = None,
    withdrawn_at: datetime | None = None,
) -> Authority:
    """Somebody who may act for a person since the year began; with `withdrawn_at` only until then."""
    return Authority.objects.create(
        person=person,
        helper=helper or make_user(),
        kind=kind,
        scopes=sorted(scopes),
        start_date=start_date,
        end_date=end_date,
        evidence="Their own word",
        given_by="system:tests",
        withdrawn_at=withdrawn_at,
        withdrawn_by="system:tests" if withdrawn_at else "",
    )


def make_mark(
    *, person: Person, kept_from: User, by: User, at: datetime, is_safe_to_tell: bool = False
) -> SafeguardingMark:
    """A person's money is kept from somebody from now on; looked at again in four weeks."""
    on = at.date()
    concern = Concern(
        reason="She says that money went missing.",
        start_date=on,
        review_date=on + timedelta(days=28),
        is_safe_to_tell=is_safe_to_tell,
    )
    return keep_money_from(person=person, kept_from=kept_from, concern=concern, by=by, at=at)


def make_settings(
    *,
    person: Person,
    is_easy: bool = False,
    channel: Channel = Channel.EMAIL,
    text_size: TextSize = TextSize.USUAL,
    language: str = "en-gb",
) -> PersonalSettings:
    """How a person wants pages and letters to be."""
    return PersonalSettings.objects.create(
        person=person,
        is_easy=is_easy,
        channel=channel,
        text_size=text_size,
        language=language,
        changed_by="system:tests",
    )


def make_brand(*, council: Council) -> Brand:
    """A council's own colours: a dark blue band with white words, dark green links."""
    return Brand.objects.create(
        council=council,
        band_colour="#123a63",
        band_text_colour="#ffffff",
        accent_colour="#14532d",
        changed_by="system:tests",
    )


def make_policy(
    *,
    council: Council | None,
    code: str,
    value: int = 1,
    effective_date: date = YEAR_START,
    until_date: date | None = None,
) -> PolicyValue:
    """A council's own value of policy; of earlier days too, as on the day a council is registered."""
    known = known_policy(code)
    return PolicyValue.objects.create(
        council=council,
        code=code,
        value=value,
        unit=known.unit if known else "number",
        effective_date=effective_date,
        until_date=until_date,
        source="Made for a test",
        made_by="system:tests",
    )
