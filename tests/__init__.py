"""The tests: a folder for each app, a file for each action or page."""
