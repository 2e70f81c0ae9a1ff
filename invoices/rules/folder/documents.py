"""Checking the documents of a council's folder, in their order: contracts, numbers, and what credit notes correct."""

from collections.abc import Iterator, Sequence

from invoices.rules.document import Document
from invoices.rules.folder.checks import Tables
from invoices.rules.folder.tables import INVOICES
from people.rules import Fault

Placed = tuple[int, Document]


def check_documents(documents: Sequence[Placed], tables: Tables) -> list[Fault]:
    """Say which documents would be refused whole, and why. What is wrong with single lines is for intake to hold."""
    return [*_contracts(documents, tables), *_numbers_and_credits(documents)]


def _contracts(documents: Sequence[Placed], tables: Tables) -> Iterator[Fault]:
    contracts = tables["contracts.csv"]
    if not contracts.is_readable:
        return
    provider_of = {row.values["contract_ref"]: row.values["provider_ref"] for row in contracts.rows}
    unsure = {row.values.get("contract_ref") for row in contracts.damaged}
    for line, document in documents:
        if document.contract_ref in unsure or None in unsure:
            continue  # told of already
        if provider_of.get(document.contract_ref) != document.provider_ref:
            words = f"Provider {document.provider_ref} has no contract {document.contract_ref}."
            yield Fault(INVOICES, line, words)


def _numbers_and_credits(documents: Sequence[Placed]) -> Iterator[Fault]:
    """A number means one document of a provider, and a credit note corrects an invoice that came before it."""
    seen: dict[tuple[str, str], Placed] = {}
    for line, document in documents:
        place = (document.provider_ref, document.number)
        if place in seen and seen[place][1].body_hash != document.body_hash:
            words = f"Number {document.number} is on line {seen[place][0]} already and says something else."
            yield Fault(INVOICES, line, words)
        seen.setdefault(place, (line, document))
        if document.kind == "credit_note":
            corrected = seen.get((document.provider_ref, document.corrects))
            if (
                corrected is None
                or corrected[1].kind != "invoice"
                or corrected[1].contract_ref != document.contract_ref
            ):
                words = f"It corrects {document.corrects}, which is no earlier invoice of that contract."
                yield Fault(INVOICES, line, words)
