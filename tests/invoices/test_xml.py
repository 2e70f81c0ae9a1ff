"""XML from strangers: what names a file, grows, or can be read in two ways is refused before it costs anything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.rules.xml import UnableToReadXml, XmlLimits, parse_xml, write_xml

SECRET = "kept from strangers"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def refused(raw: bytes, *, limits: XmlLimits | None = None) -> UnableToReadXml:
    """Read what must be refused; gives the refusal, which is a sentence."""
    with pytest.raises(UnableToReadXml) as refusal:
        parse_xml(raw, limits=limits or XmlLimits())
    assert str(refusal.value)[0].isupper()
    assert len(str(refusal.value)) < 400
    return refusal.value


def test_reads_a_document() -> None:
    root = parse_xml('<?xml version="1.0" encoding="UTF-8"?>\n<a b="1">é&amp;&#65;</a>'.encode())
    assert (root.tag, root.get("b"), root.text) == ("a", "1", "é&A")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "{secret}">]>',
        '<!DOCTYPE a [<!ENTITY x PUBLIC "a" "{secret}">]>',
        '<!DOCTYPE a SYSTEM "{secret}">',
        '<!DOCTYPE a PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://localhost:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "{secret}"> %p; ]>',
        '<!DOCTYPE a [<!ENTITY l0 "lol">' + LAUGHS + '<!ENTITY x "&l9;">]>',
        '<!DOCTYPE a [<!ENTITY x "' + "x" * 100_000 + '">]>',
        '<!DOCTYPE a [<!ATTLIST a b CDATA "given">]>',
        "<!DOCTYPE a>",
        "<!-- a --><?b c?>\n <!-- d -->\n<!DOCTYPE a>",
    ],
)
def test_opens_and_expands_nothing(doctype: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    refusal = refused(
        f'<?xml version="1.0"?>{doctype.replace("{secret}", secret.as_uri())}<a>&x;</a>'.encode()
    )
    assert refusal.code == "doctype"
    assert SECRET not in str(refusal)


def test_says_on_which_line_a_doctype_stands() -> None:
    assert refused(b"<?xml version='1.0'?>\n<!-- two\nlines -->\n<!DOCTYPE a>\n<a/>").line == 4


def test_lets_text_look_like_a_doctype() -> None:
    assert parse_xml(b"<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]></a>").text


def test_knows_no_entity_but_the_five_of_xml() -> None:
    assert refused(b"<a>&eacute;</a>").code == "not_well_formed"


def test_includes_no_other_document(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" parse="text" href="{tmp_path / "secret.txt"}"/>'
    refusal = refused(f"<a>\n<b>{include}</b></a>".encode())
    assert (refusal.code, refusal.line) == ("includes", 2)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<?xml version='1.0' encoding='UTF-7'?><a>+ADw-b/+AD4-</a>", "wrong_encoding"),
        (b"+ADwAIQ-DOCTYPE a+AD4-", "not_well_formed"),
        ("<a>é</a>".encode("utf-16-le"), "wrong_encoding"),
        ("<a>é</a>".encode("utf-16-be"), "wrong_encoding"),
        ("<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16-le"), "wrong_encoding"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "wrong_encoding"),
        ("<?xml version='1.0' encoding='utf-8'?><a/>".encode("utf-16"), "wrong_encoding"),
        ("<a/>".encode("utf-32"), "wrong_encoding"),
        ("<a>é</a>".encode("latin-1"), "wrong_encoding"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "wrong_encoding"),
        (b"<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>", "wrong_encoding"),
        (b"<a>\xed\xa0\x80</a>", "wrong_encoding"),
        (b"<a>\xc0\x80</a>", "wrong_encoding"),
        (b"<a>\x00</a>", "wrong_encoding"),
        (b"PK\x03\x04\x00\x00", "wrong_encoding"),
        (b"\x89PNG\r\n\x1a\n", "wrong_encoding"),
    ],
)
def test_reads_no_other_encoding(raw: bytes, code: str) -> None:
    assert refused(raw).code == code


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig"])
def test_reads_utf_8_with_and_without_its_mark(encode: str) -> None:
    assert parse_xml("<a>£</a>".encode(encode)).text == "£"


@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0' encoding='UTF-16'?>"])
def test_reads_utf_16_with_its_mark(declaration: str) -> None:
    assert parse_xml(f"{declaration}<a>£</a>".encode("utf-16")).text == "£"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"nothing",
        b"{}",
        b"<a>",
        b"<a></b>",
        b"<a/><a/>",
        b"<a b='1' b='2'/>",
        b"<a b=1/>",
        b"<x:a/>",
        b"<a>&#0;</a>",
        b"<a>\x01</a>",
        b"<!-- never closed",
        b"<a/><!DOCTYPE a>",
        b"<a><!DOCTYPE a></a>",
        b"<!doctype a><a/>",
    ],
)
def test_refuses_what_is_not_well_formed(raw: bytes) -> None:
    assert refused(raw).code in {"not_well_formed", "doctype"}


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: b"<a>" + b" " * 5_000_000 + b"</a>", "too_large"),
        (lambda: b"<a>" + b"<b/>" * 200_000 + b"</a>", "too_many_elements"),
        (lambda: b"<a>" + b"<b c='' d=''/>" * 40_001 + b"</a>", "too_many_elements"),
        (lambda: b"<a " + b" ".join(b"a%d=''" % n for n in range(100_000)) + b"/>", "too_many_elements"),
        (lambda: b"<a " + b" ".join(b"a%d=''" % n for n in range(41)) + b"/>", "too_many_attributes"),
        (lambda: b"<a>" * 61 + b"</a>" * 61, "too_deep"),
        (lambda: b"<r>" + (b"<a>" * 200 + b"</a>" * 200) * 400 + b"</r>", "too_deep"),
        (lambda: b"<a>" * 90_000 + b"</a>" * 90_000, "not_well_formed"),
        (lambda: b"<a>" + b"x" * 1_000_001 + b"</a>", "too_long"),
        (lambda: b"<a b='" + b"x" * 100_001 + b"'/>", "too_long"),
        (lambda: b"<" + b"a" * 4_000_000 + b"/>", "not_well_formed"),
    ],
)
def test_refuses_what_would_grow(build: Callable[[], bytes], code: str) -> None:
    assert refused(build()).code == code


def test_says_that_smaller_pieces_would_do() -> None:
    assert refused(b"<a>12345</a>", limits=XmlLimits(size=10)).is_too_large
    assert not refused(b"<a>").is_too_large


def test_goes_to_each_limit_and_no_further() -> None:
    limits = XmlLimits(size=100, tags=6, attributes=2, attributes_each=2, depth=3, text=10)
    parse_xml(b"<a><b><c d='' e=''>1234567890</c></b></a>", limits=limits)
    refused(b"<a><b><c><d/></c></b></a>", limits=limits)
    refused(b"<a b='' c='' d=''/>", limits=limits)
    refused(b"<a>12345678901</a>", limits=limits)


def test_reads_past_comments_that_would_hide_a_part_of_a_figure() -> None:
    assert parse_xml(b"<a>1<!-- 0 -->2<?x y?>3</a>").text == "123"


def test_writes_what_it_understood() -> None:
    root = parse_xml("<?xml version='1.0' encoding='utf-16'?><!-- c --><a>£ <b/></a>".encode("utf-16"))
    assert write_xml(root) == "<?xml version='1.0' encoding='UTF-8'?>\n<a>£ <b/></a>".encode()


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for document in (raw, b"<a>" + raw + b"</a>", b"<?xml " + raw + b"?><a/>"):
        try:
            parse_xml(document)
        except UnableToReadXml:
            continue
