"""Every piece of background work as a row that survives a crash; Celery is only the bell. Knows nobody."""
