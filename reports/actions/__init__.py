"""What can be done with reports: ask for one as a PDF, and make it."""

from reports.actions.ask_for_pdf import ask_for_pdf
from reports.actions.make_pdf import UnableToMakePdf, file_name, make_pdf, pdf_of, report_context

__all__ = ["UnableToMakePdf", "ask_for_pdf", "file_name", "make_pdf", "pdf_of", "report_context"]
