"""What can be done with people: take them in, say who works for a council, who may act for whom, and tell them."""

from people.actions.authority import (
    Terms,
    UnableToGiveAuthority,
    UnableToWithdraw,
    give_authority,
    withdraw_authority,
)
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
from people.actions.tell import tell, tell_user

__all__ = [
    "Terms",
    "UnableToGiveAuthority",
    "UnableToPost",
    "UnableToRegister",
    "UnableToWithdraw",
    "begin_to_send",
    "find_lost",
    "finish_sending",
    "give_authority",
    "give_role",
    "mark_posted",
    "mark_read",
    "register_council",
    "register_person",
    "register_user",
    "tell",
    "tell_user",
    "withdraw_authority",
]
