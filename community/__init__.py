"""What becomes of a surplus, and the community fund that residents decide."""
