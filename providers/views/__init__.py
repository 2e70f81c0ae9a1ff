"""Pages about providers, a file for each purpose."""
