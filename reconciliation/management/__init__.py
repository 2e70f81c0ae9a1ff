"""Commands of the month end."""
