"""Strict JSON: one way to write a document down, and nothing read that another reader could take otherwise. Pure."""

import json
from typing import Any


class UnableToReadJson(Exception):
    """It is not JSON in UTF-8, names something twice, or is nested too deep."""


def written(document: dict[str, Any]) -> bytes:
    """Write a document in the one way that is signed: keys in order, no spaces, UTF-8."""
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def read(content: bytes) -> dict[str, Any]:
    """
    Read a document.

    :raises UnableToReadJson: see the class.
    """
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_named_once,
            parse_constant=_refuse,
            parse_float=_refuse,
        )
    except (ValueError, RecursionError) as trouble:
        raise UnableToReadJson("This is not a file we can read.") from trouble
    if not isinstance(found, dict):
        raise UnableToReadJson("This is not a file we can read.")
    return found


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("something is named twice")
    return dict(pairs)


def _refuse(said: str) -> None:
    raise ValueError(f"no such number: {said}")
