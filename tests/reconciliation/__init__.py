"""Tests of the month end."""
