"""Calls, offers, contracts and their approval, which is what commits money."""
