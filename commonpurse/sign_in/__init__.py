"""Signing in and staying safe: second factors, the council's own way in, sessions, text kept through a time-out."""
