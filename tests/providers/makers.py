"""Providers, their keys, and the regulator's directory for tests."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

from allauth.idp.oidc.models import Token

from people.models import Council, User
from providers.actions import Issued, add_staff, answer_item, check_answer, issue_key, register_provider
from providers.actions.keys import SCOPES
from providers.models import CqcLocation, CqcRating, EthicalAnswer, KeyCredential, Provider, SystemKey
from providers.queries import hash_of
from providers.rules import ITEMS
from tests.people.makers import make_commissioner, make_council, make_user

_numbers = count(1)


def make_provider(
    *, council: Council | None = None, ref: str = "", name: str = "Northgate Care", cqc_location_id: str = ""
) -> Provider:
    """Somebody who delivers care for a council."""
    return register_provider(
        council=council or make_council(),
        ref=ref or f"PR-{next(_numbers):03d}",
        name=name,
        legal_form="charity",
        cqc_location_id=cqc_location_id,
    )


KEY_MADE_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FAR_OFF = datetime(2100, 1, 1, tzinfo=UTC)


def make_issued(
    *,
    provider: Provider | None = None,
    scopes: Collection[str] = SCOPES,
    is_sandbox: bool = False,
    name: str = "Rostering",
    at: datetime = KEY_MADE_AT,
) -> Issued:
    """A key of a provider's system, with the client id and secret it signs in with."""
    return issue_key(
        provider=provider or make_provider(),
        name=name,
        scopes=scopes,
        is_sandbox=is_sandbox,
        by="system:tests",
        at=at,
    )


def make_key(
    *, provider: Provider | None = None, scopes: Collection[str] = SCOPES, is_sandbox: bool = False
) -> tuple[SystemKey, str]:
    """A key of a provider's system, and an access token that opens with it for as long as any test may last."""
    issued = make_issued(provider=provider, scopes=scopes, is_sandbox=is_sandbox)
    return issued.key, make_token(client_id=issued.client_id, scopes=scopes)


def make_token(*, client_id: str, scopes: Collection[str] = SCOPES, expires_at: datetime = FAR_OFF) -> str:
    """An access token as it is given out for a client id and its secret, without asking for it."""
    value = f"access-{next(_numbers)}-{uuid4()}"
    token = Token(
        type=Token.Type.ACCESS_TOKEN, client_id=client_id, hash=hash_of(value), expires_at=expires_at
    )
    token.set_scopes(list(scopes))
    token.save()
    return value


def make_lasting_token(*, key: SystemKey) -> str:
    """A token that lasts, as keys had them before there was OAuth2."""
    value = f"cp_{next(_numbers)}_{uuid4()}"
    KeyCredential.objects.create(key=key, token_hash=hash_of(value), made_by="system:tests")
    return value


def make_location(
    *, location_id: str = "1-1", rating: str = "Good", rated_on: date | None = date(2026, 1, 15)
) -> CqcLocation:
    """A place in the regulator's directory, with its overall rating."""
    location, _ = CqcLocation.objects.get_or_create(
        location_id=location_id,
        defaults={
            "name": "Northgate House",
            "is_care_home": False,
            "location_type": "Social Care Org",
            "cqc_provider_id": "1-9",
            "cqc_provider_name": "Northgate Ltd",
        },
    )
    CqcRating.objects.create(
        location=location,
        population_group="Overall",
        domain="Overall",
        rating=rating,
        publication_date=rated_on,
        report_type="Location",
    )
    return location


ANSWERED_AT = datetime(2026, 4, 10, 9, tzinfo=UTC)
CHECKED_AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
EXPIRY = date(2027, 4, 20)


def make_staff(*, provider: Provider, name: str = "Nora Provider", email: str = "") -> User:
    """Somebody who works for a provider."""
    user = make_user(name=name, email=email)
    add_staff(provider=provider, user=user)
    return user


def make_answer(
    *,
    provider: Provider,
    item: str = "living-wage",
    is_met: bool = True,
    by: User | None = None,
    at: datetime = ANSWERED_AT,
) -> EthicalAnswer:
    """An answer to one item of the ethical test that nobody has checked yet."""
    return answer_item(
        provider=provider,
        item=item,
        is_met=is_met,
        evidence="Our pay scale",
        by=by or make_staff(provider=provider),
        at=at,
    )


def make_passed_test(
    *, provider: Provider, met: int = len(ITEMS), expiry: date = EXPIRY, by: User | None = None
) -> None:
    """So many items of the ethical test answered with yes and accepted, in the order of the test."""
    staff = make_staff(provider=provider)
    checker = by or make_commissioner(council=provider.council)
    for item in ITEMS[:met]:
        answer = make_answer(provider=provider, item=item.code, by=staff)
        check_answer(answer=answer, is_accepted=True, expiry_date=expiry, by=checker, at=CHECKED_AT)


def make_ethical(*, provider: Provider, expiry: date = EXPIRY) -> Provider:
    """A provider that passes the whole ethical test, as quickly as rows can be written."""
    EthicalAnswer.objects.bulk_create(
        EthicalAnswer(
            provider=provider, item=item.code, is_met=True, evidence="Seen", answered_by="system:tests"
        )
        for item in ITEMS
    )
    provider.ethical_answers.update(
        checked_at=CHECKED_AT,
        checked_by=make_commissioner(council=provider.council),
        is_accepted=True,
        expiry_date=expiry,
    )
    return provider
