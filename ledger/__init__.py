"""Accounts, entries, transfers and periods: where every penny is, and how it got there. Knows nobody."""
