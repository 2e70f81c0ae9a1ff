"""Paying providers: what is owed, payment runs step by step, payments, and the accounts they go to."""
