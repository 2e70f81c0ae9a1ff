"""Which rule of the database refused."""

from django.db import Error


def refused_by(refusal: Error) -> str:
    """Give the name of the constraint, or trigger's rule, that PostgreSQL refused by; nothing where none is named."""
    diagnosis = getattr(refusal.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
