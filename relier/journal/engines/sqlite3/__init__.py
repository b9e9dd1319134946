"""SQLite, the journal written last."""
