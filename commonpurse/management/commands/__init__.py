"""Commands that belong to the house rather than to an app."""
