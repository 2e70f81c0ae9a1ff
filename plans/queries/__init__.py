"""What can be asked about plans and assessments."""

from plans.queries.allocation import consents_for, indicative_of, ras_on, scheme_of

__all__ = ["consents_for", "indicative_of", "ras_on", "scheme_of"]
