"""SQLite, for the tests."""
