"""Loading a council from a folder: everything that is in it, or nothing."""

from invoices.actions.load.council import Loaded, UnableToLoad, load_council

__all__ = ["Loaded", "UnableToLoad", "load_council"]
