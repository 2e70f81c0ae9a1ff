"""Commands about providers."""
