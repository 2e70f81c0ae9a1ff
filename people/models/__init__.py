"""Councils, those who sign in, the people who draw on care, who may act for them, and what each was told."""

from people.models.authority import Authority, AuthorityKind, AuthorityQuerySet, Scope
from people.models.brand import Brand
from people.models.capacity import Ability, CapacityOutcome, CapacityQuerySet, CapacityRecord, Matter
from people.models.consent import CarerConsent, CarerConsentQuerySet
from people.models.contact import FirstContact
from people.models.council import Council, LoadedFolder
from people.models.mark import SafeguardingMark, SafeguardingMarkQuerySet
from people.models.notice import Channel, Notice, NoticeQuerySet, NoticeState
from people.models.person import Person, PersonQuerySet
from people.models.policy import PolicyUnit, PolicyValue
from people.models.reading import Footing, Part, Reading, ReadingQuerySet
from people.models.settings import PersonalSettings, TextSize
from people.models.user import COUNCIL_WIDE, MONEY_WIDE, Role, RoleKind, User, UserManager

__all__ = [
    "COUNCIL_WIDE",
    "MONEY_WIDE",
    "Ability",
    "Authority",
    "AuthorityKind",
    "AuthorityQuerySet",
    "Brand",
    "CapacityOutcome",
    "CapacityQuerySet",
    "CapacityRecord",
    "CarerConsent",
    "CarerConsentQuerySet",
    "Channel",
    "Council",
    "FirstContact",
    "Footing",
    "LoadedFolder",
    "Matter",
    "Notice",
    "NoticeQuerySet",
    "NoticeState",
    "Part",
    "Person",
    "PersonQuerySet",
    "PersonalSettings",
    "PolicyUnit",
    "PolicyValue",
    "Reading",
    "ReadingQuerySet",
    "Role",
    "RoleKind",
    "SafeguardingMark",
    "SafeguardingMarkQuerySet",
    "Scope",
    "TextSize",
    "User",
    "UserManager",
]
