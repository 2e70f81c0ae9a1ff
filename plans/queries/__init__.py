"""What can be asked about plans and assessments, and how they become money."""

from plans.queries.allocation import consents_for, indicative_of
from plans.queries.ras import (
    answered_with,
    newest_preview,
    questions_of,
    ras_on,
    scheme_of,
    shape_of,
    shapes_of,
    terms_in_words,
)

__all__ = [
    "answered_with",
    "consents_for",
    "indicative_of",
    "newest_preview",
    "questions_of",
    "ras_on",
    "scheme_of",
    "shape_of",
    "shapes_of",
    "terms_in_words",
]
