"""Building UBL: elements by their prefixed names, amounts in pounds."""

from typing import Any, NamedTuple

from lxml import etree

from invoices.rules.ubl.names import SPACES, UBL, path_steps

CURRENCY = "GBP"


class Party(NamedTuple):
    """
    A party as UBL names it: an organisation, never a person.

    `address` is its electronic address, of the kind `scheme` ("EM" is e-mail); `ref` what the other side knows it by.
    """

    name: str
    ref: str = ""
    address: str = ""
    scheme: str = "EM"
    country: str = "GB"
    vat_number: str = ""


def begin(name: str) -> Any:
    """Start a document of UBL 2.1."""
    spaces: dict[str | None, str] = dict(SPACES.items())
    spaces[None] = f"{UBL}{name}-2"
    return etree.Element(f"{{{UBL}{name}-2}}{name}", nsmap=spaces)


def put(parent: Any, path: str, text: str = "", **attributes: str) -> Any:
    """Add an element to another, going down a path of new ones; nothing is written where there is nothing to say."""
    for step in path_steps(path):
        parent = etree.SubElement(parent, step)
    if text:
        parent.text = text
    for name, value in attributes.items():
        parent.set(name, value)
    return parent


def put_pence(parent: Any, path: str, pence: int) -> Any:
    """Add an amount, written in pounds."""
    return put(parent, path, in_decimals(pence), currencyID=CURRENCY)


def put_party(parent: Any, path: str, party: Party) -> Any:
    """Add a party: its address, reference, name and VAT number."""
    element = put(parent, path)
    if party.address:
        put(element, "cbc:EndpointID", party.address, schemeID=party.scheme)
    if party.ref:
        put(element, "cac:PartyIdentification/cbc:ID", party.ref)
    put(element, "cac:PartyName/cbc:Name", party.name)
    put(element, "cac:PostalAddress/cac:Country/cbc:IdentificationCode", party.country)
    if party.vat_number:
        scheme = put(element, "cac:PartyTaxScheme")
        put(scheme, "cbc:CompanyID", party.vat_number)
        put(scheme, "cac:TaxScheme/cbc:ID", "VAT")
    put(element, "cac:PartyLegalEntity/cbc:RegistrationName", party.name)
    return element


def in_decimals(pence: int) -> str:
    """Write pence as pounds with two decimals: 1234 is 12.34."""
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{odd:02d}"
