"""Councils, users and their roles, people who draw on care, and who may act for them."""
