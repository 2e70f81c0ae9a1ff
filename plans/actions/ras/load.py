"""Loading a resource allocation system from a file: our open one, or a council's own in the same form."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from people.models import Council, User
from plans.actions.ras.write import (
    OptionInWords,
    PriceInWords,
    QuestionInWords,
    RasTerms,
    UnableToWriteRas,
    draft_ras,
    set_bands,
    set_prices,
    set_terms,
    write_question,
)
from plans.models import RasKind, RasMethod, RasVersion
from plans.rules.ras import Band

OPEN_RAS = Path(__file__).resolve().parents[2] / "open_ras"


class UnableToLoadRas(Exception):
    """The file does not hold a resource allocation system, or the council cannot take one now."""


@transaction.atomic
def load_ras(
    *, council: Council, kind: RasKind, by: User | str, at: datetime, text: str | None = None
) -> RasVersion:
    """
    Take in a version as a draft, whole or not at all: from the text of a file, by default our open one.

    Units in the file: points, pence, per cent (docs/ras.md describes it).

    :raises UnableToLoadRas: the text is not in that form, or the council is writing a version already.
    """
    if text is None:
        text = (OPEN_RAS / f"{kind}.toml").read_text(encoding="utf-8")
    try:
        said = tomllib.loads(text)
        return _write(council, kind, said, by=by, at=at)
    except tomllib.TOMLDecodeError as trouble:
        raise UnableToLoadRas(
            f"This file cannot be read as TOML: {trouble}. Nothing was loaded."
        ) from trouble
    except KeyError as missing:
        raise UnableToLoadRas(f"The file says nothing about {missing}. Nothing was loaded.") from missing
    except (TypeError, ValueError, AttributeError) as trouble:
        raise UnableToLoadRas(
            f"Something in the file has another form than docs/ras.md says: {trouble}. Nothing was loaded."
        ) from trouble
    except UnableToWriteRas as refusal:
        raise UnableToLoadRas(f"{refusal} Nothing was loaded.") from refusal


def _write(
    council: Council, kind: RasKind, said: dict[str, Any], *, by: User | str, at: datetime
) -> RasVersion:
    draft = draft_ras(council=council, kind=kind, by=by, at=at)
    draft = set_terms(
        version=draft,
        terms=RasTerms(
            title=str(said["title"]),
            notes=" ".join(str(said.get("notes", "")).split()),
            method=RasMethod(said["method"]),
            tolerance_percent=_whole(said.get("tolerance_percent", 0), most=100),
            moderation_percent=_whole(said.get("moderation_percent", 0), most=100),
            unpaid_hour_pence=_whole(said.get("unpaid_hour_pence", 0)),
            unpaid_most_percent=_whole(said.get("unpaid_most_percent", 0), most=100),
        ),
        by=by,
    )
    prices = [
        PriceInWords(kind=one["kind"], unit_pence=_whole(one["pence"])) for one in said.get("prices", [])
    ]
    set_prices(version=draft, prices=prices, by=by)
    bands = [Band(_whole(one["points"]), _whole(one["weekly_pence"])) for one in said.get("bands", [])]
    set_bands(version=draft, bands=bands, by=by)
    for question in said["questions"]:
        write_question(version=draft, said=_question(question), by=by)
    return draft


def _question(said: dict[str, Any]) -> QuestionInWords:
    return QuestionInWords(
        outcome=said["outcome"],
        words=said["words"],
        easy_words=said["easy_words"],
        help_words=said.get("help_words", ""),
        price_kind=said.get("price", ""),
        options=[
            OptionInWords(
                words=option["words"],
                easy_words=option["easy_words"],
                points=_whole(option["points"], most=1_000),
            )
            for option in said["options"]
        ],
    )


def _whole(number: object, *, most: int = 100_000_000) -> int:
    """
    Read a whole number from 0 on.

    :raises ValueError: it is anything else, or more than makes sense.
    """
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= most:
        raise ValueError(f"{number} is not a whole number from 0 to {most}")
    return number
