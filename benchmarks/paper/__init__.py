"""Sheets filled by simulated people, degraded, and read: the reader beside its peer."""
