"""Tests of the app providers."""
