"""Every rule that a UBL document is held against here, in the order in which one needs the other."""

from decimal import localcontext
from typing import Any

from invoices.rules.document import Problem
from invoices.rules.ubl.names import Findings, kind_of
from invoices.rules.ubl.needed import check_header, check_needed, check_plain
from invoices.rules.ubl.schema import check_schema
from invoices.rules.ubl.sums import check_pence, check_sums
from invoices.rules.ubl.vat import check_vat

DIGITS = 60  # more than the product of three figures has
STEPS = ((check_plain,), (check_needed,), (check_header, check_pence), (check_vat, check_sums))


def check_ubl(root: Any) -> list[Problem]:
    """
    Hold a document against the XSD of UBL 2.1 and the key rules of EN 16931 and Peppol; give what is wrong with it.

    Each step needs the ones before it to have found nothing: what cannot be read is not reckoned with.
    """
    if not kind_of(root):
        words = "Send a UBL 2.1 Invoice or CreditNote."
        return [Problem("/", "UBL-ROOT", words)]
    problems = check_schema(root)
    findings = Findings()
    with localcontext() as exact:
        exact.prec = DIGITS
        for step in STEPS:
            if not problems and not findings.problems:
                for check in step:
                    check(root, findings)
    return problems or findings.problems
