"""Sealed columns."""
