"""Pages of contracts and their approval, of leaving, and of what a pool would buy."""
