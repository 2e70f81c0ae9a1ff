"""Tests of the app commissioning."""
