"""Pages of joining a cluster."""
