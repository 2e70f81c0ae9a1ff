"""What is done when people move to another council, and when they come."""

from moving.actions.agree import UnableToMove, Wishes, agree_to_move, take_back_move
from moving.actions.keys import (
    UnableToKeepKey,
    check_council,
    end_council,
    enter_council,
    make_key,
)
from moving.actions.receive import UnableToReceive, receive_pack
from moving.actions.send import send_pack

__all__ = [
    "UnableToKeepKey",
    "UnableToMove",
    "UnableToReceive",
    "Wishes",
    "agree_to_move",
    "check_council",
    "end_council",
    "enter_council",
    "make_key",
    "receive_pack",
    "send_pack",
    "take_back_move",
]
