"""What differs between two versions of a plan: words, needs added, taken out and changed, and costs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple


class Change(NamedTuple):
    """One thing that reads otherwise: what it is called, what it was, and what it is."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class NeedChange:
    """One need that reads otherwise, by its words of now (or of then, where it was taken out)."""

    words: str
    changes: list[Change]


@dataclass(frozen=True, kw_only=True)
class Told:
    """
    A version as it is laid beside another: every said thing by what it is called.

    `needs`: the same of each need, by what stays the same through all versions; `named`: each need's own words.
    """

    words: Mapping[str, str]
    needs: Mapping[str, Mapping[str, str]]
    named: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What is new, what is gone and what reads otherwise in a newer version."""

    words: list[Change]
    added: list[NeedChange]
    removed: list[NeedChange]
    changed: list[NeedChange]

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.words or self.added or self.removed or self.changed)


def difference(then: Told, now: Told) -> Difference:
    """
    Lay two versions side by side: what the newer one adds, leaves out and says otherwise.

    A need written anew in the very same words is still that need, neither new nor gone.
    """
    then = _with_keys_of(now, then)
    return Difference(
        words=_changes(then.words, now.words),
        added=[_of(now, key, {}, now.needs[key]) for key in now.needs if key not in then.needs],
        removed=[_of(then, key, then.needs[key], {}) for key in then.needs if key not in now.needs],
        changed=[
            change
            for key in now.needs
            if key in then.needs and (change := _of(now, key, then.needs[key], now.needs[key])).changes
        ],
    )


def _with_keys_of(now: Told, then: Told) -> Told:
    """Give the needs of then that now says again in the same words the keys that they have now."""
    anew = {_plain(now.named[key]): key for key in now.needs if key not in then.needs}
    keys = {key: key if key in now.needs else anew.pop(_plain(then.named[key]), key) for key in then.needs}
    return replace(
        then,
        needs={keys[key]: told for key, told in then.needs.items()},
        named={keys[key]: words for key, words in then.named.items() if key in keys},
    )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _of(told: Told, key: str, then: Mapping[str, str], now: Mapping[str, str]) -> NeedChange:
    return NeedChange(words=told.named[key], changes=_changes(then, now))


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    """Give what is said otherwise, in the order in which it is said now; what stays empty is nothing."""
    return [
        Change(what, then.get(what, ""), now.get(what, ""))
        for what in dict.fromkeys([*now, *then])
        if then.get(what, "") != now.get(what, "")
    ]
