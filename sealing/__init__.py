"""Sealing: words that are unreadable in the database and in its backups (ADR 35)."""
