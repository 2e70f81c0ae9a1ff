"""Tests of the app clusters."""
