"""What can be done with reports: ask for one as a PDF, make it, and hand the books over to a finance system."""

from reports.actions.ask_for_pdf import ask_for_pdf
from reports.actions.hand_over import HandedOver, UnableToSetCode, hand_over, set_ledger_code
from reports.actions.make_pdf import file_name, make_pdf, pdf_of, report_context

__all__ = [
    "HandedOver",
    "UnableToSetCode",
    "ask_for_pdf",
    "file_name",
    "hand_over",
    "make_pdf",
    "pdf_of",
    "report_context",
    "set_ledger_code",
]
