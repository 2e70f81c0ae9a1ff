"""Packs that go from one council to another: how they are written, sealed, signed, and read again. Pure."""
