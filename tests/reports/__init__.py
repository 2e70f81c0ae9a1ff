"""What reports show."""
