"""Everybody who comes to the doors of a world, with a session each: signing in is not what is tested there."""

from copy import deepcopy

from tests.access.world import World
from tests.visiting import Visitor, act_for


class Visitors:
    """
    Who visits a world. Each signs in on coming for the first time, and Robin then acts for Amina.

    What a visit does has to be undone by whoever asks for it; what it leaves in the browser is gone the next time.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._signed_in: dict[str, Visitor] = {}

    def come(self, name: str) -> Visitor:
        """A browser in which this visitor has just signed in; not within what is undone, or the session is too."""
        if name not in self._signed_in:
            self._signed_in[name] = self._sign_in(name)
        visitor = Visitor()
        visitor.cookies = deepcopy(self._signed_in[name].cookies)
        return visitor

    def _sign_in(self, name: str) -> Visitor:
        visitor, user = Visitor(), self._world.visitor(name)
        if user is not None:
            visitor.force_login(user)
        if name == "robin":
            act_for(visitor, self._world.robin)
        return visitor
