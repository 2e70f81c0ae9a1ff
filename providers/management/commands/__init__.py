"""Commands about providers: keys for their systems."""
