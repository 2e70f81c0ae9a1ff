"""What can be done with people: take them in, say who works for a council, who may act for whom, and tell them."""

from people.actions.authority import (
    Terms,
    UnableToGiveAuthority,
    UnableToWithdraw,
    give_authority,
    withdraw_authority,
)
from people.actions.brand import UnableToSetBrand, set_brand
from people.actions.consent import (
    Care,
    UnableToConsent,
    UnableToWithdrawConsent,
    give_consent,
    record_consent,
    withdraw_consent,
)
from people.actions.death import UnableToRecordDeath, record_death
from people.actions.mark import Concern, UnableToMark, end_mark, keep_money_from
from people.actions.policy import (
    UnableToChangePolicy,
    change_policy,
    end_policy,
    withdraw_policy,
)
from people.actions.reading import write_reading
from people.actions.register import (
    UnableToRegister,
    give_role,
    register_council,
    register_person,
    register_user,
)
from people.actions.send import (
    UnableToPost,
    begin_to_send,
    find_lost,
    finish_sending,
    mark_posted,
    mark_read,
)
from people.actions.settings import (
    Likes,
    UnableToKeepSettings,
    keep_own_settings,
    keep_persons_settings,
    leave_as_it_is,
)
from people.actions.tell import tell, tell_user
from people.actions.welcome import FirstSaid, Newcomer, UnableToWelcome, welcome_person

__all__ = [
    "Care",
    "Concern",
    "FirstSaid",
    "Likes",
    "Newcomer",
    "Terms",
    "UnableToChangePolicy",
    "UnableToConsent",
    "UnableToGiveAuthority",
    "UnableToKeepSettings",
    "UnableToMark",
    "UnableToPost",
    "UnableToRecordDeath",
    "UnableToRegister",
    "UnableToSetBrand",
    "UnableToWelcome",
    "UnableToWithdraw",
    "UnableToWithdrawConsent",
    "begin_to_send",
    "change_policy",
    "end_mark",
    "end_policy",
    "find_lost",
    "finish_sending",
    "give_authority",
    "give_consent",
    "give_role",
    "keep_money_from",
    "keep_own_settings",
    "keep_persons_settings",
    "leave_as_it_is",
    "mark_posted",
    "mark_read",
    "record_consent",
    "record_death",
    "register_council",
    "register_person",
    "register_user",
    "set_brand",
    "tell",
    "tell_user",
    "welcome_person",
    "withdraw_authority",
    "withdraw_consent",
    "withdraw_policy",
    "write_reading",
]
