"""Reading a request: the Idempotency-Key, and the body with a cap on its bytes before anything is parsed."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.http import UnreadablePostError
from gunicorn.http.errors import ParseException
from rest_framework.request import Request

from invoices.api.e_invoices import CHARSETS, is_xml, read_xml_document
from invoices.api.refusals import Fault, Refusal, refuse_unreadable
from invoices.rules import MAX_BYTES, Document, UnreadableDocument, parse_document, read_json

IDEMPOTENCY_KEY = re.compile(r"[!-~]{1,255}")
LENGTH = re.compile(r"[0-9]{1,15}")
CHUNK_BYTES = 64 * 1024
# A sender who is still sending does not hear us: this much is thrown away unread before we refuse.
THROWN_AWAY_BYTES = 4 * MAX_BYTES


def read_idempotency_key(request: Request) -> str:
    """
    Give the Idempotency-Key: 1 to 255 printable ASCII characters without spaces.

    :raises Refusal: it is missing, or something else.
    """
    key: str = request.headers.get("Idempotency-Key", "")
    if IDEMPOTENCY_KEY.fullmatch(key):
        return key
    said = "Send a header Idempotency-Key of 1 to 255 plain characters, without spaces. Nothing was stored."
    fault: Fault = {"header": "Idempotency-Key", "code": "invalid" if key else "missing", "detail": said}
    raise Refusal("invalid_idempotency_key", said, errors=[fault])


def read_document(request: Request) -> Document:
    """
    Read the body as a document.

    :raises Refusal: it is neither JSON nor UBL, too large, cannot be read, or is not right.
    """
    _check_type(request)
    raw = _read_body(request)
    if is_xml(request):
        return read_xml_document(raw)
    try:
        return parse_document(read_json(raw))
    except UnreadableDocument as trouble:
        raise refuse_unreadable(trouble) from None


def read_payload(request: Request) -> Any:
    """
    Read the body as JSON.

    :raises Refusal: it is something else, too large, or cannot be read.
    """
    _check_is_plain(request, is_right=_is_json(request), kinds="application/json, in UTF-8")
    raw = _read_body(request)
    try:
        return read_json(raw)
    except UnreadableDocument as trouble:
        raise refuse_unreadable(trouble) from None


def read_file(request: Request, *, kinds: Sequence[str]) -> tuple[bytes, str]:
    """
    Read the body as the bytes of a file; gives them, and what the sender says they are.

    :raises Refusal: it is said to be of another kind, or too large.
    """
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    _check_is_plain(request, is_right=kind in kinds, kinds=" or ".join(kinds))
    return _read_body(request), kind


def _is_json(request: Request) -> bool:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    return kind == "application/json" and charset in {"utf-8", "utf8"}


def _check_is_plain(request: Request, *, is_right: bool, kinds: str) -> None:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if not is_right or encoding not in {"", "identity"}:
        said = f"Send this as Content-Type: {kinds}, and not compressed. Nothing was stored."
        raise Refusal("unsupported_media_type", said)


def _check_type(request: Request) -> None:
    """Let only JSON in UTF-8 and UBL pass, as they are: what is compressed could be any size."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    is_json = kind == "application/json" and charset in {"utf-8", "utf8"}
    is_ubl = is_xml(request) and charset in CHARSETS
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if not (is_json or is_ubl) or encoding not in {"", "identity"}:
        raise Refusal(
            "unsupported_media_type",
            "Send the document as Content-Type: application/json, in UTF-8 and not compressed, or a UBL invoice as "
            "application/xml. Nothing was stored.",
        )


def _read_body(request: Request) -> bytes:
    """
    Read at most the allowed bytes, whatever the sender says of their number.

    A body sent in chunks, without a length, is read to its end where the web server marks it.
    """
    environ = request.META
    said = environ.get("CONTENT_LENGTH") or ""
    if said and not LENGTH.fullmatch(said):
        raise Refusal("length_required", "Content-Length is not a number. Nothing was stored.")
    if not said and not environ.get("wsgi.input_terminated"):
        raise Refusal("length_required", "Send Content-Length. Nothing was stored.")
    length = int(said) if said else None
    read = environ["wsgi.input"].read if length is None else request.read
    return _gather(read, length)


def _gather(read: Callable[[int], Any], length: int | None) -> bytes:
    """Read to the end; of what is too large, throw away a part and refuse."""
    most = THROWN_AWAY_BYTES if length is None else min(length, THROWN_AWAY_BYTES)
    kept, size = bytearray(), 0
    try:
        while size < most and (part := read(min(CHUNK_BYTES, most - size))):
            size += len(part)
            if size <= MAX_BYTES and (length is None or length <= MAX_BYTES):
                kept += part
    except (UnreadablePostError, OSError, ParseException):  # the last: chunks that are none
        raise _broken_off() from None
    if size > MAX_BYTES or (length is not None and length > MAX_BYTES):
        raise Refusal(
            "body_too_large", f"The document is larger than {MAX_BYTES // 1_000_000} MB. Nothing was stored."
        )
    if length is not None and size < length:
        raise _broken_off()
    return bytes(kept)


def _broken_off() -> Refusal:
    """Tell who may still be listening that their document broke off on the way."""
    return Refusal("unreadable_document", "The document broke off before its end. Nothing was stored.")
