"""Whether a call fits a provider: what it offers, where it works, and which languages it speaks. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

UNDERSTOOD = "english"  # everybody here answers calls in it


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a call asks for: the kind of help, the place (empty: not said), and the languages."""

    service_code: str
    place: str
    languages: Collection[str]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What a provider says of itself: its kinds of help, where it works (empty: everywhere), and its languages."""

    service_codes: Collection[str]
    area: str
    languages: Collection[str]


def misfits(wanted: Wanted, offered: Offered) -> list[str]:
    """Say, in sentences to the provider, what does not fit; nothing where everything does."""
    said = []
    if wanted.service_code not in offered.service_codes:
        said.append("You do not say that you offer this kind of help.")
    if not _reaches(offered.area, wanted.place):
        said.append(f"It is in {wanted.place}, and you say that you work in {offered.area}.")
    spoken = {language.casefold() for language in offered.languages} | {UNDERSTOOD}
    missing = [language for language in wanted.languages if language.casefold() not in spoken]
    if missing:
        said.append(f"They ask for {', '.join(missing)}.")
    return said


def _reaches(area: str, place: str) -> bool:
    """Tell whether one of the places somebody works in is the place, is in it, or has it in it."""
    places = [one.strip().casefold() for one in area.split(",") if one.strip()]
    wanted = place.strip().casefold()
    return not places or not wanted or any(one in wanted or wanted in one for one in places)
