"""A database and a broker that come with the checkout, for a machine with nothing installed (ADR 1)."""
