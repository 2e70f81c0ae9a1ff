"""What pytest needs before Django's settings are read."""
