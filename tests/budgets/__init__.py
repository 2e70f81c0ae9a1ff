"""Tests of the app budgets."""
