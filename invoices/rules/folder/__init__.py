"""A council's folder: its tables and invoices, read and checked as a whole before anything is loaded."""

from invoices.rules.folder.folder import CouncilFolder, UnreadableFolder, read_folder
from invoices.rules.folder.tables import FILES, INVOICES

__all__ = ["FILES", "INVOICES", "CouncilFolder", "UnreadableFolder", "read_folder"]
