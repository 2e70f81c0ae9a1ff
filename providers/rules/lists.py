"""Lists of words as people write them. Pure."""

from collections.abc import Iterable


def each_once(words: Iterable[str]) -> list[str]:
    """Give words without idle spaces, each once however it is written, in their order: " Somali", "somali" is one."""
    found: dict[str, str] = {}
    for word in words:
        if word.strip():
            found.setdefault(word.strip().casefold(), word.strip())
    return list(found.values())
