"""
Reading XML from strangers safely: e-invoices and bank statements.

XML can name files and addresses to fetch, and a small file can grow to fill a machine. What can do either is refused
before the parser builds anything; the rest is counted before it costs anything. Every limit is ours.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

XINCLUDE = "http://www.w3.org/2001/XInclude"
BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "",
    b"\x00\x00\xfe\xff": "",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
DECLARATION = re.compile(rb"<\?xml\s([^>]{0,200}?)\?>")
DECLARED_ENCODING = re.compile(rb"""\bencoding\s*=\s*["']([^"']*)["']""")
BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
LONGEST_WORDS = 200


class UnableToReadXml(Exception):
    """
    The bytes are not XML that we read. `code`: which rule; `line`: where, counted from 1 (0: the whole of it);
    `is_too_large`: smaller pieces of it would do.
    """

    def __init__(self, message: str, *, code: str, line: int = 0, is_too_large: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.is_too_large = is_too_large


@dataclass(frozen=True, kw_only=True)
class XmlLimits:
    """
    The most that a document may be. `tags` counts `<` (an element has one or two), `attributes` counts `=`, both
    wherever they stand; `text` is the characters in one piece of text, of which an attribute may have a tenth.
    """

    size: int = 5_000_000
    tags: int = 200_000
    attributes: int = 80_000
    attributes_each: int = 40
    depth: int = 60
    text: int = 1_000_000


USUAL = XmlLimits()


def parse_xml(raw: bytes, *, limits: XmlLimits = USUAL) -> Any:
    """
    Read bytes as XML and give its root element; comments and processing instructions are left out.

    UTF-8, or UTF-16 with its byte order mark. No DOCTYPE, so no entity but the five of XML; nothing is fetched,
    included or expanded.

    :raises UnableToReadXml: it is something else, or more than a limit allows.
    """
    _check_size(raw, limits)
    text = _in_utf8(raw)
    _refuse_doctype(text)
    try:
        root = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as trouble:
        raise _not_well_formed(trouble) from None
    _check_shape(root, limits)
    return root


def write_xml(root: Any) -> bytes:
    """Write an element and what is in it as UTF-8: what we understood, whatever the bytes it came as."""
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _parser() -> Any:
    """Make a parser that opens nothing. One for each document: a parser is not shared between threads."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    )


def _check_size(raw: bytes, limits: XmlLimits) -> None:
    """Count what will cost memory before it does."""
    if len(raw) > limits.size:
        raise UnableToReadXml(
            f"The document is larger than {limits.size // 1_000_000} MB. Split it.",
            code="too_large",
            is_too_large=True,
        )
    if raw.count(b"<") > limits.tags or raw.count(b"=") > limits.attributes:
        raise UnableToReadXml(
            "The document has too many elements or attributes. Split it.",
            code="too_many_elements",
            is_too_large=True,
        )


def _in_utf8(raw: bytes) -> bytes:
    """
    Give the document as UTF-8 without a mark, whatever it says of itself.

    Parsers guess an encoding from the first bytes and from what is declared; a document that can be read in two ways
    is read by us in one or not at all.
    """
    marks = (name for mark, name in BYTE_ORDER_MARKS.items() if raw.startswith(mark))
    marked = next(marks, None)
    try:
        text = raw.decode("utf-8-sig" if marked is None else marked or "ascii", errors="strict")
    except UnicodeDecodeError:
        raise _wrong_encoding() from None
    if "\x00" in text:
        raise _wrong_encoding()
    plain = text.encode()
    declared = _declared_encoding(plain)
    if declared and declared not in ({b"utf-16"} if marked else {b"utf-8", b"utf8"}):
        raise _wrong_encoding()
    return plain


def _declared_encoding(text: bytes) -> bytes:
    """Read the encoding from the XML declaration, in small letters; empty where none is declared."""
    declaration = DECLARATION.match(text)
    found = declaration and DECLARED_ENCODING.search(declaration[1])
    return found[1].lower() if found else b""


def _wrong_encoding() -> UnableToReadXml:
    return UnableToReadXml(
        "Send the document in UTF-8, and let its first line say so (or UTF-16 with its byte order mark).",
        code="wrong_encoding",
        line=1,
    )


def _refuse_doctype(text: bytes) -> None:
    """Refuse a DOCTYPE, which is where entities and outside files are named. It can only stand before the root."""
    place = 0
    while found := BEFORE_ROOT.match(text, place):
        place = found.end()
    rest = text[place:].lstrip()
    if rest.startswith(b"<!") and not rest.startswith(b"<!--"):
        raise UnableToReadXml(
            "The document has a DOCTYPE or names entities. Leave that out: we open and expand nothing.",
            code="doctype",
            line=text.count(b"\n", 0, len(text) - len(rest)) + 1,
        )


def _not_well_formed(trouble: Any) -> UnableToReadXml:
    """Say what the parser stumbled over, in the words of the parser and where."""
    line, column = trouble.position or (0, 0)
    said = str(trouble.msg or "it is empty").partition(", line ")[0][:LONGEST_WORDS]
    return UnableToReadXml(
        f"This is not XML as it should be: {said} (line {line}, column {column}).",
        code="not_well_formed",
        line=line,
    )


@cache
def _shapes(limits: XmlLimits) -> dict[Any, tuple[str, str]]:
    """Write what no invoice or statement has as XPath, with the code and words for it."""
    shapes = {
        f"/*{'/*' * limits.depth}": ("too_deep", f"Elements lie deeper than {limits.depth} in one another."),
        f"//*[@*[{limits.attributes_each + 1}]]": (
            "too_many_attributes",
            f"An element has more than {limits.attributes_each} attributes.",
        ),
        f"//*[text()[string-length() > {limits.text}] or @*[string-length() > {limits.text // 10}]]": (
            "too_long",
            f"A piece of text is longer than {limits.text} characters, or an attribute than {limits.text // 10}.",
        ),
        f"//*[namespace-uri() = '{XINCLUDE}']": (
            "includes",
            "The document wants to include another: we open none.",
        ),
    }
    return {etree.XPath(f"({shape})[1]"): refusal for shape, refusal in shapes.items()}


def _check_shape(root: Any, limits: XmlLimits) -> None:
    """Look for what no invoice has, by XPath, which looks in C: hostile documents are made to be slow to walk."""
    for find, (code, said) in _shapes(limits).items():
        if found := find(root):
            raise UnableToReadXml(
                f"{said} (line {found[0].sourceline})", code=code, line=found[0].sourceline or 0
            )
