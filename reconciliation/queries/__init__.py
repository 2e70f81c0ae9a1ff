"""What can be asked of the month end."""

from reconciliation.queries.figures import changed_clusters, figures_of
from reconciliation.queries.sql import sql_of, values_of

__all__ = ["changed_clusters", "figures_of", "sql_of", "values_of"]
