"""Pages that are put together from every app, for reading only."""
