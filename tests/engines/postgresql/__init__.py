"""PostgreSQL, for the tests."""
