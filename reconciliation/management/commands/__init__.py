"""`reconcile` and `check_books`."""
