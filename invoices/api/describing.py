"""How the API's description is put together: refusals with an example each, headers, and objects without surprises."""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from invoices.api import samples
from invoices.api.refusals import KINDS, PROBLEM_JSON, problem_type

JSON = "application/json"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
Responses = dict[tuple[int, str], OpenApiResponse]


def an_object(words: str, fields: Mapping[str, Any], *, optional: Iterable[str] = ()) -> dict[str, Any]:
    """Describe an object whose fields are all there is to it."""
    needed = [name for name in fields if name not in set(optional)]
    return {
        "type": "object",
        "description": words,
        "properties": dict(fields),
        "required": needed,
        "additionalProperties": False,
    }


def refused(*codes: str) -> Responses:
    """Describe refusals by status; those that every operation has are added to all of them later."""
    statuses = sorted({KINDS[code].status for code in codes})
    responses: Responses = {}
    for status in statuses:
        responses |= _refusals(status, [code for code in codes if KINDS[code].status == status])
    return responses


def header(name: str, words: str, *, on: list[int], **schema: Any) -> OpenApiParameter:
    """Describe a header of an answer."""
    return OpenApiParameter(
        name, {"type": "string"} | schema, OpenApiParameter.HEADER, description=words, response=on
    )


def answered(status: int, shape: Any, words: str, sample: Any) -> Responses:
    """Describe an answer, with an example that the tests hold against the server."""
    example = OpenApiExample(words, value=sample)
    return {(status, JSON): OpenApiResponse(shape, description=f"{words}.", examples=[example])}


def a_problem(code: str) -> dict[str, Any]:
    """Write a refusal as an example."""
    kind = KINDS[code]
    faults = [samples.FAULTS[code]] if code in samples.FAULTS else []
    detail = faults[0]["detail"] if faults else kind.advice
    said = {
        "type": problem_type(code),
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "code": code,
    }
    return said | {"errors": faults}


def _refusals(status: int, codes: Iterable[str]) -> Responses:
    """Describe the refusals of one status, an example for each code."""
    codes = list(codes)
    examples = [OpenApiExample(code, value=a_problem(code), media_type=PROBLEM_JSON) for code in codes]
    words = " ".join(f"{KINDS[code].title} (`{code}`)." for code in codes)
    return {(status, PROBLEM_JSON): OpenApiResponse(PROBLEM, description=words, examples=examples)}
