"""Commands about a council's folder and its invoices."""
