"""Journeys of each kind of user in a real browser."""
