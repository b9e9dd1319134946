"""PostgreSQL, the journal written last."""
