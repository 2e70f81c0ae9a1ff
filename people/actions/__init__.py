"""What can be done with people: take them in, say who works for a council, who may act for whom, and tell them."""

from people.actions.register import (
    UnableToRegister,
    give_role,
    register_council,
    register_person,
    register_user,
)
from people.actions.tell import tell, tell_user

__all__ = [
    "UnableToRegister",
    "give_role",
    "register_council",
    "register_person",
    "register_user",
    "tell",
    "tell_user",
]
