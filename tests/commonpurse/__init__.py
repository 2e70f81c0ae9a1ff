"""Tests of the project itself: embedded servers, database roles, `up`."""
