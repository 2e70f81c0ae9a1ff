"""What can be asked of the month end."""

from reconciliation.queries.figures import News, figures_of, news_of
from reconciliation.queries.sql import sql_of, values_of

__all__ = ["News", "figures_of", "news_of", "sql_of", "values_of"]
