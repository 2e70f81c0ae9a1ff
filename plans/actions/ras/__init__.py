"""What a council does with its resource allocation system: write a version, see what it would mean, publish it."""

from plans.actions.ras.load import UnableToLoadRas, load_ras
from plans.actions.ras.preview import ask_for_preview, preview_chunk, preview_ras
from plans.actions.ras.publish import UnableToPublishRas, UnableToRetireRas, publish_ras, retire_ras
from plans.actions.ras.write import (
    OptionInWords,
    PriceInWords,
    QuestionInWords,
    RasTerms,
    UnableToWriteRas,
    draft_ras,
    drop_question,
    set_bands,
    set_prices,
    set_terms,
    write_question,
)

__all__ = [
    "OptionInWords",
    "PriceInWords",
    "QuestionInWords",
    "RasTerms",
    "UnableToLoadRas",
    "UnableToPublishRas",
    "UnableToRetireRas",
    "UnableToWriteRas",
    "ask_for_preview",
    "draft_ras",
    "drop_question",
    "load_ras",
    "preview_chunk",
    "preview_ras",
    "publish_ras",
    "retire_ras",
    "set_bands",
    "set_prices",
    "set_terms",
    "write_question",
]
